import { negativeBinomialQuantile } from '../statistics/counts.ts';

export interface GammaPoissonControl {
  /** Years to look back. */
  b: number;
  /** Periods to each side of the same one in earlier years. */
  w: number;
  /** Whether the `w` periods before the tested one count too. */
  actY: boolean;
  alpha: number;
}

/**
 * The count that a period reaches with a chance of `alpha` at most, its mean being gamma after the reference periods
 * (Riebler 2004), as R's `algo.bayes` computes it; an alarm above it. Null where the series does not reach back.
 */
export function gammaPoissonBound(
  { observed, frequency }: { observed: readonly number[]; frequency: number },
  index: number,
  { b, w, actY, alpha }: GammaPoissonControl,
): { upper: number; alarm: boolean } | null {
  const count = observed[index];
  if (count === undefined || index - b * frequency - w < 0) return null;
  const references = actY ? observed.slice(index - w, index) : [];
  for (let year = 1; year <= b; year++) {
    const middle = index - year * frequency;
    references.push(...observed.slice(middle - w, middle + w + 1));
  }
  const { length } = references;
  const sum = references.reduce((total, one) => total + one, 0);
  const upper = negativeBinomialQuantile(1 - alpha, (sum + 0.5) / length, (length + 1) / length);
  return { upper, alarm: count > upper };
}
