import { solveIncreasing } from './solve-increasing.ts';
import type { Tails } from './special-functions.ts';
import { betaTerm, gammaTerm, incompleteBeta, incompleteGamma } from './special-functions.ts';

/*
 * The continuous distributions: both tails at a point, and the point below which a given probability lies. All throw
 * a RangeError for a probability outside 0 to 1 or a parameter that is not above 0.
 */

/** Gamma with scale 1. */
export function gammaTails(x: number, shape: number): Tails {
  positive(shape);
  return incompleteGamma(shape, x);
}

/** Solved in ln x, on the logarithm of the smaller tail. */
export function gammaQuantile(probability: number, shape: number): number {
  positive(shape);
  if (isEnd(probability)) return probability === 0 ? 0 : Number.POSITIVE_INFINITY;
  // Small shapes: lower is about x^shape / gamma(shape + 1), which is near 1 times x^shape.
  const start = shape < 1 ? Math.min(1, Math.log(probability) / shape) : Math.log(shape);
  const logX = solveIncreasing((u) => {
    const x = Math.exp(u);
    // d lower / du = x^shape e^-x / gamma(shape)
    return logDistance(incompleteGamma(shape, x), probability, shape * gammaTerm(shape, x));
  }, start);
  return Math.exp(logX);
}

export function chiSquareTails(x: number, degrees: number): Tails {
  return gammaTails(x / 2, degrees / 2);
}

export function chiSquareQuantile(probability: number, degrees: number): number {
  return 2 * gammaQuantile(probability, degrees / 2);
}

export function betaTails(x: number, a: number, b: number): Tails {
  positive(a, b);
  return incompleteBeta(a, b, x);
}

export function betaQuantile(probability: number, a: number, b: number): number {
  positive(a, b);
  if (isEnd(probability)) return probability;
  return 1 / (1 + Math.exp(-betaLogit(probability, a, b)));
}

/** ln(x / (1 - x)) of the quantile x: keeps its digits at both ends. */
function betaLogit(probability: number, a: number, b: number): number {
  return solveIncreasing(
    (u) => {
      const [x, y] = [1 / (1 + Math.exp(-u)), 1 / (1 + Math.exp(u))];
      // d lower / du = x^a y^b / B(a, b)
      return logDistance(incompleteBeta(a, b, x, y), probability, a * betaTerm(a, b, x, y));
    },
    Math.log(a / b),
  );
}

/** Fisher's F. */
export function fTails(f: number, degrees1: number, degrees2: number): Tails {
  positive(degrees1, degrees2);
  if (!(f > 0)) return { lower: 0, upper: 1 };
  const sum = degrees1 * f + degrees2;
  return incompleteBeta(degrees1 / 2, degrees2 / 2, (degrees1 * f) / sum, degrees2 / sum);
}

/** Student's t. */
export function studentTails(t: number, degrees: number): Tails {
  positive(degrees);
  const sum = degrees + t * t;
  const both = incompleteBeta(degrees / 2, 0.5, degrees / sum, (t * t) / sum).lower;
  const tail = both / 2;
  return t < 0 ? { lower: tail, upper: 1 - tail } : { lower: 1 - tail, upper: tail };
}

export function studentQuantile(probability: number, degrees: number): number {
  positive(degrees);
  if (isEnd(probability)) return probability === 0 ? -Infinity : Number.POSITIVE_INFINITY;
  if (probability > 0.5) return -studentQuantile(1 - probability, degrees);
  if (probability === 0.5) return 0;
  // degrees / (degrees + t^2) is Beta(degrees / 2, 1 / 2), and its lower tail both tails of t.
  return -Math.sqrt(degrees * Math.exp(-betaLogit(2 * probability, degrees / 2, 0.5)));
}

/** How far `tails` are from `probability` on the scale of the logarithm of the smaller tail, and its slope. */
function logDistance(
  { lower, upper }: Tails,
  probability: number,
  density: number,
): readonly [number, number] {
  if (probability <= 0.5)
    return lower > 0 ? [Math.log(lower / probability), density / lower] : [-Infinity, 1];
  return upper > 0 ? [Math.log((1 - probability) / upper), density / upper] : [Infinity, 1];
}

function isEnd(probability: number): boolean {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError('A probability is between 0 and 1.');
  return probability === 0 || probability === 1;
}

function positive(...parameters: number[]): void {
  if (!parameters.every((one) => one > 0))
    throw new RangeError('A parameter of a distribution is above 0.');
}
