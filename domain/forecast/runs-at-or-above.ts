import type { ForecastMade } from './coverage-forecast.ts';

/** How many runs are at or above a target at the end of each week: offsets 7, 14, … */
export interface AtOrAbove {
  targetPercent: number;
  runs: number[];
}

const WEEK = 7;
/** Shares are kept in single precision. */
const ROUNDING = 1e-6;

/** Weekly counts for each whole percent that some run is above and some below, in some week. */
export function weeklyRuns(sorted: readonly Float32Array[]): AtOrAbove[] {
  const weeks = sorted.filter((_, d) => (d + 1) % WEEK === 0);
  const all: AtOrAbove[] = [];
  for (let targetPercent = 1; targetPercent <= 100; targetPercent++) {
    const runs = weeks.map((ofDay) => ofDay.length - below(ofDay, targetPercent / 100 - ROUNDING));
    const count = weeks[0]?.length ?? 0;
    if (runs.some((one) => one > 0 && one < count)) all.push({ targetPercent, runs });
  }
  return all;
}

/** How many of ascending values are below `limit`. */
function below(ascending: Float32Array, limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Of all runs, those at or above `targetPercent` after `offset` days, between weeks on the line between them.
 * Null for an offset before the forecast's day or beyond it.
 */
export function runsAtOrAbove(
  forecast: ForecastMade,
  { targetPercent, offset }: { targetPercent: number; offset: number },
): number | null {
  const { weekly, runs, quantiles, capable, population } = forecast;
  if (offset < 0 || offset > quantiles.p50.length) return null;
  const now = 100 * capable >= targetPercent * population ? runs : 0;
  const target = weekly.find((one) => one.targetPercent === targetPercent);
  if (!target || offset === 0)
    return target || weekly.length === 0 ? now : outside(forecast, targetPercent);
  const at = (week: number) =>
    week === 0 ? now : (target.runs[week - 1] ?? target.runs.at(-1) ?? now);
  const week = Math.floor(offset / WEEK);
  return Math.round(at(week) + ((at(week + 1) - at(week)) * (offset % WEEK)) / WEEK);
}

/** A target that all runs are above, or all below, at every week's end. */
function outside({ weekly, runs }: ForecastMade, targetPercent: number): number {
  return targetPercent < (weekly[0]?.targetPercent ?? 0) ? runs : 0;
}
