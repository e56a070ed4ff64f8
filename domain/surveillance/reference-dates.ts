import { DAY_MS, type Day } from '../day.ts';

/** Days since 1970-01-01. */
export const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/**
 * The same date 0, 1, ... `years` years before, as day numbers; of weeks (`frequency` 52) the nearest day of
 * the same name. 29 February becomes 1 March in other years.
 */
export function referenceDates(
  day: Day,
  { years, frequency }: { years: number; frequency: number },
): number[] {
  const date = new Date(dayNumber(day) * DAY_MS);
  return Array.from({ length: years + 1 }, (_, back) => {
    const then = Date.UTC(date.getUTCFullYear() - back, date.getUTCMonth(), date.getUTCDate());
    const number = then / DAY_MS;
    if (frequency !== 52) return number;
    const late = (((number - dayNumber(day)) % 7) + 7) % 7;
    return late <= 3 ? number - late : number + 7 - late;
  });
}
