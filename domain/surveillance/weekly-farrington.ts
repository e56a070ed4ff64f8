import type { DailySeries } from './daily-series.ts';
import { FARRINGTON_DEFAULTS, farringtonFlexible } from './farrington-flexible.ts';

const WEEK = 7;
const WEEKS_PER_YEAR = 52;
const YEARS_MOST = 3;
const HALF_WIDTH = 3;

/**
 * Farrington Flexible on sums of seven days, the tested day last, as Noufaily et al. 2019 run it on daily counts. Null
 * without a year of history before the tested weeks, or where it has no answer.
 */
export function weeklyFarrington(series: DailySeries, at: number): boolean | null {
  const sums = weeklySums(series, at);
  const years = Math.floor((sums.length - 1 - HALF_WIDTH) / WEEKS_PER_YEAR);
  if (years < 1) return null;
  const answer = farringtonFlexible(
    { observed: sums, frequency: WEEKS_PER_YEAR },
    sums.length - 1,
    {
      ...{ ...FARRINGTON_DEFAULTS, b: Math.min(years, YEARS_MOST), w: HALF_WIDTH, alpha: 0.01 },
      ...{ noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 0.05 },
    },
  );
  return answer?.alarm ?? null;
}

/** Of whole weeks that end on the tested day's weekday, oldest first; null where a day of it is missing. */
function weeklySums({ counts }: DailySeries, at: number): (number | null)[] {
  const most = YEARS_MOST * WEEKS_PER_YEAR + HALF_WIDTH + 1;
  const weeks = Math.min(most, Math.floor((at + 1) / WEEK));
  return Array.from({ length: weeks }, (_, i) => {
    const last = at - WEEK * (weeks - 1 - i);
    const sum = counts.subarray(last - WEEK + 1, last + 1).reduce((total, one) => total + one, 0);
    return Number.isNaN(sum) ? null : sum;
  });
}
