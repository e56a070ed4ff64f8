/** How the last counts stand to what was expected of them. */
export interface LocalLevel {
  /** Counts over means. */
  ratio: number;
  /** Variance of the ratio over its square. */
  relativeVariance: number;
}

/** As many dispersions as the level's prior, a ratio of 1, weighs. */
export function localLevel(
  { sum, mean }: { sum: number; mean: number },
  { spread, weight }: { spread: number; weight: number },
): LocalLevel {
  const prior = weight * spread;
  const ratio = (sum + prior) / (mean + prior);
  return { ratio, relativeVariance: spread / (ratio * mean + prior) };
}
