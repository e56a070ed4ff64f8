import { leastSquares } from './least-squares.ts';
import type { Matrix } from './matrix.ts';
import { dot, rootsOfDiagonal, scaled } from './matrix.ts';

/** A linear model fitted by ordinary least squares. */
export interface LinearModel {
  /** Rows of explanatory values, one for each response. */
  design: Matrix;
  coefficients: number[];
  fitted: number[];
  residuals: number[];
  /** Observations less coefficients. */
  degrees: number;
  /** Standard deviation of the residuals. */
  sigma: number;
  /** (X'X)^-1. */
  unscaled: number[][];
  /** Standard errors that hold for independent residuals of one variance. */
  standardErrors: number[];
}

/**
 * Fits `response` by `design`, by QR. Throws a RangeError where there are no more rows than columns, or where a
 * column can be made from the others.
 */
export function linearModel(design: Matrix, response: readonly number[]): LinearModel {
  const columns = design[0]?.length ?? 0;
  const degrees = response.length - columns;
  if (degrees < 1) throw new RangeError('A linear model needs more rows than columns.');
  const { solution, rank, inverse } = leastSquares(
    { jacobian: Float64Array.from(design.flat()), columns },
    response,
  );
  if (rank < columns) throw new RangeError('A column of the model repeats others.');
  const coefficients = [...solution];
  const fitted = design.map((row) => dot(row, coefficients));
  const residuals = response.map((value, i) => value - (fitted[i] ?? 0));
  const sigma = Math.sqrt(dot(residuals, residuals) / degrees);
  const unscaled = inverse();
  const standardErrors = rootsOfDiagonal(scaled(unscaled, sigma * sigma));
  return { design, coefficients, fitted, residuals, degrees, sigma, unscaled, standardErrors };
}

/** How much of the response's variance the model accounts for: R squared, of a model with an intercept. */
export function explainedVariance({ fitted, residuals }: LinearModel): number {
  const mean = fitted.reduce((sum, value) => sum + value, 0) / fitted.length;
  const explained = fitted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return explained / (explained + dot(residuals, residuals));
}
