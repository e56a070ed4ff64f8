import fc from 'fast-check';
import type { AuditRecord } from '../../domain/audit-record.ts';
import { DAY_MS } from '../../domain/day.ts';
import type { IncidentFlow } from '../../domain/incident.ts';

export const MINUTE_MS = 60_000;
/** Monday 2 March 2026, 09:00 UTC: the instant the examples count their minutes and hours from. */
export const NINE = Date.UTC(2026, 2, 2, 9);

export const PROGRESS = 'Self-service password reset flow activity progress';
export const RESET = 'Reset password (self-service)';
export const UNLOCK = 'Unlock user account (self-service)';
export const BLOCKED = 'Blocked from self-service password reset';
export const BY_ADMIN = 'Reset password (by admin)';
export const CHANGE = 'Change password (self-service)';

/** One reason of every kind of step, as the log writes it. */
export const REASONS = {
  identified: 'User submitted their user ID',
  options: 'User was presented with verification options',
  startedEmail: 'User started the email verification option',
  startedSms: 'User started the mobile SMS verification option',
  completedEmail: 'User completed the email verification option',
  completedSms: 'User completed the mobile SMS verification option',
  gatesPassed: 'User completed all verification steps required to reset their password',
  submitted: 'User submitted a new password',
  reset: 'User successfully reset password',
  unlocked: 'User successfully unlocked the account',
  cancelled: 'User cancelled before passing the required authentication methods',
  contacted: 'User contacted an admin after trying the email verification option',
  tooMany: 'User entered too many invalid SMS verification codes and is blocked for 24 hours',
  notEntitled:
    "User's account has insufficient authentication methods defined. Add authentication info to resolve this ",
  writeback:
    "We could not reach your on-premises password reset service. Check your sync machine's event log",
  banned: 'User submitted a password that did not meet the requirements of the AD on-prem policy',
  unknown: 'User looked out of the window',
};

/** A record of flow activity progress at nine o'clock; the id follows from what it says and when. */
export function aRecord(over: Partial<AuditRecord> = {}): AuditRecord {
  const { occurredAt = NINE, reason = REASONS.identified, activity = PROGRESS } = over;
  return {
    id: `SSPR_${activity}_${occurredAt}_${reason}`,
    occurredAt,
    occurredText: new Date(occurredAt).toISOString(),
    activity,
    service: 'Self-service Password Management',
    result: 'success',
    reason,
    correlationId: 'flow-1',
    targetId: 'ada',
    initiatorId: 'ada',
    initiatorName: 'ada@contoso.example',
    initiatorIsApp: false,
    address: '192.0.2.1',
    onPremisesAgent: null,
    ...over,
  };
}

/** The step `reason`, `minute` minutes after nine. */
export function step(reason: string, minute = 0, over: Partial<AuditRecord> = {}): AuditRecord {
  return aRecord({ reason, occurredAt: NINE + minute * MINUTE_MS, ...over });
}

/** A reset of ada's password by grace, `hours` after nine. */
export function anAdminReset(hours = 0, over: Partial<AuditRecord> = {}): AuditRecord {
  return aRecord({
    id: `SSPR_admin_${hours}_${over.targetId}`,
    activity: BY_ADMIN,
    reason: 'None',
    correlationId: null,
    occurredAt: NINE + hours * 60 * MINUTE_MS,
    initiatorId: 'grace',
    initiatorName: 'grace@contoso.example',
    ...over,
  });
}

/** A flow of ada's as an incident sees it: `start` and `end` in hours after nine. */
export function aFlow(
  start: number,
  outcome: IncidentFlow['outcome'],
  { end = start + 0.25, ...over }: { end?: number } & Partial<IncidentFlow> = {},
): IncidentFlow {
  const hour = 60 * MINUTE_MS;
  const startedAt = over.startedAt ?? NINE + start * hour;
  return {
    id: `flow-${start}`,
    personId: 'ada',
    startedAt,
    startedText: new Date(startedAt).toISOString(),
    lastAt: NINE + end * hour,
    outcome,
    ...over,
  };
}

const orNull = (...values: string[]) => fc.constantFrom(null, ...values);

/** Records of a few flows and people, close enough in time to collide, with distinct ids. */
export const someRecords: fc.Arbitrary<AuditRecord[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.string({ minLength: 1, maxLength: 6 }),
      minute: fc.nat(400),
      digits: fc.constantFrom('', '.1', '.1000001', '.1000002', '.10000021'),
      activity: fc.constantFrom(PROGRESS, PROGRESS, PROGRESS, RESET, UNLOCK, BLOCKED, BY_ADMIN),
      reason: orNull(...Object.values(REASONS)),
      result: fc.constantFrom('success', 'failure', 'timeout'),
      correlationId: orNull('flow-1', 'flow-2', 'flow-3'),
      targetId: orNull('ada', 'bob'),
      initiatorId: orNull('ada', 'grace'),
      address: orNull('192.0.2.1', '2001:db8::1'),
      onPremisesAgent: orNull('None', 'CloudSync'),
    })
    .map(({ minute, digits, ...over }) => {
      const second = new Date(NINE + minute * MINUTE_MS).toISOString().slice(0, 19);
      const occurredAt = NINE + minute * MINUTE_MS + (digits === '' ? 0 : 100);
      return aRecord({ ...over, occurredAt, occurredText: `${second}${digits}Z` });
    }),
  { selector: ({ id }) => id, maxLength: 40 },
);

/** Any order of `list`, with some of it more than once. */
export function shuffled<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  const whole = fc.shuffledSubarray([...list], { minLength: list.length });
  return fc
    .tuple(fc.shuffledSubarray([...list]), whole, fc.shuffledSubarray([...list]))
    .map((parts) => parts.flat());
}

/** The whole of `list` in another order, nothing twice. */
export function reordered<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length });
}

/** Instants around the records of `someRecords`: before, between and long after them. */
export const someAsOf = fc.integer({ min: NINE, max: NINE + DAY_MS });
