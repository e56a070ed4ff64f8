/**
 * The highest threshold at which at most `most` of the scores that should raise no alarm are below it: detectors are only
 * comparable at the same share of false alarms.
 */
export function thresholdAt(quiet: readonly number[], most: number): number {
  const sorted = Float64Array.from(quiet).sort();
  const allowed = Math.floor(most * sorted.length);
  return sorted[Math.min(allowed, sorted.length - 1)] ?? 0;
}
