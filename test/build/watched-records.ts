import fc from 'fast-check';
import type { StoredAuditRecord } from '../../db/store/audit-records.ts';
import type { AuditRecord } from '../../domain/audit-record.ts';
import {
  anAdminReset,
  aRecord,
  BLOCKED,
  MINUTE_MS,
  NINE,
  REASONS,
  RESET,
} from '../domain/records.ts';
import { stored } from './stored-records.ts';

/** A change of ada's security info by herself, `minute` minutes after nine. */
export function aSecurityInfoChange(minute = 0, over: Partial<AuditRecord> = {}): AuditRecord {
  return aRecord({
    id: `IAMUX_${minute}_${over.targetId}`,
    service: 'Authentication Methods',
    activity: 'User registered security info',
    reason: 'User registered Mobile Phone SMS',
    correlationId: null,
    ...at(minute),
    ...over,
  });
}

function at(minute: number) {
  const occurredAt = NINE + minute * MINUTE_MS;
  return { occurredAt, occurredText: new Date(occurredAt).toISOString() };
}

/** What the steps of a flow say, by what becomes of it. */
const COURSES = {
  completed: [REASONS.startedSms, REASONS.completedSms, REASONS.submitted, REASONS.reset],
  rejected: [REASONS.submitted, REASONS.banned, REASONS.submitted, REASONS.reset],
  unlocked: [REASONS.startedEmail, REASONS.completedEmail, REASONS.unlocked],
  unpassed: [REASONS.startedEmail, REASONS.startedSms, REASONS.cancelled],
  contacted: [REASONS.startedEmail, REASONS.contacted],
  blocked: [REASONS.startedSms, REASONS.tooMany],
  stopped: [REASONS.options, REASONS.notEntitled],
} as const;

export type Course = keyof typeof COURSES;

/** A flow of ada's that begins `minute` minutes after nine, a step a minute. */
export function aCourse(
  course: Course,
  minute = 0,
  over: Partial<AuditRecord> = {},
): AuditRecord[] {
  const id = `${course}-${minute}-${over.targetId}`;
  return COURSES[course].map((reason, n) =>
    aRecord({ id: `${id}-${n}`, correlationId: id, reason, ...at(minute + n), ...over }),
  );
}

const who = fc.constantFrom({ targetId: 'ada' }, { targetId: 'ada' }, { targetId: 'bob' });
/** Within three hours of one of three midnights, so that much of what belongs together falls on two days. */
const minute = fc
  .record({ day: fc.nat(2), around: fc.integer({ min: -180, max: 180 }) })
  .map(({ day, around }) => (15 + 24 * day) * 60 + around);

const aFlow = fc
  .tuple(fc.constantFrom(...(Object.keys(COURSES) as Course[])), minute, who)
  .map(([course, start, over]) => aCourse(course, start, over));
const aReset = fc.tuple(minute, who).map(([start, over]) => [anAdminReset(start / 60, over)]);
const aChange = fc
  .tuple(minute, who, fc.constantFrom('success', 'success', 'failure'))
  .map(([start, over, result]) => [aSecurityInfoChange(start, { ...over, result })]);
const aBlock = fc.tuple(minute, who).map(([start, over]) => [
  aRecord({
    id: `block-${start}`,
    activity: BLOCKED,
    correlationId: null,
    ...at(start),
    ...over,
  }),
]);
const aLateReset = fc
  .tuple(minute, who)
  .map(([start, over]) => [
    aRecord({ id: `reset-${start}`, activity: RESET, correlationId: null, ...at(start), ...over }),
  ]);

/** Flows, admin resets and changes of security info of two people around three midnights, in order of time. */
export const someNights: fc.Arbitrary<StoredAuditRecord[]> = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: aFlow }, aReset, aReset, aChange, aChange, aBlock, aLateReset),
    {
      minLength: 4,
      maxLength: 14,
    },
  )
  .map((groups) => [...new Map(groups.flat().map((one) => [one.id, stored(one)])).values()])
  .map((records) => records.sort((a, b) => a.occurredAt - b.occurredAt));
