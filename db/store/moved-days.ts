import type { Day } from '../../domain/day.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db, Store } from '../store-types.ts';

/**
 * Notes days of snapshots whose moves change in the caller's transaction, to be counted again. A day that is noted already
 * is written all the same: a roll-up that is taking it from the queue waits, and then reads the new moves.
 */
export async function noteMovedDays(
  store: Store,
  db: Db,
  { tenantId, days }: { tenantId: number; days: Iterable<Day> },
): Promise<void> {
  const rows = [...new Set(days)].sort().map((day) => ({ tenantId, day }));
  await bulkInsert(store, db, store.t.dayDirty, rows, {
    target: ['tenantId', 'day'],
    update: ['day'],
  });
}
