import { factored, rowStart, solveLower, solveUpper } from './packed-cholesky.ts';
import type { Entry, SparseDesign } from './sparse-design.ts';
import { rowTimes } from './sparse-design.ts';

/** A quasi-Poisson model of counts with a logarithmic link. */
export interface CountFit {
  coefficients: Float64Array;
  /** Means. */
  fitted: Float64Array;
  /** What the last step began with: mean times weight. */
  working: Float64Array;
  /** (count - mean) / mean. */
  residuals: Float64Array;
  /** Rows less columns. */
  degrees: number;
  /** Pearson's chi-square over `degrees`, with the weights that the last step began with, as R's summary has it. */
  dispersion: number;
  /** Whether the deviance had settled. */
  converged: boolean;
  /** x' (X' W X)^-1 x: the variance of a linear predictor, where counts vary as their means. */
  leverage(row: readonly Entry[]): number;
}

export interface CountFitOptions {
  /** Of each row; 1 where not given. */
  weights?: Float64Array;
  /** How strongly each column is drawn to 0; not at all where not given. */
  ridge?: Float64Array;
  /** Means to begin from. */
  start?: Float64Array;
}

/** R's: the relative change of the deviance at which it stops, and after how many steps it gives up. */
const CONVERGED = 1e-8;
const STEPS_MAX = 25;
const MEAN_LEAST = 2 ** -52;

/**
 * Fits a quasi-Poisson model by iteratively reweighted least squares (Nelder and Wedderburn 1972), with the start and the
 * stopping rule of R's `glm`, by normal equations: detectors fit thousands. `countModel` in domain/statistics is the one
 * for a single model of any columns. Null where a column repeats others.
 */
export function countFit(
  design: SparseDesign,
  counts: ArrayLike<number>,
  { weights, ridge, start }: CountFitOptions = {},
): CountFit | null {
  const { rows, columns } = design;
  const fitted = start ? start.slice() : Float64Array.from(counts, (count) => count + 0.1);
  const eta = fitted.map(Math.log);
  const working = new Float64Array(rows);
  const normal = new Float64Array(rowStart(columns));
  const coefficients = new Float64Array(columns);
  let deviance = devianceOf(counts, fitted, weights);
  let converged = false;
  for (let step = 0; step < STEPS_MAX && !converged; step++) {
    for (let i = 0; i < rows; i++) working[i] = (fitted[i] as number) * (weights?.[i] ?? 1);
    normalEquations(design, { counts, fitted, eta, working }, { normal, right: coefficients });
    if (ridge)
      for (let j = 0; j < columns; j++)
        normal[rowStart(j) + j] = (normal[rowStart(j) + j] as number) + (ridge[j] as number);
    if (!factored(normal, columns)) return null;
    solveLower(normal, coefficients);
    solveUpper(normal, coefficients);
    for (let i = 0; i < rows; i++) {
      eta[i] = rowTimes(design, i, coefficients);
      fitted[i] = Math.max(MEAN_LEAST, Math.exp(eta[i] as number));
    }
    const before = deviance;
    deviance = devianceOf(counts, fitted, weights);
    if (!Number.isFinite(deviance)) return null;
    converged = Math.abs(deviance - before) < CONVERGED * (Math.abs(deviance) + 0.1);
  }
  const residuals = fitted.map((mean, i) => ((counts[i] as number) - mean) / mean);
  const degrees = rows - columns;
  const pearson = residuals.reduce((sum, one, i) => sum + (working[i] as number) * one * one, 0);
  return {
    ...{ coefficients, fitted, working, residuals, degrees, converged },
    dispersion: pearson / degrees,
    leverage: (row) => leverageOf(normal, columns, row),
  };
}

function normalEquations(
  { rows, starts, column, value }: SparseDesign,
  {
    counts,
    fitted,
    eta,
    working,
  }: {
    counts: ArrayLike<number>;
    fitted: Float64Array;
    eta: Float64Array;
    working: Float64Array;
  },
  { normal, right }: { normal: Float64Array; right: Float64Array },
): void {
  normal.fill(0);
  right.fill(0);
  for (let i = 0; i < rows; i++) {
    const weight = working[i] as number;
    const mean = fitted[i] as number;
    const response = (eta[i] as number) + ((counts[i] as number) - mean) / mean;
    const end = starts[i + 1] as number;
    for (let a = starts[i] as number; a < end; a++) {
      const j = column[a] as number;
      const weighted = weight * (value[a] as number);
      right[j] = (right[j] as number) + weighted * response;
      for (let b = starts[i] as number; b < end; b++) {
        const k = column[b] as number;
        if (k > j) continue;
        const at = (j * (j + 1)) / 2 + k;
        normal[at] = (normal[at] as number) + weighted * (value[b] as number);
      }
    }
  }
}

/** Poisson's, weighted. */
function devianceOf(
  counts: ArrayLike<number>,
  means: Float64Array,
  weights: Float64Array | undefined,
): number {
  let sum = 0;
  for (let i = 0; i < means.length; i++) {
    const [count, mean] = [counts[i] as number, means[i] as number];
    const one = count > 0 ? count * Math.log(count / mean) - (count - mean) : mean;
    sum += 2 * (weights?.[i] ?? 1) * one;
  }
  return sum;
}

function leverageOf(lower: Float64Array, columns: number, row: readonly Entry[]): number {
  const solved = new Float64Array(columns);
  for (const [column, value] of row) solved[column] = value;
  solveLower(lower, solved);
  return solved.reduce((sum, one) => sum + one * one, 0);
}
