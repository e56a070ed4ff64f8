import { quantile } from '../../statistics/quantile.ts';
import type { Member } from './count-series.ts';
import { ratesOf } from './count-series.ts';

/** Each step as the median of the last `seasons` counts in its place of the season. `season`: in words. Null where nothing is known. */
export function seasonalNaive(seasons: number, season = 'seasons'): Member {
  return {
    name: seasons === 1 ? 'as one season ago' : `median of the last ${seasons} ${season}`,
    expected(series, steps) {
      const rates = ratesOf(series);
      const overall = quantile(
        lastOf(rates, () => true, 4 * series.season),
        0.5,
      );
      if (overall === null) return null;
      const n = rates.length;
      const ofSlot = Array.from({ length: series.season }, (_, slot) => {
        const last = lastOf(rates, (i) => series.slots[i] === slot, seasons);
        return quantile(last, 0.5) ?? overall;
      });
      return Float64Array.from({ length: steps }, (_, i) => {
        const rate = ofSlot[series.slots[n + i] as number] as number;
        return rate * (series.exposure[n + i] as number);
      });
    },
  };
}

function lastOf(rates: Float64Array, belongs: (at: number) => boolean, count: number): number[] {
  const found: number[] = [];
  for (let i = rates.length - 1; i >= 0 && found.length < count; i--) {
    const rate = rates[i] as number;
    if (belongs(i) && Number.isFinite(rate)) found.push(rate);
  }
  return found;
}
