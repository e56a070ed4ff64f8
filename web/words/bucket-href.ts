import { addDays, type Day } from '../../domain/day.ts';

/** The Resets page for the days of one bucket: what is behind a bar. `last` ends the last bucket. */
export function bucketHref(
  buckets: readonly { start: string }[],
  index: number,
  last: string,
): string {
  const start = buckets[index]?.start ?? last;
  const next = buckets[index + 1]?.start;
  const end = next ? addDays(next as Day, -1) : last;
  const query = new URLSearchParams({ period: 'own', first: start, last: end });
  return `/resets?${query}`;
}
