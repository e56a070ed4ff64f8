import {
  negativeBinomialQuantile,
  negativeBinomialTails,
  poissonQuantile,
} from '../statistics/counts.ts';
import { normalQuantile, normalTails } from '../statistics/normal.ts';

/** From which count on a period is unusual, and how unusual its own count is. */
export interface Bound {
  /** A count above it is unusual. */
  upper: number;
  /** The chance of a count as high as the observed one. */
  p: number;
}

/** Which power of a count is taken for normal. */
export type PowerTransform = '2/3' | '1/2' | 'none';

/** Farrington et al. 1996: a power of the count is about normal. `z`: that of the bound. */
export function powerBound(
  observed: number,
  {
    mean,
    standardError,
    dispersion,
    z,
    power,
  }: {
    mean: number;
    /** Of the mean. */
    standardError: number;
    dispersion: number;
    z: number;
    power: PowerTransform;
  },
): Bound {
  const spread = dispersion + standardError ** 2 / mean;
  const [exponent, error] = scaleOf(power, mean, spread);
  const middle = mean ** exponent;
  return {
    upper: (middle + z * error) ** (1 / exponent),
    p: normalTails((observed ** exponent - middle) / error).upper,
  };
}

/** The exponent, and the standard deviation of counts to its power by the delta method. */
function scaleOf(power: PowerTransform, mean: number, spread: number): readonly [number, number] {
  switch (power) {
    case '2/3':
      return [2 / 3, Math.sqrt((4 / 9) * mean ** (1 / 3) * spread)];
    case '1/2':
      return [1 / 2, Math.sqrt(spread / 4)];
    case 'none':
      return [1, Math.sqrt(mean * spread)];
  }
}

/** Noufaily et al. 2013: the quantile of the negative binomial distribution about `mean`. */
export function negativeBinomialBound(
  observed: number,
  { mean, dispersion, alpha }: { mean: number; dispersion: number; alpha: number },
): Bound {
  const upper =
    dispersion > 1
      ? negativeBinomialQuantile(1 - alpha, mean, dispersion)
      : poissonQuantile(1 - alpha, mean);
  return { upper, p: negativeBinomialTails(observed - 1, mean, dispersion).upper };
}

/** z of the one-sided bound. */
export const boundZ = (alpha: number): number => normalQuantile(1 - alpha);
