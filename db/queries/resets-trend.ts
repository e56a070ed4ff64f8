import { type Bucket, bucketStart } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { Store } from '../store-types.ts';
import { type PeriodInput, resetDays, sumOfDays } from './reset-days.ts';

/**
 * Flows, incidents and admin resets of a period by day, week (from Monday) or
 * month. A bucket holds only days within the period and is named by its first; it
 * sums its collected days, and is null where there is none.
 */
export async function resetsTrend(
  store: Store,
  { bucket, ...period }: PeriodInput & { bucket: Bucket },
) {
  const { asOf, days } = await resetDays(store, period);
  const buckets = Map.groupBy(days, ({ day }) => bucketStart(day, bucket));
  return {
    asOf: isoTextOrNull(asOf),
    timeZone: period.timeZone,
    buckets: [...buckets.values()].map((group) => {
      const counts = sumOfDays(group);
      return {
        start: group[0]?.day ?? period.first,
        daysCollected: group.filter(({ collected }) => collected !== null).length,
        partial: group.some(({ collected }) => collected === 'partial'),
        flows: counts?.flows ?? null,
        incidents: counts?.incidents ?? null,
        adminResets: counts?.adminResets ?? null,
        bypasses: counts?.bypasses ?? null,
        settlingBypasses: counts?.settlingBypasses ?? null,
      };
    }),
  };
}
