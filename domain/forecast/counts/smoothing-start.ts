/** A first guess at level, slope and season of values. */
export interface SmoothingStart {
  level: number;
  slope: number;
  seasonal: Float64Array;
}

/**
 * From a classical decomposition: the season is the mean distance (or ratio) of each slot from the moving average over
 * one season; level and slope are the line through the first seasons without it. NaN values are left out.
 */
export function smoothingStart(
  values: Float64Array,
  slots: Int32Array,
  season: number,
  kind: 'none' | 'added' | 'multiplied',
): SmoothingStart {
  const neutral = kind === 'multiplied' ? 1 : 0;
  const seasonal = new Float64Array(Math.max(1, season)).fill(neutral);
  if (kind !== 'none') seasonalOf({ values, slots, season, kind }, seasonal);
  const adjusted = values.map((value, i) => {
    const own = seasonal[slots[i] as number] as number;
    return kind === 'multiplied' ? value / own : value - own;
  });
  return { ...lineOf(adjusted.subarray(0, Math.max(10, 2 * season))), seasonal };
}

function seasonalOf(
  parts: { values: Float64Array; slots: Int32Array; season: number; kind: 'added' | 'multiplied' },
  seasonal: Float64Array,
): void {
  const { values, slots, season, kind } = parts;
  const sums = new Float64Array(season);
  const seen = new Float64Array(season);
  const half = season / 2;
  for (let i = Math.ceil(half); i + half < values.length; i++) {
    const usual = movingMean(values, i, half);
    const value = values[i] as number;
    const distance = kind === 'multiplied' ? value / usual : value - usual;
    if (!Number.isFinite(distance)) continue;
    const slot = slots[i] as number;
    sums[slot] = (sums[slot] as number) + distance;
    seen[slot] = (seen[slot] as number) + 1;
  }
  for (let slot = 0; slot < season; slot++)
    if ((seen[slot] as number) > 0)
      seasonal[slot] = (sums[slot] as number) / (seen[slot] as number);
  const mean = seasonal.reduce((sum, value) => sum + value, 0) / season;
  for (let slot = 0; slot < season; slot++) {
    const own = seasonal[slot] as number;
    seasonal[slot] = kind === 'multiplied' ? Math.max(1e-3, mean > 0 ? own / mean : 1) : own - mean;
  }
}

/** The mean of one season around `at`; the two ends count half where the season is even. */
function movingMean(values: Float64Array, at: number, half: number): number {
  let [sum, weights] = [0, 0];
  for (let j = Math.ceil(at - half); j <= at + half; j++) {
    const value = values[j] as number;
    if (Number.isNaN(value)) continue;
    const weight = Math.abs(j - at) === half ? 0.5 : 1;
    sum += weight * value;
    weights += weight;
  }
  return sum / weights;
}

function lineOf(values: Float64Array): { level: number; slope: number } {
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const [x, y] of values.entries()) {
    if (!Number.isFinite(y)) continue;
    n += 1;
    sx += x + 1;
    sy += y;
    sxx += (x + 1) ** 2;
    sxy += (x + 1) * y;
  }
  if (n === 0) return { level: 0, slope: 0 };
  const spread = sxx - (sx * sx) / n;
  const slope = n > 2 && spread > 0 ? (sxy - (sx * sy) / n) / spread : 0;
  return { level: (sy - slope * sx) / n, slope };
}
