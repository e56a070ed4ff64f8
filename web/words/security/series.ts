import { DAY_MS, type Day, HOUR_MS } from '../../../domain/day.ts';
import { isoText } from '../../../domain/instant.ts';
import { counted } from '../../format.ts';
import { hrefWithPeriod } from '../../state/period.svelte.ts';
import { adminResetsHref, incidentsHref } from '../reset-lists.ts';
import { breakOf, type Points } from '../resets.ts';

/** What the chart can show: its button, and one and many of it. */
export const WATCHED_SERIES = [
  {
    name: 'failed',
    label: 'Failed',
    one: 'failed verification',
    many: 'failed verifications',
    measure: 'Failed verifications',
  },
  {
    name: 'people',
    label: 'People',
    one: 'person with a failed verification',
    many: 'people with failed verifications',
    measure: 'Different people with failed verifications',
  },
  {
    name: 'addresses',
    label: 'Addresses',
    one: 'address with a failed verification',
    many: 'addresses with failed verifications',
    measure: 'Different addresses with failed verifications',
  },
  {
    name: 'blocked',
    label: 'Blocked',
    one: 'blocked try',
    many: 'blocked tries',
    measure: 'Tries that Microsoft blocked',
  },
  {
    name: 'options_only',
    label: 'Options only',
    one: 'try that stopped at the options',
    many: 'tries that stopped at the options',
    measure: 'Tries that were shown the ways to verify and started none: what a look around leaves',
  },
  {
    name: 'admin_resets',
    label: 'Admin resets',
    one: 'reset by an admin',
    many: 'resets by an admin',
    measure: 'Resets by an admin that count',
  },
] as const;

export type WatchedSeries = (typeof WATCHED_SERIES)[number];

/** The one that the address names; failed verifications where it names none. */
export const watchedSeries = (name: string | null): WatchedSeries =>
  WATCHED_SERIES.find((one) => one.name === name) ?? WATCHED_SERIES[0];

/** Whether buckets of it may be added up: a person of two days is one person. */
export const isSummable = ({ name }: WatchedSeries) => name !== 'people' && name !== 'addresses';

/** What is shown as the count of each point. */
export const asShown = (points: Points): Points =>
  points.map((point) => ({ ...point, failed: point.observed }));

/** What broke the band of the period, else what the most was, in a sentence for a title. */
export function watchedFinding(
  points: Points,
  { one, many }: WatchedSeries,
  name: (start: string) => string,
): string {
  const known = points.filter(({ failed }) => failed !== null);
  if (known.length === 0) return 'No day of this period was collected';
  const broke = points[breakOf(points) ?? -1];
  const told = broke ?? furthestOf(known);
  if (told) {
    const expected = Math.round(told.expected ?? 0);
    const usual = expected > 0 ? `where ${expected} would be usual` : 'where hardly any are usual';
    const how = broke ? 'broke the band' : 'stands out, to be watched';
    return `${name(told.start)} ${how}: ${counted(told.failed ?? 0, one, many)} ${usual}`;
  }
  const most = Math.max(...known.map(({ failed }) => failed ?? 0));
  if (most === 0) return `No ${one} in this time`;
  const quiet = known.some(({ expected }) => expected !== null)
    ? 'Nothing broke the band'
    : 'Not enough history for a band';
  return `${quiet}: at most ${counted(most, one, many)} at a time`;
}

/** Of the watched points the one furthest above the expected; null: none is watched. */
function furthestOf(points: Points): Points[number] | null {
  const excess = ({ failed, expected }: Points[number]) => (failed ?? 0) - (expected ?? 0);
  const watched = points.filter(({ level }) => level !== null);
  return watched.toSorted((a, b) => excess(b) - excess(a))[0] ?? null;
}

/** What is behind a bar, filtered to it; null: no list shows it. `start` is a day, or an hour's instant. */
export function behindBar({ name }: WatchedSeries, start: string, day: Day): string | null {
  const period = { period: 'own', first: day, last: day };
  const isHour = start !== day;
  if (name === 'blocked' && !isHour) return incidentsHref({ flowOutcome: 'blocked', ...period });
  if (name === 'admin_resets' && !isHour) return adminResetsHref(period);
  if (name !== 'failed' && name !== 'people' && name !== 'addresses') return null;
  return failuresHref(isHour ? hourFilter(start) : period);
}

/** The list of failed verifications, for the period on screen if it names none. */
export const failuresHref = (filters: Readonly<Record<string, string>> = {}) =>
  hrefWithPeriod('/security/failures', filters);

/** One hour, in days that hold it in every zone. */
function hourFilter(since: string): Record<string, string> {
  const start = Date.parse(since);
  const dayOfUtc = (at: number) => isoText(at).slice(0, 10);
  return {
    ...{ period: 'own', first: dayOfUtc(start - DAY_MS), last: dayOfUtc(start + DAY_MS) },
    ...{ since, until: isoText(start + HOUR_MS) },
  };
}
