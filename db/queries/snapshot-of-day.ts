import { and, desc, eq, type SQL } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';

export interface SnapshotOfDay {
  id: number;
  takenAt: number;
  day: Day;
  rejected: number;
  unknownAdmin: number;
}

/** The snapshot that counts for `day`, or the last one there is; null where there is none. */
export async function snapshotOfDay(
  { t: { registrationSnapshot: snapshot }, read }: Store,
  { tenantId, day }: { tenantId: number; day?: Day | undefined },
): Promise<SnapshotOfDay | null> {
  const conditions: SQL[] = [eq(snapshot.tenantId, tenantId), eq(snapshot.lastOfDay, true)];
  if (day) conditions.push(eq(snapshot.day, day));
  const [row] = await read
    .select({
      id: snapshot.id,
      takenAt: snapshot.takenAt,
      day: snapshot.day,
      rejected: snapshot.rejected,
      unknownAdmin: snapshot.unknownAdmin,
    })
    .from(snapshot)
    .where(and(...conditions))
    .orderBy(desc(snapshot.day))
    .limit(1);
  return row ?? null;
}
