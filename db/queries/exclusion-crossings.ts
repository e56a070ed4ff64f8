import { and, eq, gt, lte, or } from 'drizzle-orm';
import { type Day, daysBetween, nextDay } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';

/** Our numbers of people by the day on which an exclusion of theirs began or ended. */
export type Crossings = ReadonlyMap<Day, number[]>;

/**
 * Exclusions that began or ended after `since`, up to `last`: by them people come and go whose state stays. Reads the
 * intervals of all excluded people, once.
 */
export async function exclusionCrossings(
  { t: { personExclusion: interval }, read }: Store,
  { tenantId, since, last }: { tenantId: number; since: Day; last: Day },
): Promise<Crossings> {
  const within = (day: Day | null): day is Day => day !== null && day > since && day <= last;
  const rows = await read
    .select({ id: interval.personId, first: interval.firstDay, end: interval.endDay })
    .from(interval)
    .where(
      and(
        eq(interval.tenantId, tenantId),
        or(
          and(gt(interval.firstDay, since), lte(interval.firstDay, last)),
          and(gt(interval.endDay, since), lte(interval.endDay, last)),
        ),
      ),
    );
  const days = rows.flatMap(({ id, first, end }) =>
    [first, end].filter(within).map((day) => ({ id, day })),
  );
  return new Map(
    [...Map.groupBy(days, ({ day }) => day)].map(([day, own]) => [day, own.map(({ id }) => id)]),
  );
}

/** After `before`, up to `day`; each once, in order. */
export function crossedBetween(crossings: Crossings, before: Day, day: Day): number[] {
  if (crossings.size === 0) return [];
  const ids = daysBetween(nextDay(before), day).flatMap((one) => crossings.get(one) ?? []);
  return [...new Set(ids)].sort((a, b) => a - b);
}
