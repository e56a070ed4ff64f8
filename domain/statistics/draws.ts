/** Numbers of the usual distributions, drawn from one stream of uniform numbers. */
export interface Draws {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal: Box and Muller 1958. */
  normal(): number;
  /** Gamma with the given shape (> 0) and scale 1: Marsaglia and Tsang 2000. */
  gamma(shape: number): number;
  /** Beta(a, b), a and b > 0. */
  beta(a: number, b: number): number;
  /** Poisson; beyond a mean of 30 the rounded normal with the same mean and variance. */
  poisson(mean: number): number;
  /** Negative binomial by its mean and `dispersion`, the variance over the mean; Poisson where that is 1 or less. */
  negativeBinomial(mean: number, dispersion: number): number;
  /**
   * Binomial, by halving at a drawn order statistic (Ahrens and Dieter 1974); beyond a variance of 400 the rounded
   * normal with the same mean and variance.
   */
  binomial(trials: number, chance: number): number;
}

const POISSON_EXACT_MAX = 30;
const BINOMIAL_EXACT_MAX = 400;
const TRIALS_ONE_BY_ONE = 12;

/** Draws from `uniform`, which must answer numbers in [0, 1). */
export function drawsOf(uniform: () => number): Draws {
  let spare: number | null = null;
  const normal = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
    }
  };
  const poisson = (mean: number): number => {
    if (!(mean > 0)) return 0;
    if (mean > POISSON_EXACT_MAX) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const least = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > least; product *= uniform()) count += 1;
    return count;
  };
  const beta = (a: number, b: number): number => {
    const first = gamma(a);
    const sum = first + gamma(b);
    return sum > 0 ? first / sum : a / (a + b);
  };
  const negativeBinomial = (mean: number, dispersion: number): number => {
    if (!(mean > 0) || !(dispersion > 1)) return poisson(mean);
    return poisson(gamma(mean / (dispersion - 1)) * (dispersion - 1));
  };
  const binomial = (trials: number, chance: number): number => {
    if (!(chance > 0)) return 0;
    if (chance >= 1) return trials;
    const variance = trials * chance * (1 - chance);
    if (variance > BINOMIAL_EXACT_MAX) {
      const count = Math.round(trials * chance + Math.sqrt(variance) * normal());
      return Math.min(trials, Math.max(0, count));
    }
    let [left, p, count] = [trials, chance, 0];
    while (left > TRIALS_ONE_BY_ONE) {
      const rank = 1 + Math.floor(left / 2);
      const x = beta(rank, left + 1 - rank);
      if (x >= p) {
        left = rank - 1;
        p /= x;
      } else {
        count += rank;
        left -= rank;
        p = (p - x) / (1 - x);
      }
    }
    for (; left > 0; left--) if (uniform() < p) count += 1;
    return count;
  };
  return { uniform, normal, gamma, beta, poisson, negativeBinomial, binomial };
}
