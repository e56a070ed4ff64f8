import { anscombeResidual } from './anscombe.ts';
import { type CountFit, countFit } from './count-fit.ts';
import type { SparseDesign } from './sparse-design.ts';

/** A quasi-Poisson model that past outbreaks hardly move. */
export interface RobustFit extends CountFit {
  /** Of each row: 1, or less where its count is far above its mean. */
  weights: Float64Array;
  /** Variance over mean, at least 1. */
  spread: number;
}

/** Above it, in standard deviations, a count loses weight: Noufaily et al. 2013. */
const USUAL_MOST = 2.58;
/** Cells in which nearly nothing is expected say nothing about how counts vary. */
const MEAN_LEAST = 0.05;
const ROUNDS = 3;

/**
 * Three rounds of a quasi-Poisson fit, each with the weights of Huber (1964) that follow from the Anscombe residuals of
 * the one before: Farrington's idea (1996) without his normalisation. Null where a column repeats others.
 */
export function robustCountFit(
  design: SparseDesign,
  counts: ArrayLike<number>,
  { ridge, spreadPrior }: { ridge?: Float64Array; spreadPrior?: SpreadPrior } = {},
): RobustFit | null {
  let weights = new Float64Array(design.rows).fill(1);
  let fit: RobustFit | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const start = fit?.fitted;
    const next = countFit(design, counts, {
      weights,
      ...(ridge && { ridge }),
      ...(start && { start }),
    });
    if (!next) return fit;
    const spread = spreadOf(next, counts, { weights, ...(spreadPrior && { prior: spreadPrior }) });
    fit = { ...next, weights, spread };
    weights = next.fitted.map((mean, i) => {
      const residual = anscombeResidual(counts[i] as number, mean) / Math.sqrt(spread);
      return residual > USUAL_MOST ? (USUAL_MOST / residual) ** 2 : 1;
    });
  }
  return fit;
}

/** What is held of the variance over the mean before a count is seen, worth `rows` rows. */
export interface SpreadPrior {
  spread: number;
  rows: number;
}

/** Pearson's chi-square over the degrees of freedom, at least 1. */
function spreadOf(
  { fitted, degrees }: CountFit,
  counts: ArrayLike<number>,
  { weights, prior }: { weights: Float64Array; prior?: SpreadPrior },
): number {
  let [sum, used] = [0, 0];
  for (const [i, mean] of fitted.entries()) {
    if (mean < MEAN_LEAST) continue;
    sum += ((weights[i] as number) * ((counts[i] as number) - mean) ** 2) / mean;
    used += 1;
  }
  const free = Math.max(0, used - (fitted.length - degrees));
  const { spread, rows } = prior ?? { spread: 1, rows: 1e-9 };
  return Math.max(1, (sum + spread * rows) / (free + rows));
}
