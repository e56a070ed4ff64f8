import { collected, type ReadWindow } from '../../domain/collected.ts';
import { type Day, dayCutter, weekdayOf } from '../../domain/day.ts';
import { verificationBuckets } from '../queries/verification-buckets.ts';
import { countKey } from './watched-series.ts';

export interface WatchedSpan {
  timeZone: string;
  /** Up to where the counts stand, UTC milliseconds. */
  asOf: number;
  windows: readonly ReadWindow[];
  holidays: ReadonlySet<Day>;
  first: Day;
  last: Day;
}

/** A day, or an hour, that has begun: the same for every series. */
export interface WatchedBucket {
  day: Day;
  /** As stored: UTC start of the hour, 0 for a day. */
  startAt: number;
  /** Of it in SeriesCounts. */
  key: string;
  /** False: what happened in it is not known. */
  collected: boolean;
  holiday: boolean;
  /** Of an hour, in the tenant's zone: 0 to 23, and from 0, Monday, to 6. */
  localHour: number;
  weekday: number;
}

/** All days or hours from `first` to `last` that have begun, oldest first, none left out. */
export function watchedBuckets(
  bucket: 'day' | 'hour',
  { timeZone, asOf, windows, holidays, first, last }: WatchedSpan,
): WatchedBucket[] {
  const cutter = dayCutter(timeZone);
  return verificationBuckets({ timeZone, first, last, bucket })
    .filter(({ span }) => span.start <= asOf)
    .map(({ day, startAt, span }) => ({
      ...{
        day,
        startAt,
        key: countKey(day, startAt),
        collected: collected(windows, span) !== null,
      },
      ...{ holiday: holidays.has(day), weekday: weekdayOf(day) - 1 },
      localHour: bucket === 'hour' ? cutter.localHourOf(startAt) : 0,
    }));
}
