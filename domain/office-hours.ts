import { type Day, weekdayOf } from './day.ts';

/** When somebody is at the desk, in the tenant's zone. */
export interface OfficeHours {
  /** From 1, Monday, to 7, Sunday; in order, each once. */
  weekdays: number[];
  /** First hour that is office time, 0 to 23. */
  from: number;
  /** First hour that is no longer office time, 1 to 24; after `from`. */
  until: number;
}

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** Reads an entry of the setting: an English name, also shortened to three letters, in any case, or 1 to 7. Null: none of them. */
export function readWeekday(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (/^[1-7]$/.test(plain)) return Number(plain);
  const found = WEEKDAYS.findIndex((name) => {
    const whole = name.toLowerCase();
    return plain === whole || plain === whole.slice(0, 3);
  });
  return found === -1 ? null : found + 1;
}

/** Whether a day has office hours at all: a holiday has none. */
export function isOfficeDay(
  day: Day,
  { weekdays }: OfficeHours,
  holidays: ReadonlySet<Day>,
): boolean {
  return weekdays.includes(weekdayOf(day)) && !holidays.has(day);
}

/** Whether an hour (0 to 23) of a day that has office hours is one of them. */
export function isOfficeHour(hour: number, { from, until }: OfficeHours): boolean {
  return hour >= from && hour < until;
}
