import fc from 'fast-check';
import type { StoredAuditRecord } from '../../db/store/audit-records.ts';
import { storeAuditRecords } from '../../db/store/audit-records.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { recordWindow } from '../../db/store/windows.ts';
import type { AuditRecord } from '../../domain/audit-record.ts';
import { DAY_MS, dayCutter, HOUR_MS } from '../../domain/day.ts';
import {
  aRecord,
  BLOCKED,
  BY_ADMIN,
  CHANGE,
  MINUTE_MS,
  NINE,
  PROGRESS,
  REASONS,
  RESET,
  UNLOCK,
} from '../domain/records.ts';

/** Before the first and after the last of `someDays`, UTC milliseconds. */
export const RECORDS_BEGIN = NINE - 9 * HOUR_MS;
export const RECORDS_END = NINE + 6 * DAY_MS;

/** A record with what only storage needs. */
export function stored(record: AuditRecord): StoredAuditRecord {
  const nothing = { category: null, operationType: null, userAgent: null };
  return { ...record, ...nothing };
}

const operator = fc.constantFrom(
  { initiatorId: 'grace', initiatorName: 'grace@contoso.example' },
  { initiatorId: 'grace', initiatorName: 'grace@contoso.example' },
  { initiatorId: 'robot', initiatorName: 'robot@contoso.example' },
  { initiatorId: 'sync', initiatorName: 'Sync_DC1@contoso.example' },
  { initiatorId: null, initiatorName: null },
  { initiatorId: null, initiatorName: null, initiatorIsApp: true },
);
const person = fc.constantFrom('ada', 'ada', 'bob', null);
const minute = fc.nat(6 * 24 * 6 - 1).map((n) => n * 10);
const agent = fc.constantFrom(null, 'None', 'CloudSync');
const address = fc.constantFrom('192.0.2.1', '2001:db8::1', null);
const at = (n: number) => ({
  occurredAt: NINE + n * MINUTE_MS,
  occurredText: new Date(NINE + n * MINUTE_MS).toISOString(),
});

/** One flow: a few steps within an hour, of one person. */
const aFlow = fc
  .record({
    flow: fc.nat(1e6),
    minute,
    targetId: person,
    address,
    steps: fc.array(
      fc.record({
        after: fc.nat(59),
        activity: fc.constantFrom(PROGRESS, PROGRESS, PROGRESS, PROGRESS, RESET, UNLOCK, BLOCKED),
        reason: fc.constantFrom(...Object.values(REASONS)),
        result: fc.constantFrom('success', 'success', 'failure'),
        onPremisesAgent: agent,
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ flow, minute: start, targetId, address: from, steps }) =>
    steps.map(({ after, ...over }, n) =>
      aRecord({
        id: `${flow}-${n}`,
        correlationId: flow % 7 === 0 ? null : `flow-${flow}`,
        targetId,
        initiatorId: targetId,
        initiatorName: null,
        address: from,
        ...over,
        ...at(start + after),
      }),
    ),
  );

const anAdminReset = fc
  .record({ n: fc.nat(1e6), minute, targetId: person, operator, onPremisesAgent: agent })
  .map(({ n, minute: start, operator: by, ...over }) => [
    aRecord({
      id: `admin-${n}`,
      activity: BY_ADMIN,
      reason: null,
      correlationId: null,
      ...over,
      ...by,
      ...at(start),
    }),
  ]);

const aChange = fc
  .record({
    n: fc.nat(1e6),
    minute,
    targetId: person,
    result: fc.constantFrom('success', 'failure'),
    onPremisesAgent: agent,
  })
  .map(({ n, minute: start, ...over }) => [
    aRecord({ id: `change-${n}`, activity: CHANGE, reason: 'None', ...over, ...at(start) }),
  ]);

/** Some flows, admin resets and changes of a few people over six days, with distinct ids, in order of time. */
export const someDays: fc.Arbitrary<StoredAuditRecord[]> = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: aFlow }, { weight: 2, arbitrary: anAdminReset }, aChange),
    {
      minLength: 3,
      maxLength: 12,
    },
  )
  .map((groups) => [...new Map(groups.flat().map((one) => [one.id, stored(one)])).values()])
  .map((records) => records.sort((a, b) => a.occurredAt - b.occurredAt));

/** Stores records of the feed `resets` and, where given, notes up to when it was read. */
export async function store(
  lease: HeldLease,
  records: StoredAuditRecord[],
  { until, timeZone = 'UTC' }: { until?: number; timeZone?: string } = {},
): Promise<void> {
  const cutter = dayCutter(timeZone);
  const { tenantId } = lease;
  await lease.tx(async (db) => {
    await storeAuditRecords(lease, db, { feed: 'resets', records, cutter });
    if (until === undefined) return;
    const window = { tenantId, feed: 'resets', since: RECORDS_BEGIN, until };
    await recordWindow(lease.store, db, window);
  });
}
