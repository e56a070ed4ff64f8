import { type SeriesName, seriesValue } from './series.ts';

/** A breakdown is judged with so many counts in its last collected days, or once on so few days together. */
const COUNTS_LEAST = 20;
const LAST_DAYS = 84;
const DAYS_TOGETHER = 3;

/**
 * Whether a series is judged, by its counts of each day, oldest first, null where not collected. The tenant's own series
 * always are; those per method, country or reason only where they are, or once were, more than now and then.
 */
export function isJudged(series: SeriesName, counts: readonly (number | null)[]): boolean {
  if (!seriesValue(series)) return true;
  const last = counts.filter((count) => count !== null).slice(-LAST_DAYS);
  if (sum(last) >= COUNTS_LEAST) return true;
  return counts.some((_, i) => sum(counts.slice(i, i + DAYS_TOGETHER)) >= COUNTS_LEAST);
}

function sum(counts: readonly (number | null)[]): number {
  return counts.reduce<number>((total, count) => total + (count ?? 0), 0);
}
