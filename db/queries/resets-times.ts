import { and, eq, sql } from 'drizzle-orm';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { Share } from '../../domain/share.ts';
import { quantileOfSorted } from '../../domain/statistics/quantile.ts';
import type { Db, SQL, Store } from '../store-types.ts';
import { onDays } from './collected-period.ts';
import { followed, oldEnough, SELF_SERVED } from './incident-filter.ts';
import { type PeriodInput, type ResetDay, resetDays } from './reset-days.ts';

/**
 * How long a completed reset of a period took, from its first record to its success, and how many self-served
 * incidents another one of the same person followed within 7 and 30 days. Null and shares of nothing where no
 * day was collected.
 */
export async function resetsTimes(store: Store, input: PeriodInput) {
  return store.snapshot(async (db) => {
    const { asOf, days } = await resetDays({ ...store, read: db }, input);
    const collected = days.filter((day) => day.collected !== null);
    return {
      asOf: isoTextOrNull(asOf),
      daysCollected: collected.length,
      secondsToReset: secondsToReset(collected),
      repeats: await repeats(store, db, { tenantId: input.tenantId, asOf, collected }),
    };
  });
}

/** Quantiles of Hyndman and Fan's seventh kind (domain/statistics/quantile.ts). */
function secondsToReset(days: readonly ResetDay[]) {
  const all = Float64Array.from(days.flatMap(({ resetMs }) => resetMs)).sort();
  if (all.length === 0) return null;
  const at = (probability: number) => (quantileOfSorted(all, probability) ?? 0) / 1000;
  const [p10, p25, median, p75, p90] = [at(0.1), at(0.25), at(0.5), at(0.75), at(0.9)];
  return { flows: all.length, p10, p25, median, p75, p90 };
}

const NOTHING: Share = { part: 0, whole: 0 };

/** One pass over the self-served incidents of the days. */
async function repeats(
  store: Store,
  db: Db,
  { tenantId, asOf, collected }: { tenantId: number; asOf: number | null; collected: ResetDay[] },
) {
  if (asOf === null || collected.length === 0)
    return { within7Days: NOTHING, within30Days: NOTHING };
  const { incident } = store.t;
  const count = (condition: SQL) =>
    sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`.mapWith(Number);
  const [row] = await db
    .select({
      whole7: count(oldEnough(asOf, 7)),
      part7: count(sql`${oldEnough(asOf, 7)} and ${followed(7)}`),
      whole30: count(oldEnough(asOf, 30)),
      part30: count(sql`${oldEnough(asOf, 30)} and ${followed(30)}`),
    })
    .from(incident)
    .where(
      and(
        eq(incident.tenantId, tenantId),
        onDays(
          store,
          sql`${incident.day}`,
          collected.map(({ day }) => day),
        ),
        SELF_SERVED,
      ),
    );
  return {
    within7Days: { part: row?.part7 ?? 0, whole: row?.whole7 ?? 0 },
    within30Days: { part: row?.part30 ?? 0, whole: row?.whole30 ?? 0 },
  };
}
