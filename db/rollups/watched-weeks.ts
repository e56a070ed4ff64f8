import { addDays, type Day } from '../../domain/day.ts';
import type { WatchedBucket } from './watched-buckets.ts';
import { madeWithOf } from './watched-level-rows.ts';
import type { SeriesCounts } from './watched-series.ts';

/** Days before a week that its hours are judged by: ten weeks, and the days that a baseline and the slow test look back. */
export const REACH_DAYS = 76;

/** A week to judge, the same for every series. */
export interface WatchedWeek {
  first: Day;
  last: Day;
  /** Its hours, and before them those it is judged by. */
  own: WatchedBucket[];
  reach: WatchedBucket[];
  /** What the reach and the hours up to a place of its own are, whatever was counted in them. */
  textUpTo: (at: number) => string;
}

/** The weeks from `firstWeek`, a Monday, on. `hours`: from `REACH_DAYS` before it, as far as there are any. */
export function watchedWeeks(
  hours: readonly WatchedBucket[],
  { firstWeek, timeZone }: { firstWeek: Day; timeZone: string },
): WatchedWeek[] {
  const weeks: WatchedWeek[] = [];
  const end = hours.at(-1)?.day ?? firstWeek;
  for (let first = firstWeek; first <= end; first = addDays(first, 7)) {
    const last = addDays(first, 6);
    const since = addDays(first, -REACH_DAYS);
    const own = hours.filter(({ day }) => day >= first && day <= last);
    const reach = hours.filter(({ day }) => day >= since && day < first);
    const before = madeWithOf(timeZone, ...reach.map(textOf));
    const known = new Map<number, string>();
    const textUpTo = (at: number): string => {
      const text = known.get(at) ?? madeWithOf(before, ...own.slice(0, at + 1).map(textOf));
      known.set(at, text);
      return text;
    };
    if (own.length > 0) weeks.push({ first, last, own, reach, textUpTo });
  }
  return weeks;
}

function textOf({ startAt, collected, holiday }: WatchedBucket): string {
  return `${startAt} ${collected} ${holiday}`;
}

/** What a series' hours of a week are made with, by their place: all hours of its reach, and those up to the hour itself. */
export function hoursMadeWith(counts: SeriesCounts): (week: WatchedWeek) => (at: number) => string {
  const days = new Map<Day, string[]>();
  for (const [key, count] of counts) {
    const [day = '', startAt] = key.split(' ');
    const own = days.get(day as Day);
    const text = `${startAt}:${count}`;
    if (own) own.push(text);
    else days.set(day as Day, [text]);
  }
  const texts = new Map([...days].map(([day, own]) => [day, own.sort().join()]));
  return ({ reach, own, textUpTo }) => {
    const past = [...new Set(reach.map(({ day }) => day))];
    const before = madeWithOf(...past.map((day) => `${day} ${texts.get(day) ?? ''}`));
    const each = own.map(({ key }) => counts.get(key) ?? 0);
    return (at) => madeWithOf(before, textUpTo(at), each.slice(0, at + 1).join());
  };
}
