import type { CoverageDay } from '../../domain/forecast/coverage-history.ts';
import { dayNumber } from '../../domain/forecast/coverage-history.ts';
import type { ShareForecaster } from '../../domain/forecast/reference/share-forecast.ts';

/** How well a method forecast held-out days; sums, so that cases can be added up. */
export interface Accuracy {
  points: number;
  /** Pinball loss of a point, the mean over PROBABILITIES, in percentage points of coverage; summed. */
  pinball: number;
  /** Points within the band from 10 to 90 %, and below it. */
  within: number;
  below: number;
  /** Width of that band in percentage points, summed. */
  width: number;
  /** How far the median was off, summed. */
  miss: number;
}

/** 5, 10, … 95 %. */
export const PROBABILITIES = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

export const noAccuracy = (): Accuracy => ({
  points: 0,
  pinball: 0,
  within: 0,
  below: 0,
  width: 0,
  miss: 0,
});

export function added(a: Accuracy, b: Accuracy): Accuracy {
  return {
    points: a.points + b.points,
    pinball: a.pinball + b.pinball,
    within: a.within + b.within,
    below: a.below + b.below,
    width: a.width + b.width,
    miss: a.miss + b.miss,
  };
}

/** What is lost by forecasting `actual` by a quantile of `probability` (Koenker and Bassett 1978). */
export function pinballLoss(actual: number, quantile: number, probability: number): number {
  const miss = actual - quantile;
  return miss >= 0 ? probability * miss : (probability - 1) * miss;
}

/** Forecasts from the days up to day number `origin` and holds it against those up to `horizon` days later. */
export function accuracyOf(
  forecaster: ShareForecaster,
  days: readonly CoverageDay[],
  { origin, horizon }: { origin: number; horizon: number },
): Accuracy {
  const known = days.filter(({ day }) => dayNumber(day) <= origin);
  const last = known.at(-1);
  if (!last) return noAccuracy();
  const today = dayNumber(last.day);
  const forecast = forecaster(known);
  const sum = noAccuracy();
  for (const { day, capable, population: people } of days) {
    const offset = dayNumber(day) - today;
    if (offset < 1 || offset > horizon) continue;
    const actual = (100 * capable) / people;
    const quantiles = PROBABILITIES.map((p) => 100 * forecast.quantile(offset, p));
    const losses = quantiles.map((q, i) => pinballLoss(actual, q, PROBABILITIES[i] ?? 0.5));
    const [low = 0, high = 0] = [quantiles[1], quantiles[17]];
    // A share of people counted one by one: a bound that shows as the same thousandth holds it.
    const [isBelow, isAbove] = [actual < low - 1e-4, actual > high + 1e-4];
    sum.points += 1;
    sum.pinball += losses.reduce((total, loss) => total + loss, 0) / losses.length;
    sum.within += isBelow || isAbove ? 0 : 1;
    sum.below += isBelow ? 1 : 0;
    sum.width += high - low;
    sum.miss += Math.abs(actual - (quantiles[9] ?? 0));
  }
  return sum;
}
