import type { CountModel, CountObservations } from './count-model.ts';
import { countModel, negativeBinomialFamily, POISSON } from './count-model.ts';
import { digamma, logGamma, trigamma } from './special-functions.ts';

/** A log-linear model whose counts vary as the negative binomial: variance = mean + mean^2 / theta. */
export interface NegativeBinomialModel extends CountModel {
  /** Null: the counts vary no more than Poisson ones, and the model is that. */
  theta: number | null;
  thetaStandardError: number | null;
  logLikelihood: number;
}

/** Counts that vary less over Poisson ones have no theta that could be told from infinity. */
const DISPERSION_LEAST = 1.05;
const ITERATIONS_MAX = 50;
const CONVERGED = 1e-8;

/**
 * Fits mean and theta in turn until neither moves, as `glm.nb` of R's `MASS` does (Venables and Ripley 2002, 7.4).
 * With a Pearson dispersion of the Poisson model below 1.05 the answer is the Poisson model. Throws a RangeError where
 * `countModel` does.
 */
export function negativeBinomialModel(observations: CountObservations): NegativeBinomialModel {
  const { counts } = observations;
  const poisson = countModel(observations, POISSON);
  if (poisson.dispersion < DISPERSION_LEAST) return asPoisson(poisson, counts);
  let model = poisson;
  let theta = likeliestTheta(counts, model.fitted);
  if (!isTold(theta.value)) return asPoisson(poisson, counts);
  let logLikelihood = logLikelihoodOf(counts, model.fitted, theta.value);
  const scale = Math.sqrt(2 * Math.max(1, model.degrees));
  for (let i = 0; i < ITERATIONS_MAX; i++) {
    const before = { theta: theta.value, logLikelihood };
    const { fitted } = model;
    model = countModel(observations, negativeBinomialFamily(theta.value), fitted);
    theta = likeliestTheta(counts, fitted);
    if (!isTold(theta.value)) break;
    logLikelihood = logLikelihoodOf(counts, model.fitted, theta.value);
    const moved =
      Math.abs(before.logLikelihood - logLikelihood) / scale + Math.abs(before.theta - theta.value);
    if (moved <= CONVERGED)
      return {
        ...model,
        ...{ theta: theta.value, thetaStandardError: theta.standardError, logLikelihood },
      };
  }
  return asPoisson(poisson, counts);
}

/** Beyond it the negative binomial is the Poisson distribution to all that counts can tell. */
const THETA_MAX = 1e8;
/** Newton's steps may also run below 0, where there is no such distribution. */
const isTold = (theta: number): boolean => theta > 0 && theta < THETA_MAX;

function asPoisson(poisson: CountModel, counts: readonly number[]): NegativeBinomialModel {
  const logLikelihood = counts.reduce((sum, count, i) => {
    const mean = poisson.fitted[i] as number;
    return sum + count * Math.log(mean) - mean - logGamma(count + 1);
  }, 0);
  return { ...poisson, theta: null, thetaStandardError: null, logLikelihood };
}

/** By Newton's steps from the moments' theta; the standard error belongs to the last step's start, as in R. */
function likeliestTheta(
  counts: readonly number[],
  means: readonly number[],
): { value: number; standardError: number } {
  const ratios = counts.reduce((sum, y, i) => sum + (y / (means[i] as number) - 1) ** 2, 0);
  let theta = counts.length / ratios;
  let information = Number.NaN;
  for (let step = 1, moved = 1; step < ITERATIONS_MAX && Math.abs(moved) > 2 ** -13; step++) {
    theta = Math.abs(theta);
    const slope = scoreAndInformation(counts, means, theta);
    information = slope.information;
    moved = slope.score / information;
    theta += moved;
  }
  return { value: theta, standardError: Math.sqrt(1 / information) };
}

function scoreAndInformation(
  counts: readonly number[],
  means: readonly number[],
  theta: number,
): { score: number; information: number } {
  const [psi, psi1] = [digamma(theta), trigamma(theta)];
  let [score, information] = [0, 0];
  for (const [i, y] of counts.entries()) {
    const mean = means[i] as number;
    score +=
      digamma(theta + y) -
      psi +
      Math.log(theta) +
      1 -
      Math.log(theta + mean) -
      (y + theta) / (mean + theta);
    information +=
      psi1 -
      trigamma(theta + y) -
      1 / theta +
      2 / (mean + theta) -
      (y + theta) / (mean + theta) ** 2;
  }
  return { score, information };
}

function logLikelihoodOf(
  counts: readonly number[],
  means: readonly number[],
  theta: number,
): number {
  return counts.reduce((sum, y, i) => {
    const mean = means[i] as number;
    return (
      sum +
      logGamma(theta + y) -
      logGamma(theta) -
      logGamma(y + 1) +
      theta * Math.log(theta) +
      y * Math.log(mean) -
      (theta + y) * Math.log(theta + mean)
    );
  }, 0);
}
