import type { CountFit } from './count-fit.ts';
import type { Entry } from './sparse-design.ts';

/** Anscombe's residual (1953) of a count whose variance is its mean: about standard normal where `mean` holds. */
export function anscombeResidual(count: number, mean: number): number {
  return 1.5 * (count ** (2 / 3) * mean ** (-1 / 6) - Math.sqrt(mean));
}

/** Of every row of a fit, standardised by the dispersion and what the row itself pulls (Farrington et al. 1996). */
export function standardisedResiduals(
  fit: CountFit,
  rows: readonly (readonly Entry[])[],
  { counts, dispersion }: { counts: readonly number[]; dispersion: number },
): number[] {
  return rows.map((row, i) => {
    const hat = (fit.working[i] as number) * fit.leverage(row);
    const residual = anscombeResidual(counts[i] as number, fit.fitted[i] as number);
    return residual / Math.sqrt(dispersion * (1 - hat));
  });
}

/**
 * Weights that keep past outbreaks out of a baseline: Farrington et al. 1996, of residuals above `threshold` (1 there,
 * 2.58 in Noufaily et al. 2013) by the inverse of their square; they add up to the number of rows.
 */
export function outbreakWeights(residuals: readonly number[], threshold: number): Float64Array {
  const raw = Float64Array.from(residuals, (one) => (one > threshold ? one ** -2 : 1));
  const factor = residuals.length / raw.reduce((sum, one) => sum + one, 0);
  return raw.map((one) => one * factor);
}
