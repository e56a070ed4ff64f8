import { and, asc, eq } from 'drizzle-orm';
import type { CoverageDay } from '../../domain/forecast/coverage-history.ts';
import type { Store } from '../store-types.ts';

/** Every collected day with its counts, oldest first. */
export async function coverageDays({ t, read }: Store, tenantId: number): Promise<CoverageDay[]> {
  const { registrationSnapshot: snapshot, registrationCount: counts } = t;
  return read
    .select({ day: snapshot.day, population: counts.population, capable: counts.capable })
    .from(snapshot)
    .innerJoin(
      counts,
      and(
        eq(counts.tenantId, snapshot.tenantId),
        eq(counts.dimension, 'all'),
        eq(counts.value, ''),
        eq(counts.snapshotId, snapshot.id),
      ),
    )
    .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.lastOfDay, true)))
    .orderBy(asc(snapshot.day));
}
