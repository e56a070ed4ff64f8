import { and, between, eq, inArray } from 'drizzle-orm';
import { type Bucket, bucketStart, type Day, daysBetween } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';

export interface MovesInput {
  tenantId: number;
  first: Day;
  last: Day;
  bucket: Bucket;
}

/**
 * How many people gained and lost capability, came with it and left with it, by day, week (from Monday) or month:
 * the moves of every published snapshot of the bucket's days, each against the one before it. A bucket holds only
 * days within the period and is named by its first. Null where no snapshot of the bucket has one before it.
 */
export async function registrationMoves(
  store: Store,
  { tenantId, first, last, bucket }: MovesInput,
) {
  const rows = await snapshotMoves(store, { tenantId, first, last });
  const byBucket = Map.groupBy(rows, ({ day }) => bucketStart(day, bucket));
  const buckets = Map.groupBy(daysBetween(first, last), (day) => bucketStart(day, bucket));
  return {
    buckets: [...buckets].map(([start, days]) => {
      const own = byBucket.get(start) ?? [];
      const moved = own.filter(({ gained }) => gained !== null);
      const sum = (name: 'gained' | 'lost' | 'arrived' | 'departed') =>
        moved.length === 0 ? null : moved.reduce((all, row) => all + (row[name] ?? 0), 0);
      return {
        start: days[0] ?? first,
        gained: sum('gained'),
        lost: sum('lost'),
        arrived: sum('arrived'),
        departed: sum('departed'),
        daysCollected: new Set(own.map(({ day }) => day)).size,
      };
    }),
  };
}

/** Every published snapshot of the period; the moves of one that has none before it are null. */
function snapshotMoves(
  { t: { registrationSnapshot: snapshot, registrationMove: move }, read }: Store,
  { tenantId, first, last }: Omit<MovesInput, 'bucket'>,
) {
  const { gained, lost, arrived, departed } = move;
  return read
    .select({ day: snapshot.day, gained, lost, arrived, departed })
    .from(snapshot)
    .leftJoin(move, and(eq(move.tenantId, tenantId), eq(move.snapshotId, snapshot.id)))
    .where(
      and(
        eq(snapshot.tenantId, tenantId),
        inArray(snapshot.lastOfDay, [true, false]), // both, so that the days are found by index
        between(snapshot.day, first, last),
        eq(snapshot.state, 'published'),
      ),
    );
}
