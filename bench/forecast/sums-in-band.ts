import type { Share } from '../../domain/share.ts';
import { quantileOfSorted } from '../../domain/statistics/quantile.ts';

/**
 * Of the sums over each `days` days in a row that came, how many lie in the band that `share` of the futures' sums do
 * (0.8: between 10 and 90 %).
 */
export function sumsInBand(
  paths: readonly Float64Array[],
  came: readonly number[],
  { days, share }: { days: number; share: number },
): Share {
  let [part, whole] = [0, 0];
  for (let from = 0; from + days <= came.length; from += days) {
    const sum = came.slice(from, from + days).reduce((total, count) => total + count, 0);
    const sums = Float64Array.from(paths, (path) =>
      path.subarray(from, from + days).reduce((total, count) => total + count, 0),
    ).sort();
    const low = quantileOfSorted(sums, (1 - share) / 2) ?? Number.POSITIVE_INFINITY;
    const high = quantileOfSorted(sums, (1 + share) / 2) ?? Number.NEGATIVE_INFINITY;
    whole += 1;
    if (sum >= low && sum <= high) part += 1;
  }
  return { part, whole };
}
