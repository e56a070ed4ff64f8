/** Coverage (0 to 1) that so many of the runs stay below, day by day from the first day to tell. */
export type CoverageQuantiles = readonly { share: number; values: readonly number[] }[];

/**
 * Coverage on day `index` (from 0) of a run that is at `level` (0 to 1) among all runs throughout: between two quantiles on the
 * straight line, beyond the outer ones at them. Null: no quantile tells of that day.
 */
export function coverageAt(
  quantiles: CoverageQuantiles,
  index: number,
  level: number,
): number | null {
  let below: { share: number; value: number } | null = null;
  for (const { share, values } of quantiles) {
    const value = values[index];
    if (value === undefined) continue;
    if (level <= share) {
      if (!below) return value;
      const part = (level - below.share) / (share - below.share);
      return below.value + part * (value - below.value);
    }
    below = { share, value };
  }
  return below?.value ?? null;
}
