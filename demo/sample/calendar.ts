import type { Day } from '../../domain/day.ts';
import { HOUR_MS } from '../../domain/day.ts';
import type { Random } from '../random.ts';

/** Sunday to Saturday. */
const WEEKDAY = [0.14, 1.45, 1.15, 1, 0.95, 0.85, 0.18];

/** Days of the year (MM-DD, both included) that differ, the first that fits counts. */
const SEASONS: [from: string, to: string, factor: number][] = [
  ['12-24', '12-26', 0.15],
  ['12-27', '12-31', 0.3],
  ['01-01', '01-01', 0.1],
  ['01-02', '01-05', 1.6],
  ['01-06', '01-06', 0.6],
  ['01-07', '01-12', 1.55],
  ['05-01', '05-01', 0.2],
  ['08-01', '08-24', 0.7],
  ['08-25', '09-12', 1.3],
  ['10-26', '10-26', 0.5],
  ['11-01', '11-01', 0.3],
  ['12-08', '12-08', 0.6],
];

/** How much work there is on `day`, 1 on an average weekday. */
export function dayFactor(day: Day): number {
  const monthDay = day.slice(5);
  const season = SEASONS.find(([from, to]) => monthDay >= from && monthDay <= to);
  return (WEEKDAY[weekdayOf(day)] ?? 1) * (season?.[2] ?? 1);
}

export function isWorkday(day: Day): boolean {
  const weekday = weekdayOf(day);
  return weekday > 0 && weekday < 6 && dayFactor(day) > 0.4;
}

function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** When in the day (local hour) people notice that they cannot sign in. */
const HOURS = [
  0.3, 0.2, 0.15, 0.15, 0.3, 1, 3.2, 7.5, 11, 9.5, 7, 5.5, 4.2, 6, 5.4, 4.4, 3.4, 2.6, 1.9, 1.7,
  1.5, 1.2, 0.9, 0.5,
];

const CHOICES = HOURS.map((weight, hour) => [hour, weight] as const);

/** An instant of the day that starts at `startOfDay` (UTC ms), by the local hours of its people. */
export function momentOf(startOfDay: number, utcOffset: number, random: Random): number {
  const hour = (random.weighted(CHOICES) - utcOffset + 24) % 24;
  return Math.floor(startOfDay + (hour + random.next()) * HOUR_MS);
}
