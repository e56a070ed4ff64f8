import { gammaTails } from './distributions.ts';
import type { Tails } from './special-functions.ts';
import { incompleteBeta } from './special-functions.ts';

/*
 * Distributions of counts. Tails at a count y are `lower` = P(Y <= y) and `upper` = P(Y > y); a quantile is the
 * least count whose lower tail reaches the probability, as R's `q...` functions have it.
 */

export function poissonTails(count: number, mean: number): Tails {
  if (count < 0) return NOTHING_BELOW;
  if (mean === 0) return ALL_BELOW;
  const { lower, upper } = gammaTails(mean, Math.floor(count) + 1);
  return { lower: upper, upper: lower };
}

export function poissonQuantile(probability: number, mean: number): number {
  return leastCount(probability, { mean, variance: mean }, (y) => poissonTails(y, mean));
}

/** Negative binomial by its mean and `dispersion`, the variance over the mean; Poisson where that is 1 or less. */
export function negativeBinomialTails(count: number, mean: number, dispersion: number): Tails {
  if (!(dispersion > 1)) return poissonTails(count, mean);
  if (count < 0) return NOTHING_BELOW;
  if (mean === 0) return ALL_BELOW;
  const size = mean / (dispersion - 1);
  return incompleteBeta(size, Math.floor(count) + 1, 1 / dispersion, 1 - 1 / dispersion);
}

export function negativeBinomialQuantile(
  probability: number,
  mean: number,
  dispersion: number,
): number {
  return leastCount(probability, { mean, variance: mean * Math.max(1, dispersion) }, (y) =>
    negativeBinomialTails(y, mean, dispersion),
  );
}

export function binomialTails(count: number, trials: number, chance: number): Tails {
  if (count < 0) return NOTHING_BELOW;
  if (count >= trials) return ALL_BELOW;
  const successes = Math.floor(count) + 1;
  const { lower, upper } = incompleteBeta(successes, trials - successes + 1, chance, 1 - chance);
  return { lower: upper, upper: lower };
}

export function binomialQuantile(probability: number, trials: number, chance: number): number {
  if (probability === 1) return chance === 0 ? 0 : trials;
  const mean = trials * chance;
  return leastCount(probability, { mean, variance: mean * (1 - chance) }, (y) =>
    binomialTails(y, trials, chance),
  );
}

const NOTHING_BELOW: Tails = { lower: 0, upper: 1 };
const ALL_BELOW: Tails = { lower: 1, upper: 0 };

/** By doubling away from the mean, then halving. */
function leastCount(
  probability: number,
  { mean, variance }: { mean: number; variance: number },
  tails: (count: number) => Tails,
): number {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError('A probability is between 0 and 1.');
  if (probability === 1) return Number.POSITIVE_INFINITY;
  const reached = (count: number): boolean => {
    const { lower, upper } = tails(count);
    // Rounding must not push a count off a probability that it reaches exactly.
    return probability <= 0.5
      ? lower >= probability * (1 - 1e-14)
      : upper <= (1 - probability) * (1 + 1e-14);
  };
  let step = 1 + Math.floor(Math.sqrt(variance));
  let high = Math.floor(mean);
  while (!reached(high)) {
    high += step;
    step *= 2;
  }
  let low = -1;
  for (step = 1; high - step > low; step *= 2) {
    if (!reached(high - step)) {
      low = high - step;
      break;
    }
    high -= step;
  }
  while (high - low > 1) {
    const between = Math.floor((low + high) / 2);
    if (reached(between)) high = between;
    else low = between;
  }
  return high;
}
