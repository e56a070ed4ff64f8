import { type Day, dayCount, weekdayOf } from '../day.ts';

/** What happened on a day. */
export interface DailyCount {
  day: Day;
  /** Null where not collected. */
  count: number | null;
  /** Whether it is a holiday of the tenant. */
  holiday: boolean;
}

/** Days without a gap, oldest first, by their place from 0. */
export interface DailySeries {
  first: Day;
  length: number;
  /** NaN where not collected. */
  counts: Float64Array;
  holidays: Uint8Array;
  /** From 0, Monday, to 6, Sunday, of the first day. */
  firstWeekday: number;
}

/** The days in order, those missing among them as not collected. Null for none. Of a day given twice the last counts. */
export function dailySeries(days: readonly DailyCount[]): DailySeries | null {
  const [one] = days;
  if (!one) return null;
  let [first, last] = [one.day, one.day];
  for (const { day } of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const length = dayCount(first, last);
  const counts = new Float64Array(length).fill(Number.NaN);
  const holidays = new Uint8Array(length);
  for (const { day, count, holiday } of days) {
    const at = dayCount(first, day) - 1;
    counts[at] = count === null ? Number.NaN : Math.max(0, count);
    holidays[at] = holiday ? 1 : 0;
  }
  return { ...{ first, length, counts, holidays }, firstWeekday: weekdayOf(first) - 1 };
}

/** From 0, Monday, to 6, Sunday. */
export function weekdayAt({ firstWeekday }: DailySeries, at: number): number {
  return (firstWeekday + at) % 7;
}
