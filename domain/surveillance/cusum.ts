/** How a Poisson count of mean m is made about standard normal. */
export type CusumTransform = 'rossi' | 'standard' | 'anscombe' | 'none';

export interface CusumControl {
  /** Reference value: half the shift to be found, in standard deviations. */
  k: number;
  /** Decision bound. */
  h: number;
  transform: CusumTransform;
}

export interface CusumAnswer {
  /** What has added up. */
  cusum: number;
  /** From about this count on the sum would reach the bound. */
  upper: number;
  alarm: boolean;
}

/**
 * Cumulated sums of standardised counts (Page 1954; Rossi, Lampugnani and Marchi 1999), as R's `algo.cusum` computes
 * them. `means`: of each count.
 */
export function cusum(
  counts: readonly number[],
  means: readonly number[],
  { k, h, transform }: CusumControl,
): CusumAnswer[] {
  let sum = 0;
  return counts.map((count, i) => {
    const mean = means[i] as number;
    const room = h + k - sum;
    sum = Math.max(0, sum + standardised(count, mean, transform) - k);
    const upper = transform === 'none' ? h - sum : countAt(room, mean, transform);
    return { cusum: sum, upper: Math.max(0, upper || 0), alarm: sum >= h };
  });
}

function standardised(count: number, mean: number, transform: CusumTransform): number {
  switch (transform) {
    case 'rossi':
      return (count - 3 * mean + 2 * Math.sqrt(count * mean)) / (2 * Math.sqrt(mean));
    case 'standard':
      return (count - mean) / Math.sqrt(mean);
    case 'anscombe':
      return (1.5 * (count ** (2 / 3) - mean ** (2 / 3))) / mean ** (1 / 6);
    case 'none':
      return count;
  }
}

/** The count that is `value` standardised. */
function countAt(value: number, mean: number, transform: Exclude<CusumTransform, 'none'>): number {
  const root = Math.sqrt(mean);
  switch (transform) {
    case 'rossi':
      return 2 * root * value + 5 * mean - 2 * Math.sqrt(4 * mean * mean + 2 * mean * root * value);
    case 'standard':
      return Math.ceil(root * value + mean);
    case 'anscombe':
      return Math.max(0, (2 / 3) * mean ** (1 / 6) * value + mean ** (2 / 3)) ** 1.5;
  }
}
