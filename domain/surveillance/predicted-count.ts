import { negativeBinomialQuantile, negativeBinomialTails } from '../statistics/counts.ts';

/** What a count is expected to be, and how far it may be off: negative binomial, Poisson where it varies no more. */
export interface PredictedCount {
  mean: number;
  variance: number;
}

/** The chance of `count` or more. */
export function chanceOf(count: number, { mean, variance }: PredictedCount): number {
  return count <= 0 ? 1 : negativeBinomialTails(Math.ceil(count) - 1, mean, variance / mean).upper;
}

/** The least count whose chance is below `p`. */
export function leastUnusual(p: number, { mean, variance }: PredictedCount): number {
  return negativeBinomialQuantile(1 - p, mean, variance / mean) + 1;
}

/** The chance that a count exceeds what it may at most add to a level. */
const UNUSUAL = 0.01;

/** A count, or where it is higher than 99 % of its kind, the highest that is not. */
export function usualPart(count: number, predicted: PredictedCount): number {
  const { mean, variance } = predicted;
  // Nothing as near the mean is as rare: the quantile need not be looked for.
  if (count <= mean + 2 * Math.sqrt(variance)) return count;
  return Math.min(count, negativeBinomialQuantile(1 - UNUSUAL, mean, variance / mean));
}
