import { adjustedP } from '../statistics/adjusted-p.ts';

/** What part of the series that are raised may be false. */
const FALSE_MOST = 0.05;

/**
 * Which of many series of the same day are unusual, though there are many and they depend on each other: Benjamini and
 * Yekutieli 2001. In the order given; a series without a score (null) is not a test.
 */
export function unusualSeries(
  scores: readonly (number | null)[],
  falseMost: number = FALSE_MOST,
): boolean[] {
  const known = scores.flatMap((p, i) => (p === null ? [] : [{ p, i }]));
  const adjusted = adjustedP(
    known.map(({ p }) => p),
    'benjamini-yekutieli',
  );
  const unusual = new Set(
    known.flatMap(({ i }, k) => ((adjusted[k] ?? 1) <= falseMost ? [i] : [])),
  );
  return scores.map((_, i) => unusual.has(i));
}
