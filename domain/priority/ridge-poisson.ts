import { dot, inverse, product } from './solve.ts';

/** People with the same features. */
export interface CountRow {
  /** Values of the features, the first one 1 for the level. */
  x: readonly number[];
  people: number;
  /** Their events together, and the sum of each person's squared. */
  calls: number;
  squares: number;
}

export interface RidgeInput {
  rows: readonly CountRow[];
  /** Coefficients to start from and to be drawn towards; that of the level only starts it. */
  prior: readonly number[];
  /** How far the data may pull a coefficient: standard deviation of the normal prior. */
  priorDeviation: number;
}

const STEPS_MAX = 50;
const CLOSE_ENOUGH = 1e-9;
/** exp(20) calls a month: no real rate gets there, a diverging step would. */
const ETA_MAX = 20;

/**
 * Log-linear Poisson regression with a ridge that draws towards `prior`: the posterior mode under independent normal
 * priors, by iteratively reweighted least squares (McCullagh and Nelder 1989, Generalized Linear Models, 2.5; ridge: le Cessie and
 * van Houwelingen 1992, Appl. Stat. 41). Counts that scatter more than Poisson ones weigh less by their dispersion
 * (quasi-likelihood, same book, 9.2). Throws a RangeError without a single call.
 */
export function ridgePoisson(input: RidgeInput): number[] {
  const calls = input.rows.reduce((sum, row) => sum + row.calls, 0);
  if (calls === 0) throw new RangeError('Nothing to fit: no calls');
  const first = solved(input, [...input.prior], 1);
  return solved(input, first, dispersionOf(input.rows, first));
}

/** The coefficients, where the variance of a count is `dispersion` times its mean. */
function solved(input: RidgeInput, start: number[], dispersion: number): number[] {
  let coefficients = start;
  for (let step = 0; ; step++) {
    const { information, score } = normalEquations(input, coefficients, dispersion);
    const next = product(inverse(information), score);
    const moved = Math.max(...next.map((value, i) => Math.abs(value - (coefficients[i] ?? 0))));
    coefficients = next;
    if (moved < CLOSE_ENOUGH || step === STEPS_MAX) return coefficients;
  }
}

/** Weighted least squares of the working response on the features, with the ridge on all but the level. */
function normalEquations(
  { rows, prior, priorDeviation }: RidgeInput,
  coefficients: readonly number[],
  dispersion: number,
) {
  const ridge = priorDeviation ** -2;
  const information = prior.map((_, i) => prior.map((_, j) => (i === j && i > 0 ? ridge : 0)));
  const score = prior.map((value, i) => (i > 0 ? value * ridge : 0));
  for (const { x, people, calls } of rows) {
    const eta = Math.min(ETA_MAX, dot(x, coefficients));
    const mean = people * Math.exp(eta);
    const weight = mean / dispersion;
    const response = weight * eta + (calls - mean) / dispersion;
    for (const [i, xi] of x.entries()) {
      if (xi === 0) continue;
      score[i] = (score[i] ?? 0) + response * xi;
      const line = information[i] ?? [];
      for (const [j, xj] of x.entries()) line[j] = (line[j] ?? 0) + weight * xi * xj;
    }
  }
  return { information, score };
}

/** Variance over mean, at least 1: Pearson's chi-square over its degrees of freedom, person by person. */
function dispersionOf(rows: readonly CountRow[], coefficients: readonly number[]): number {
  let chiSquare = 0;
  let people = 0;
  for (const row of rows) {
    const mean = Math.exp(dot(row.x, coefficients));
    chiSquare += (row.squares - 2 * mean * row.calls + row.people * mean * mean) / mean;
    people += row.people;
  }
  return Math.max(1, chiSquare / Math.max(1, people - coefficients.length));
}
