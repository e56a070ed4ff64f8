import { bucketEnd, type Day, dayCount, parseDay } from '../day.ts';

/** A calendar month in the tenant's time zone, `YYYY-MM`. */
export type Month = string;

const NAMES = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
  ...['September', 'October', 'November', 'December'],
];

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

/** First and last day, both included, and how many there are. Throws a RangeError if `month` is none. */
export function daysOfMonth(month: Month): { first: Day; last: Day; days: number } {
  const first = parseDay(`${month}-01`);
  const last = bucketEnd(first, 'month');
  return { first, last, days: dayCount(first, last) };
}

/** `month` moved by `months`, which may be negative. */
export function addMonths(month: Month, months: number): Month {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  const year = Math.floor(count / 12);
  return `${String(year).padStart(4, '0')}-${String(count - year * 12 + 1).padStart(2, '0')}`;
}

/** `March 2026` */
export function monthName(month: Month): string {
  return `${NAMES[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

/** `5 March 2026` */
export function dayName(day: Day): string {
  return `${Number(day.slice(8, 10))} ${monthName(monthOf(day))}`;
}
