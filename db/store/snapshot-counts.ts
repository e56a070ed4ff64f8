import { and, eq } from 'drizzle-orm';
import type { RegistrationSummary } from '../../domain/registration-summary.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db, Store } from '../store-types.ts';
import type { HeldLease } from './lease.ts';

/** Rows of one transaction. */
const AT_ONCE = 1000;

/** Which snapshot. */
export interface SnapshotKey {
  tenantId: number;
  snapshotId: number;
}

/**
 * Of many values (offices, companies) most counts are written before the snapshot is shown, where nobody
 * looks yet. Answers what is left for the transaction that shows it.
 */
export async function writeEarly(
  lease: HeldLease,
  snapshotId: number,
  summary: RegistrationSummary,
): Promise<(db: Db) => Promise<void>> {
  const { store, tenantId } = lease;
  const key = { tenantId, snapshotId };
  const counts = summary.counts.map((row) => ({ ...key, ...row }));
  const early = Math.max(0, counts.length - AT_ONCE);
  for (let i = 0; i < early; i += AT_ONCE)
    await lease.tx(async (db) => {
      if (i === 0) await forgetCounts(store, db, key);
      await storeCounts(store, db, counts.slice(i, Math.min(i + AT_ONCE, early)));
    });
  return async (db) => {
    if (early === 0) await forgetCounts(store, db, key);
    await storeCounts(store, db, counts.slice(early));
    await writeRest(store, db, key, summary);
  };
}

async function writeRest(
  store: Store,
  db: Db,
  key: SnapshotKey,
  { methods, depth, states, families }: RegistrationSummary,
): Promise<void> {
  const { t } = store;
  const own = <Row>(rows: Row[]) => rows.map((row) => ({ ...key, ...row }));
  await bulkInsert(store, db, t.registrationMethod, own(methods));
  await bulkInsert(store, db, t.registrationDepth, own(depth));
  await bulkInsert(store, db, t.registrationStateCount, own(states));
  await bulkInsert(store, db, t.registrationFamily, own(families));
}

/** A killed run may have counted values that nobody has any more. */
async function forgetCounts({ t }: Store, db: Db, { tenantId, snapshotId }: SnapshotKey) {
  const tables = [
    t.registrationCount,
    t.registrationMethod,
    t.registrationDepth,
    t.registrationStateCount,
    t.registrationFamily,
  ] as const;
  for (const table of tables)
    await db
      .delete(table)
      .where(and(eq(table.tenantId, tenantId), eq(table.snapshotId, snapshotId)));
}

function storeCounts(
  store: Store,
  db: Db,
  rows: Store['t']['registrationCount']['$inferInsert'][],
): Promise<void> {
  return bulkInsert(store, db, store.t.registrationCount, rows, {
    target: ['tenantId', 'dimension', 'value', 'snapshotId'],
    update: ['population', 'enabled', 'registered', 'capable', 'mfaCapable'],
  });
}
