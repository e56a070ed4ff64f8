import { and, between, eq } from 'drizzle-orm';
import { type Day, daysBetween } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { registrationCounts } from './registration-counts.ts';

export interface RegistrationCounts {
  population: number;
  enabled: number;
  registered: number;
  capable: number;
  mfaCapable: number;
}

export interface CoverageDay {
  day: Day;
  /** Null when that day has no snapshot. */
  counts: RegistrationCounts | null;
}

const NOBODY: RegistrationCounts = {
  population: 0,
  enabled: 0,
  registered: 0,
  capable: 0,
  mfaCapable: 0,
};

/**
 * People of the population, enabled, registered and capable, for each day of a
 * period; of one value of a dimension where one is given ('' or none: people
 * without a value).
 *
 * One element per day from `first` to `last`, oldest first: a missing day is null,
 * which a chart draws as a gap. A value nobody had on a collected day counts 0.
 * Reads one row per collected day.
 */
export async function registrationCoverage(
  store: Store,
  {
    tenantId,
    first,
    last,
    dimension,
    value = '',
  }: {
    tenantId: number;
    first: Day;
    last: Day;
    dimension?: string | undefined;
    value?: string | undefined;
  },
): Promise<CoverageDay[]> {
  const { registrationSnapshot: snapshot, registrationCount: counts } = store.t;
  const rows = await store.read
    .select({ day: snapshot.day, ...registrationCounts(counts) })
    .from(snapshot)
    .leftJoin(
      counts,
      and(
        eq(counts.tenantId, tenantId),
        eq(counts.dimension, dimension ?? 'all'),
        eq(counts.value, dimension ? value : ''),
        eq(counts.snapshotId, snapshot.id),
      ),
    )
    .where(
      and(
        eq(snapshot.tenantId, tenantId),
        eq(snapshot.lastOfDay, true),
        between(snapshot.day, first, last),
      ),
    );
  const byDay = new Map(rows.map(({ day, ...row }) => [day, row]));
  return daysBetween(first, last).map((day) => {
    const row = byDay.get(day);
    if (!row) return { day, counts: null };
    const found = row.population === null ? NOBODY : (row as RegistrationCounts);
    return { day, counts: found };
  });
}
