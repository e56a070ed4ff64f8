import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import {
  capabilityLost,
  type SnapshotLoss,
} from '../../domain/surveillance/rules/capability-lost.ts';
import { publishedBefore } from '../store/count-moves.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db } from '../store-types.ts';

/**
 * The row of a day that tells how many people lost capability. Read in the transaction that takes the day from the queue,
 * after it: a request that excludes people changes moves without the lease.
 */
export async function capabilityLostRows({ store, tenantId }: HeldLease, db: Db, day: Day) {
  const { registrationSnapshot: snapshot, registrationMove: move } = store.t;
  const rows = await db
    .select({ id: snapshot.id, takenAt: snapshot.takenAt, lost: move.lost })
    .from(snapshot)
    .innerJoin(move, and(eq(move.tenantId, tenantId), eq(move.snapshotId, snapshot.id)))
    .where(
      and(
        eq(snapshot.tenantId, tenantId),
        inArray(snapshot.lastOfDay, [true, false]), // both, so that the day is found by index
        eq(snapshot.day, day),
        eq(snapshot.state, 'published'),
        gt(move.lost, 0),
      ),
    );
  const losses: SnapshotLoss[] = [];
  for (const { id, takenAt, lost } of rows) {
    const before = await publishedBefore({ ...store, read: db }, tenantId, id);
    losses.push({ lost, takenAt, beforeAt: before?.takenAt ?? takenAt });
  }
  return capabilityLost(losses).map((value) => ({ tenantId, day, ...value }));
}
