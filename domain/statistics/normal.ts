import { incompleteGamma, type Tails } from './special-functions.ts';

/** Both tails of a standard normal. */
export function normalTails(z: number): Tails {
  const tail = incompleteGamma(0.5, (z * z) / 2).upper / 2;
  return z < 0 ? { lower: tail, upper: 1 - tail } : { lower: 1 - tail, upper: tail };
}

/**
 * The value below which a standard normal stays with `probability` (0 to 1, both excluded): Acklam 2003, good
 * to nine digits, and one of Halley's steps, which trebles them.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError('A probability is between 0 and 1.');
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const z = acklam(probability);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (density === 0) return z;
  const step = (normalTails(z).lower - probability) / density;
  return z - step / (1 + (z * step) / 2);
}

/** At most 0.5. */
function acklam(probability: number): number {
  if (probability < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(probability));
    return polynomial(TAIL_ABOVE, q) / (q * polynomial(TAIL_BELOW, q) + 1);
  }
  const q = probability - 0.5;
  const r = q * q;
  return (polynomial(MIDDLE_ABOVE, r) * q) / (r * polynomial(MIDDLE_BELOW, r) + 1);
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

const MIDDLE_ABOVE = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
  -3.066479806614716e1, 2.506628277459239,
];
const MIDDLE_BELOW = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
  -1.328068155288572e1,
];
const TAIL_ABOVE = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const TAIL_BELOW = [
  7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416,
];
