import fc from 'fast-check';
import { bulkInsert } from '../../db/dialect/bulk.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { recordWindow } from '../../db/store/windows.ts';
import type { ReadWindow } from '../../domain/collected.ts';
import { DAY_MS, dayCutter, hourOf } from '../../domain/day.ts';
import { type StoredFailure, verificationCounts } from '../../domain/verification-count.ts';

export const ZONE = 'Asia/Kathmandu'; // its hours begin a quarter past
export const BEGIN = Date.UTC(2026, 2, 1, 18, 15); // 2 March there
export const DAYS = 6;

export interface MadeFailure extends StoredFailure {
  flowId: string;
  country: string | null;
  admin: boolean | null;
}

/** Failed verifications of six days, close enough to collide in time. */
export const someFailures: fc.Arbitrary<MadeFailure[]> = fc
  .uniqueArray(
    fc.record({
      flowId: fc.nat(40).map((n) => `flow-${n}`),
      method: fc.constantFrom('email', 'mobile SMS', 'unknown'),
      minute: fc.nat(DAYS * 24 * 6 - 1).map((n) => n * 10),
      personId: fc.constantFrom('ada', 'bob', 'cy', null),
      address: fc.constantFrom('192.0.2.1', '2001:db8::1', '', null),
      country: fc.constantFrom('Austria', 'Nepal', null),
      admin: fc.constantFrom(true, false, null),
    }),
    { selector: ({ flowId, method }) => `${flowId} ${method}`, minLength: 5, maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ minute, ...row }) => {
      const failedAt = BEGIN + minute * 60_000;
      return { ...row, failedAt, day: dayCutter(ZONE).dayOf(failedAt) };
    }),
  );

/** What a roll-up leaves of failed verifications, with the time that was read. */
export async function storeFailures(
  { store, tenantId }: HeldLease,
  failures: readonly MadeFailure[],
  windows: readonly ReadWindow[] = [{ since: BEGIN, until: BEGIN + DAYS * DAY_MS }],
): Promise<void> {
  const { failedVerification, verificationCount, rollupState, flow } = store.t;
  const { dayOf } = dayCutter(ZONE);
  const buckets = [
    ...Map.groupBy(failures, ({ day }) => `day ${day} 0`),
    ...Map.groupBy(failures, ({ failedAt }) => {
      const hour = hourOf(failedAt);
      return `hour ${dayOf(hour)} ${hour}`;
    }),
  ];
  const counts = buckets.flatMap(([key, group]) => {
    const [bucket = '', day = '', startAt] = key.split(' ');
    return verificationCounts(group).map((count) => {
      return {
        tenantId,
        bucket,
        day: day as StoredFailure['day'],
        startAt: Number(startAt),
        ...count,
      };
    });
  });
  const ids = [...new Set(failures.map(({ flowId }) => flowId))];
  await store.tx(async (db) => {
    await bulkInsert(
      store,
      db,
      failedVerification,
      failures.map((one) => ({ tenantId, ...one })),
    );
    await bulkInsert(store, db, verificationCount, counts);
    await bulkInsert(
      store,
      db,
      flow,
      ids.map((id) => ({
        ...{ tenantId, id, startedAt: BEGIN, startedText: '', day: dayOf(BEGIN), lastAt: BEGIN },
        ...{ outcome: 'failed' as const, records: 1, incidentId: `incident of ${id}` },
      })),
    );
    const feed = { tenantId, feed: 'resets' };
    for (const window of windows) await recordWindow(store, db, { ...feed, ...window });
    const asOf = Math.max(...windows.map(({ until }) => until));
    await db.insert(rollupState).values({ tenantId, asOf, madeWith: '' });
  });
}
