import { leastSquares } from './least-squares.ts';
import type { LinearModel } from './linear-model.ts';
import type { Matrix } from './matrix.ts';
import { crossProduct, dot, scaled, sumOf, times, transposed } from './matrix.ts';

export interface NeweyWestOptions {
  /** Autocorrelations up to this lag count, with Bartlett's weights 1 - l / (lag + 1). */
  lag: number;
  /** Whether the scores are first freed from what the one before tells (VAR(1); Andrews and Monahan 1992). */
  prewhitened?: boolean;
  /** Times n / (n - k): for short series. */
  smallSample?: boolean;
}

/**
 * Covariance of the coefficients that holds where residuals depend on those before and vary differently: Newey and
 * West 1987. The same as `NeweyWest` of R's `sandwich` (Zeileis 2004).
 */
export function neweyWest(model: LinearModel, options: NeweyWestOptions): number[][] {
  return sandwich(model.unscaled, longRunScores(scoresOf(model), options));
}

/** bread x meat x bread. */
export function sandwich(bread: Matrix, meat: Matrix): number[][] {
  return times(times(bread, meat), bread);
}

/** One row per observation: the residual times the explanatory values. */
export function scoresOf({ design, residuals }: LinearModel): number[][] {
  return design.map((row, i) => row.map((value) => value * (residuals[i] ?? 0)));
}

/** The long-run sum of squares of scores. */
export function longRunScores(
  scores: Matrix,
  { lag, prewhitened = false, smallSample = false }: NeweyWestOptions,
): number[][] {
  const columns = scores[0]?.length ?? 0;
  const white = prewhitened ? whitened(scores) : null;
  const rows = white?.rows ?? scores;
  let meat = crossProduct(rows, rows);
  for (let l = 1; l <= Math.min(lag, rows.length - 1); l++) {
    const shifted = crossProduct(rows.slice(0, -l), rows.slice(l));
    meat = sumOf(meat, scaled(sumOf(shifted, transposed(shifted)), 1 - l / (lag + 1)));
  }
  if (smallSample) meat = scaled(meat, scores.length / (scores.length - columns));
  return white ? times(times(white.recolour, meat), transposed(white.recolour)) : meat;
}

/** Scores less what those before tell of them, and (I - A)^-1, which puts it back. */
function whitened(scores: Matrix): { rows: number[][]; recolour: number[][] } {
  const columns = scores[0]?.length ?? 0;
  const before = scores.slice(0, -1);
  const jacobian = Float64Array.from(before.flat());
  // Row j of A: what each score before tells of score j.
  const a = Array.from({ length: columns }, (_, j) => [
    ...leastSquares(
      { jacobian, columns },
      scores.slice(1).map((row) => row[j] ?? 0),
    ).solution,
  ]);
  const rows = scores
    .slice(1)
    .map((row, t) => row.map((value, j) => value - dot(a[j] ?? [], before[t] ?? [])));
  return { rows, recolour: inverse(a.map((row, i) => row.map((v, j) => (i === j ? 1 : 0) - v))) };
}

/** Of a small square matrix, column by column. */
function inverse(matrix: Matrix): number[][] {
  const jacobian = Float64Array.from(matrix.flat());
  const columns = matrix.length;
  return transposed(
    matrix.map((_, i) => [
      ...leastSquares(
        { jacobian, columns },
        matrix.map((_row, j) => (i === j ? 1 : 0)),
      ).solution,
    ]),
  );
}

/**
 * The bandwidth that suits the data: Newey and West 1994, Bartlett's kernel; the lag is its whole part. `constant`
 * is the column that is 1 throughout, which does not count; null for none.
 */
export function automaticBandwidth(
  model: LinearModel,
  { prewhitened = false, constant = 0 }: { prewhitened?: boolean; constant?: number | null } = {},
): number {
  const scores = scoresOf(model);
  const rows = prewhitened ? whitened(scores).rows : scores;
  const sums = rows.map((row) =>
    row.reduce((sum, value, j) => (j === constant && row.length > 1 ? sum : sum + value), 0),
  );
  const lags = Math.floor((prewhitened ? 3 : 4) * (scores.length / 100) ** (2 / 9));
  const covariance = (lag: number): number =>
    dot(sums.slice(0, sums.length - lag), sums.slice(lag)) / sums.length;
  let [s0, s1] = [covariance(0), 0];
  for (let lag = 1; lag <= lags; lag++) {
    s0 += 2 * covariance(lag);
    s1 += 2 * lag * covariance(lag);
  }
  return 1.1447 * ((s1 / s0) ** 2 * scores.length) ** (1 / 3);
}
