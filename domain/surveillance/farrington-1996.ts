import { normalQuantile } from '../statistics/normal.ts';
import { powerBound } from './farrington-bound.ts';
import { farringtonPrediction } from './farrington-fit.ts';
import type { FarringtonControl } from './farrington-flexible.ts';

/** The names and defaults are those of R's `algo.farrington`. */
export type ClassicControl = Pick<
  FarringtonControl,
  'b' | 'w' | 'reweight' | 'trend' | 'alpha' | 'limit54' | 'powertrans'
>;

export const CLASSIC_DEFAULTS: Readonly<ClassicControl> = {
  ...{ b: 5, w: 3, reweight: true, trend: true, alpha: 0.05, limit54: [5, 4], powertrans: '2/3' },
};

export interface ClassicAnswer {
  alarm: boolean;
  /** Bound of both sides together; 0 with too few counts to raise an alarm. */
  upper: number;
  /** Whether a trend was kept. */
  trend: boolean;
}

/**
 * Farrington's first method (Farrington et al. 1996), as R's `algo.farrington` computes it: the same periods of earlier
 * years, a trend where it is significant, past outbreaks weighted down. `index`: of the tested period, from 0. Null
 * where the model cannot be fitted.
 */
export function farrington1996(
  { observed, frequency }: { observed: readonly number[]; frequency: number },
  index: number,
  { b, w, reweight, trend, alpha, limit54, powertrans: power }: ClassicControl,
): ClassicAnswer | null {
  const indexes = Array.from({ length: b }, (_, i) => index - frequency * (b - i))
    .flatMap((middle) => Array.from({ length: 2 * w + 1 }, (_, i) => middle - w + i))
    .filter((i) => i >= 0);
  const model = farringtonPrediction(
    {
      counts: indexes.map((i) => observed[i] ?? 0),
      times: indexes.map((i) => i - index),
      groups: indexes.map(() => 0),
    },
    {
      ...{ trend, reweight, weightsThreshold: 1, pThresholdTrend: 0.05 },
      ...{ years: b, flexible: false },
    },
  );
  if (!model) return null;
  const mean = Math.exp(model.eta);
  const count = observed[index] ?? 0;
  const { upper } = powerBound(count, {
    ...{ mean, standardError: mean * model.standardError, dispersion: model.dispersion, power },
    z: normalQuantile(1 - alpha / 2),
  });
  const [cases, periods] = limit54;
  const sum = observed
    .slice(Math.max(0, index + 1 - periods), index + 1)
    .reduce((total, one) => total + one, 0);
  const enough = sum >= cases;
  return {
    alarm: enough && (count - mean) / (upper - mean) > 1,
    upper: enough ? upper : 0,
    trend: model.trend !== null,
  };
}
