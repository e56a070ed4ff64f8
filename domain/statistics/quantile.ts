/**
 * The value below which `probability` of the values lie, between two of them in proportion: Hyndman and Fan's
 * seventh kind (1996), R's default. Null for no values.
 */
export function quantile(values: ArrayLike<number>, probability: number): number | null {
  return quantileOfSorted(Float64Array.from(values).sort(), probability);
}

/** The same of values that are in ascending order already. */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number | null {
  const at = (sorted.length - 1) * probability;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) return null;
  return below + (at - Math.floor(at)) * (above - below);
}

/** The distance between the quarters. Null for no values. */
export function interquartileRange(values: ArrayLike<number>): number | null {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)];
  return low === null || high === null ? null : high - low;
}

/** Median absolute deviation times 1.4826: of normal values, their standard deviation (Hampel 1974). Null for no values. */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number | null {
  const middle = quantile(values, 0.5);
  if (middle === null) return null;
  const distance = quantile(
    Float64Array.from(values, (value) => Math.abs(value - middle)),
    0.5,
  );
  return distance === null ? null : 1.4826 * distance;
}
