import { quantile } from '../statistics/quantile.ts';
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
/** A count above so many times the upper quarter, and so many more, says nothing of where a fit begins. */
const FENCE = { times: 3, more: 5 };

export interface RobustFitOptions {
  ridge?: Float64Array;
  spreadPrior?: SpreadPrior;
  /**
   * Whether rows are few for each column: one large outbreak would hide itself there, as it moves the very mean and spread
   * that it is held against. The fit then begins with counts cut off at a fence, and outbreaks add next to nothing to the
   * spread.
   */
  fewRows?: boolean;
}

/**
 * Three rounds of a quasi-Poisson fit, each with the weights of Huber (1964) that follow from the Anscombe residuals of
 * the one before: Farrington's idea (1996) without his normalisation. Null where a column repeats others.
 */
export function robustCountFit(
  design: SparseDesign,
  counts: ArrayLike<number>,
  { ridge, spreadPrior, fewRows = false }: RobustFitOptions = {},
): RobustFit | null {
  const cut = fewRows ? cutOff(counts) : null;
  // The weights of a row's square: its influence squared (Huber's second proposal), or as they are.
  const power = fewRows ? 2 : 1;
  let weights: Float64Array = new Float64Array(design.rows).fill(1);
  let fit: RobustFit | null = null;
  for (let round = cut ? -1 : 0; round < ROUNDS; round++) {
    const start = fit?.fitted;
    const given = round < 0 && cut ? cut : counts;
    const next = countFit(design, given, {
      weights,
      ...(ridge && { ridge }),
      ...(start && { start }),
    });
    if (!next) return fit;
    const spread = spreadOf(next, given, {
      ...{ weights, power },
      ...(spreadPrior && { prior: spreadPrior }),
    });
    fit = { ...next, weights, spread };
    weights = next.fitted.map((mean, i) => {
      const residual = anscombeResidual(counts[i] as number, mean) / Math.sqrt(spread);
      return residual > USUAL_MOST ? (USUAL_MOST / residual) ** 2 : 1;
    });
  }
  return fit;
}

/** The counts held under the fence; null where none is above it. */
function cutOff(counts: ArrayLike<number>): Float64Array | null {
  const fence = FENCE.times * (quantile(counts, 0.75) ?? 0) + FENCE.more;
  const cut = Float64Array.from(counts, (count) => Math.min(count, fence));
  return cut.some((count, i) => count !== counts[i]) ? cut : null;
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
  { weights, power, prior }: { weights: Float64Array; power: 1 | 2; prior?: SpreadPrior },
): number {
  let [sum, used] = [0, 0];
  for (const [i, mean] of fitted.entries()) {
    if (mean < MEAN_LEAST) continue;
    sum += ((weights[i] as number) ** power * ((counts[i] as number) - mean) ** 2) / mean;
    used += 1;
  }
  const free = Math.max(0, used - (fitted.length - degrees));
  const { spread, rows } = prior ?? { spread: 1, rows: 1e-9 };
  return Math.max(1, (sum + spread * rows) / (free + rows));
}
