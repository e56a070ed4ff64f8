/** A Beta distribution, by its two parameters, both above 0. */
export interface Beta {
  a: number;
  b: number;
}

/**
 * The beta-binomial distribution: how many of `trials` succeed where the chance itself is Beta (Skellam 1948).
 * Takes time and room in proportion to `trials`.
 */
export function betaBinomial(trials: number, { a, b }: Beta): BetaBinomial {
  const cumulated = new Float64Array(trials + 1);
  // From the likeliest count outwards, so that nothing that counts is lost below the least number there is.
  const likely = modeOf(trials, { a, b });
  cumulated[likely] = 1;
  for (let k = likely; k < trials; k++)
    cumulated[k + 1] = (cumulated[k] as number) * upwards(k, trials, { a, b });
  for (let k = likely; k > 0; k--)
    cumulated[k - 1] = (cumulated[k] as number) / upwards(k - 1, trials, { a, b });
  let sum = 0;
  for (let k = 0; k <= trials; k++) {
    sum += cumulated[k] as number;
    cumulated[k] = sum;
  }
  return {
    lower: (count) => (count < 0 ? 0 : (cumulated[Math.min(count, trials)] as number) / sum),
    quantile: (probability) => firstAtLeast(cumulated, probability * sum),
  };
}

export interface BetaBinomial {
  /** P(Y <= count), for a whole count. */
  lower(count: number): number;
  /** The least count whose lower tail reaches `probability`. */
  quantile(probability: number): number;
}

/** P(Y = k + 1) / P(Y = k). */
function upwards(k: number, trials: number, { a, b }: Beta): number {
  return ((trials - k) / (k + 1)) * ((k + a) / (trials - k - 1 + b));
}

function modeOf(trials: number, { a, b }: Beta): number {
  const share = a > 1 && b > 1 ? (a - 1) / (a + b - 2) : a >= b ? 1 : 0;
  return Math.min(trials, Math.max(0, Math.round(trials * share)));
}

function firstAtLeast(cumulated: Float64Array, wanted: number): number {
  let [low, high] = [-1, cumulated.length - 1];
  while (high - low > 1) {
    const between = (low + high) >> 1;
    if ((cumulated[between] as number) >= wanted * (1 - 1e-14)) high = between;
    else low = between;
  }
  return high;
}
