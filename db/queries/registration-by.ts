import { and, asc, eq, gt } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { registrationCounts } from './registration-counts.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

/**
 * The population of a day by the values of a dimension, a missing value as null,
 * in order of the value. Without `day` the last one that has a snapshot; `rows` is
 * null where there is none. Reads one row per value.
 */
export async function registrationBy(
  store: Store,
  { tenantId, dimension, day }: { tenantId: number; dimension: string; day?: Day | undefined },
) {
  const snapshot = await snapshotOfDay(store, { tenantId, day });
  if (!snapshot) return { day: day ?? null, rows: null };
  const { registrationCount: counts } = store.t;
  const rows = await store.read
    .select({ value: counts.value, ...registrationCounts(counts) })
    .from(counts)
    .where(
      and(
        eq(counts.tenantId, tenantId),
        eq(counts.snapshotId, snapshot.id),
        eq(counts.dimension, dimension),
        // A value whose people were all excluded after the publication is nobody's any more.
        gt(counts.population, 0),
      ),
    )
    .orderBy(asc(counts.value));
  return {
    day: snapshot.day,
    rows: rows.map(({ value, ...row }) => ({ value: value === '' ? null : value, counts: row })),
  };
}
