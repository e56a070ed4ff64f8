import { HOUR_MS } from '../day.ts';

/** What happened in an hour. */
export interface HourlyCount {
  /** Start of the hour, UTC milliseconds. */
  at: number;
  /** Null where not collected. */
  count: number | null;
  /** Hour of the tenant's day, 0 to 23. */
  localHour: number;
  /** From 0, Monday, to 6, Sunday, in the tenant's zone. */
  weekday: number;
  /** Whether it is in a holiday of the tenant. */
  holiday: boolean;
}

/** Hours without a gap, oldest first, by their place from 0. */
export interface HourlySeries {
  /** Start of the first hour, UTC milliseconds. */
  first: number;
  length: number;
  /** NaN where not collected. */
  counts: Float64Array;
  localHours: Uint8Array;
  weekdays: Uint8Array;
  holidays: Uint8Array;
  /** Whether the day before was a holiday, and this one is not. */
  daysAfter: Uint8Array;
}

/** The hours in order, those missing among them as not collected. Null for none. Of an hour given twice the last counts. */
export function hourlySeries(hours: readonly HourlyCount[]): HourlySeries | null {
  const [one] = hours;
  if (!one) return null;
  let [first, last] = [one.at, one.at];
  for (const { at } of hours) {
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  const length = Math.round((last - first) / HOUR_MS) + 1;
  const series: HourlySeries = {
    ...{ first, length, counts: new Float64Array(length).fill(Number.NaN) },
    ...{ localHours: new Uint8Array(length), weekdays: new Uint8Array(length) },
    ...{ holidays: new Uint8Array(length), daysAfter: new Uint8Array(length) },
  };
  for (const { at, count, localHour, weekday, holiday } of hours) {
    const place = Math.round((at - first) / HOUR_MS);
    series.counts[place] = count === null ? Number.NaN : Math.max(0, count);
    series.localHours[place] = localHour;
    series.weekdays[place] = weekday;
    series.holidays[place] = holiday ? 1 : 0;
  }
  for (let place = 24; place < length; place++)
    series.daysAfter[place] = series.holidays[place - 24] && !series.holidays[place] ? 1 : 0;
  return series;
}

const SUNDAY = 6;

/** The weekday whose profile an hour follows: a holiday is a Sunday. */
export function profileDay({ weekdays, holidays }: HourlySeries, at: number): number {
  return holidays[at] ? SUNDAY : (weekdays[at] as number);
}

/** Hours of a week, 0 to 167, a holiday's being a Sunday's. */
export function hourOfWeek(series: HourlySeries, at: number): number {
  return 24 * profileDay(series, at) + (series.localHours[at] as number);
}
