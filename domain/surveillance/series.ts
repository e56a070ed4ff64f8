/** Counts of the whole tenant: unusual ones may raise any level. */
export const TOTAL_SERIES = [
  'failed',
  'people',
  'addresses',
  'people_beyond_addresses',
  'addresses_beyond_people',
] as const;

/** Further counts with a name of their own: unusual ones alone are watched, never more. */
export const FURTHER_SERIES = ['admins', 'blocked', 'options_only', 'admin_resets'] as const;

/** Counts per value of something: a method as the log names it, a country, the code of a configuration stop. */
export const SERIES_KINDS = ['method', 'country', 'stop'] as const;
export type SeriesKind = (typeof SERIES_KINDS)[number];

export type NamedSeries = (typeof TOTAL_SERIES)[number] | (typeof FURTHER_SERIES)[number];

/**
 * A count that is watched by the hour and by the day:
 *
 * - `failed`: failed verifications; `people`, `addresses`: the distinct known people and non-empty addresses of them
 * - `people_beyond_addresses`, `addresses_beyond_people`: by how much one exceeds the other, else 0: usually nothing, so that
 *   a few people tried from one address stand out at night, where counts are too small to
 * - `method:M`, `country:C`: failed verifications by the method M, of people of the country C
 * - `admins`: failed verifications of accounts of admins
 * - `blocked`: flows that were blocked; `options_only`: flows that were shown the options and started none
 * - `stop:CODE`: flows that a configuration stop ended, by reason (domain/lost-reason.ts)
 * - `admin_resets`: counted admin resets
 *
 * Flows count where they began.
 */
export type SeriesName = NamedSeries | `${SeriesKind}:${string}`;

/** Whether a series alone may raise more than watch. */
export function isTotal(series: SeriesName): boolean {
  return TOTAL_SERIES.some((total) => total === series);
}

/** Whether a series counts failures, people or addresses as they are, which words and charts show first. */
export function isPlainTotal(series: SeriesName): boolean {
  return series === 'failed' || series === 'people' || series === 'addresses';
}

/** What a series counts per value of; null: it has a name of its own. */
export function seriesValue(series: SeriesName): { kind: SeriesKind; value: string } | null {
  const kind = SERIES_KINDS.find((one) => series.startsWith(`${one}:`));
  return kind ? { kind, value: series.slice(kind.length + 1) } : null;
}
