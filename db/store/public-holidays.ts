import { addDays, DAY_MS, type Day, daysBetween, isDay, parseDay } from '../../domain/day.ts';
import { listEntries } from './list-entries.ts';
import type { Settings } from './settings.ts';

// Loaded when first needed only: the calendars of 207 countries take some 20 MB.
const library = () => import('date-holidays').then((module) => module.default);

const PLACE = /^([A-Z]{2})(?:-([A-Z0-9]{1,3}))?(?:-([A-Z0-9]{1,4}))?$/i;

/** Places of the setting that no calendar knows: AT, DE-BY, US-CA are known, `Austria` is not. */
export async function unknownPlaces(text: string): Promise<string[]> {
  const entries = listEntries(text);
  if (entries.length === 0) return [];
  const Holidays = await library();
  const all = new Holidays();
  return entries.filter((entry) => {
    const [, country = '', state, region] = entry.toUpperCase().match(PLACE) ?? [];
    const states = all.getStates(country) ?? {};
    const regions = state ? (all.getRegions(country, state) ?? {}) : {};
    const isKnown = country in all.getCountries() && (!state || state in states);
    return !isKnown || (region !== undefined && !(region in regions));
  });
}

/** `YYYY-MM-DD` and, after a blank, a name; null: no such day. */
export function holidayEntry(entry: string): { day: Day; name: string } | null {
  const [, day = '', name = ''] = entry.match(/^(\d{4}-\d{2}-\d{2})(?:\s+(.*))?$/) ?? [];
  return isDay(day) ? { day: parseDay(day), name: name || 'Holiday' } : null;
}

/**
 * Days without work from `first` to `last`: public holidays of every place in the settings (one day is enough where several
 * places have it), with those added by hand and without those taken out. Ascending.
 */
export async function holidaysOf(
  settings: Settings,
  { first, last }: { first: Day; last: Day },
): Promise<{ day: Day; name: string }[]> {
  const days = new Map<Day, string>();
  for (const place of listEntries(settings.holiday_places ?? ''))
    for (const { day, name } of await publicHolidays(place, { first, last })) days.set(day, name);
  for (const { day, name } of entriesOf(settings.holidays_added)) days.set(day, name);
  for (const { day } of entriesOf(settings.holidays_removed)) days.delete(day);
  return [...days]
    .filter(([day]) => day >= first && day <= last)
    .map(([day, name]) => ({ day, name }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

const entriesOf = (text = '') => listEntries(text).flatMap((entry) => holidayEntry(entry) ?? []);

async function publicHolidays(place: string, { first, last }: { first: Day; last: Day }) {
  const Holidays = await library();
  const [, country = '', state = '', region = ''] = place.toUpperCase().match(PLACE) ?? [];
  const calendar = new Holidays(country, state, region);
  const years = Array.from(
    { length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1 },
    (_, index) => Number(first.slice(0, 4)) + index,
  );
  return years
    .flatMap((year) => calendar.getHolidays(year) || [])
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end, name }) => {
      const from = parseDay(date.slice(0, 10));
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
      // Some holidays last several days: Eid, the Chinese New Year.
      return daysBetween(from, addDays(from, length - 1)).map((day) => ({ day, name }));
    });
}
