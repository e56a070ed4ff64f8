import { eigenvalues } from './eigenvalues.ts';
import type { LinearModel } from './linear-model.ts';
import { crossProduct, dot, times, transposed } from './matrix.ts';
import { normalTails } from './normal.ts';
import type { TestResult } from './residual-tests.ts';

/** From so many observations on, the statistic is near enough to normal. */
const EXACT_BELOW = 100;

/**
 * Durbin and Watson's test (1950) whether residuals resemble the one before: near 2 they do not, towards 0 they do. `p` is the
 * chance of a statistic as small: exact (Imhof 1961) below 100 observations, then from its mean and variance, as
 * `dwtest` of R's `lmtest` has it.
 */
export function durbinWatson(model: LinearModel): TestResult {
  const { residuals } = model;
  const steps = residuals.slice(1).map((residual, i) => residual - (residuals[i] ?? 0));
  const statistic = dot(steps, steps) / dot(residuals, residuals);
  const p =
    residuals.length < EXACT_BELOW ? exactChance(model, statistic) : normalChance(model, statistic);
  return { statistic, p };
}

/** Rows of D x, where x' D x is the sum of squared steps of x. */
function secondDifferences(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row, t) =>
    row.map((value, j) => {
      const [before, after] = [rows[t - 1]?.[j], rows[t + 1]?.[j]];
      return (
        (before === undefined ? 0 : value - before) + (after === undefined ? 0 : value - after)
      );
    }),
  );
}

/** The chance that a weighted sum of squares of standard normals, M D M's eigenvalues less the statistic, is negative. */
function exactChance({ design, unscaled }: LinearModel, statistic: number): number {
  const hat = times(times(design, unscaled), transposed(design));
  const maker = hat.map((row, i) => row.map((value, j) => (i === j ? 1 : 0) - value));
  const weights = eigenvalues(times(maker, secondDifferences(maker)))
    .filter((value) => value > 1e-10)
    .map((value) => value - statistic);
  return 1 - imhof(weights);
}

/** P(sum of weights times squared standard normals > 0): Imhof 1961, by Simpson's rule in u = s / (1 - s). */
function imhof(weights: readonly number[]): number {
  const integrand = (s: number): number => {
    if (s === 0) return 0.5 * weights.reduce((sum, weight) => sum + weight, 0);
    if (s === 1) return 0;
    const u = s / (1 - s);
    let [angle, logRho] = [0, 0];
    for (const weight of weights) {
      angle += 0.5 * Math.atan(weight * u);
      logRho += 0.25 * Math.log1p((weight * u) ** 2);
    }
    return (Math.sin(angle) * Math.exp(-logRho)) / (s * (1 - s));
  };
  let sum = integrand(0) + integrand(1);
  for (let i = 1; i < SIMPSON_STEPS; i++)
    sum += (i % 2 === 1 ? 4 : 2) * integrand(i / SIMPSON_STEPS);
  return 0.5 + sum / (3 * SIMPSON_STEPS * Math.PI);
}

const SIMPSON_STEPS = 4000;

function normalChance({ design, unscaled, degrees }: LinearModel, statistic: number): number {
  const n = design.length;
  const steps = secondDifferences(design);
  const product = times(crossProduct(design, steps), unscaled);
  const trace = (matrix: readonly (readonly number[])[]): number =>
    matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
  const p = 2 * (n - 1) - trace(product);
  const q =
    2 * (3 * n - 4) -
    2 * trace(times(crossProduct(steps, steps), unscaled)) +
    trace(times(product, product));
  const mean = p / degrees;
  const variance = (2 / (degrees * (degrees + 2))) * (q - p * mean);
  return normalTails((statistic - mean) / Math.sqrt(variance)).lower;
}
