import { leastSquares } from './least-squares.ts';
import type { Matrix } from './matrix.ts';
import { dot } from './matrix.ts';

/** Counts and what explains them, on the scale of logarithms. */
export interface CountObservations {
  /** Rows of explanatory values, one for each count. */
  design: Matrix;
  counts: readonly number[];
  /** Added to the logarithm of the mean: ln of the people or days at risk. None where not given. */
  offsets?: readonly number[];
}

/** A log-linear model of counts. */
export interface CountModel {
  coefficients: number[];
  /** Means. */
  fitted: number[];
  /** Observations less coefficients. */
  degrees: number;
  /** Inverse information: the coefficients' covariance where counts vary as the variance function says. */
  unscaled: number[][];
  deviance: number;
  /** Pearson's chi-square over `degrees`: how many times more counts vary than the variance function says. */
  dispersion: number;
  iterations: number;
  /** Weights and response of the last least squares, for covariances that do not trust the variance function. */
  weights: number[];
  working: number[];
}

/** How the variance of a count follows from its mean, and how far a count is from it. */
export interface CountFamily {
  variance(mean: number): number;
  /** Twice the loss of ln likelihood of one count against a mean of its own. */
  deviance(count: number, mean: number): number;
  /** Where to begin. */
  startOf(count: number): number;
}

export const POISSON: CountFamily = {
  variance: (mean) => mean,
  deviance: (count, mean) =>
    2 * (count > 0 ? count * Math.log(count / mean) - (count - mean) : mean),
  startOf: (count) => count + 0.1,
};

/** Negative binomial: variance = mean + mean^2 / theta. */
export function negativeBinomialFamily(theta: number): CountFamily {
  return {
    variance: (mean) => mean + (mean * mean) / theta,
    deviance: (count, mean) =>
      2 *
      (count * Math.log(Math.max(1, count) / mean) -
        (count + theta) * Math.log((count + theta) / (mean + theta))),
    startOf: (count) => count + (count === 0 ? 1 / 6 : 0),
  };
}

const ITERATIONS_MAX = 50;
/** R's: the relative change of the deviance at which it stops. */
const CONVERGED = 1e-8;
const MEAN_LEAST = 2 ** -52;

/**
 * A generalised linear model with a logarithmic link, by iteratively reweighted least squares (Nelder and Wedderburn
 * 1972), with the start, the stopping rule and the weights of R's `glm`. `POISSON` with `dispersion` is the quasi-Poisson
 * model. `start`: means to begin from. Throws a RangeError for counts that it cannot be fitted to.
 */
export function countModel(
  observations: CountObservations,
  family: CountFamily = POISSON,
  start?: readonly number[],
): CountModel {
  const { design, counts } = observations;
  const degrees = counts.length - (design[0]?.length ?? 0);
  if (degrees < 1) throw new RangeError('A model of counts needs more rows than columns.');
  let fitted = start ? [...start] : counts.map((count) => family.startOf(count));
  let deviance = devianceOf(counts, fitted, family);
  for (let iterations = 1; iterations <= ITERATIONS_MAX; iterations++) {
    const step = reweighted(observations, fitted, family);
    const before = deviance;
    fitted = step.fitted;
    deviance = devianceOf(counts, fitted, family);
    if (!Number.isFinite(deviance)) break;
    if (Math.abs(deviance - before) >= CONVERGED * (Math.abs(deviance) + 0.1)) continue;
    const { coefficients, inverse, weights } = step;
    const pearson = counts.reduce((sum, count, i) => {
      const mean = fitted[i] as number;
      return sum + (count - mean) ** 2 / family.variance(mean);
    }, 0);
    return {
      ...{ coefficients, fitted, degrees, deviance, iterations, weights },
      unscaled: inverse(),
      dispersion: pearson / degrees,
      working: counts.map((count, i) => count / (fitted[i] as number) - 1),
    };
  }
  throw new RangeError('The model of counts does not settle.');
}

/** One weighted least squares of the working response. */
function reweighted(
  { design, counts, offsets }: CountObservations,
  means: readonly number[],
  family: CountFamily,
) {
  const columns = design[0]?.length ?? 0;
  const weights = means.map((mean) => (mean * mean) / family.variance(mean));
  const jacobian = Float64Array.from(
    design.flatMap((row, i) => row.map((value) => Math.sqrt(weights[i] as number) * value)),
  );
  const response = means.map((mean, i) => {
    const eta = Math.log(mean) - (offsets?.[i] ?? 0);
    return Math.sqrt(weights[i] as number) * (eta + ((counts[i] as number) - mean) / mean);
  });
  const { solution, rank, inverse } = leastSquares({ jacobian, columns }, response);
  if (rank < columns) throw new RangeError('A column of the model repeats others.');
  const coefficients = [...solution];
  const fitted = meansOf({ design, ...(offsets && { offsets }) }, coefficients);
  return { coefficients, fitted, inverse, weights };
}

/** What a model says for other rows. */
export function meansOf(
  { design, offsets }: Pick<CountObservations, 'design' | 'offsets'>,
  coefficients: readonly number[],
): number[] {
  return design.map((row, i) =>
    Math.max(MEAN_LEAST, Math.exp(dot(row, coefficients) + (offsets?.[i] ?? 0))),
  );
}

function devianceOf(
  counts: readonly number[],
  means: readonly number[],
  family: CountFamily,
): number {
  return counts.reduce((sum, count, i) => sum + family.deviance(count, means[i] as number), 0);
}
