import { WEEKDAYS } from '../../domain/office-hours.ts';
import { fraction } from '../../domain/share.ts';
import type { HoursResponse } from '../../server/contract/resets.ts';
import { count, counted, percent } from '../format.ts';

export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export const weekdayName = (weekday: number) => WEEKDAYS[weekday - 1] ?? String(weekday);
const short = (weekday: number) => weekdayName(weekday).slice(0, 3);
/** `08`. */
export const hourText = (hour: number) => String(hour).padStart(2, '0');
/** `08:00–09:00`. */
export const hourSpan = (hour: number) => `${hourText(hour)}:00–${hourText(hour + 1)}:00`;

export type HourMeasure = 'incidents' | 'selfServed';
export type OfficeHours = HoursResponse['officeHours'];

export interface HourCell {
  weekday: number;
  hour: number;
  flows: number;
  incidents: number;
  selfServed: number;
}

const keyOf = (weekday: number, hour: number) => weekday * 24 + hour;

/** Every hour of the week, those without anything as zero: one row per weekday. */
export function weekOf(cells: readonly HourCell[]): HourCell[][] {
  const known = new Map(cells.map((cell) => [keyOf(cell.weekday, cell.hour), cell]));
  return WEEKDAYS.map((_, index) =>
    HOURS.map((hour) => {
      const weekday = index + 1;
      const nothing = { weekday, hour, flows: 0, incidents: 0, selfServed: 0 };
      return known.get(keyOf(weekday, hour)) ?? nothing;
    }),
  );
}

export const isOffice = ({ weekdays, from, until }: OfficeHours, weekday: number, hour: number) =>
  weekdays.includes(weekday) && hour >= from && hour < until;

/** The sides of a cell on which office hours begin or end. */
export function officeSides(office: OfficeHours, weekday: number, hour: number): string[] {
  if (!isOffice(office, weekday, hour)) return [];
  return [
    'office',
    ...(isOffice(office, weekday, hour - 1) ? [] : ['o-from']),
    ...(isOffice(office, weekday, hour + 1) ? [] : ['o-until']),
    ...(isOffice(office, weekday - 1, hour) ? [] : ['o-first']),
    ...(isOffice(office, weekday + 1, hour) ? [] : ['o-last']),
  ];
}

/** `Mon–Fri 08:00–18:00`, `Mon, Wed 08:00–12:00`. */
export function officeText({ weekdays, from, until }: OfficeHours): string {
  const days = weekdays.toSorted((a, b) => a - b);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || from >= until) return 'none';
  const isRun = days.length > 2 && last - first === days.length - 1;
  const names = isRun ? `${short(first)}–${short(last)}` : days.map(short).join(', ');
  return `${names} ${hourText(from)}:00–${hourText(until)}:00`;
}

/** The step of the tint, 0 (nothing) to 5, of a value against the largest. */
export function tintOf(value: number, most: number): number {
  if (value === 0 || most === 0) return 0;
  return Math.max(1, Math.ceil((value / most) * 5));
}

/** What share falls outside office hours, and the busiest hour, in a sentence for a title. */
export function hoursFinding({ cells, outside }: HoursResponse, measure: HourMeasure): string {
  if (cells === null) return 'No day of this period was collected';
  const top = cells.toSorted((a, b) => b[measure] - a[measure])[0];
  if (!top || top[measure] === 0) {
    return measure === 'incidents'
      ? 'Nobody needed a reset in this period'
      : 'No incident of this period was self-served';
  }
  const busiest = `${weekdayName(top.weekday)} at ${hourText(top.hour)}:00 is the busiest hour`;
  const share = outside[measure];
  if (fraction(share) === null) return busiest;
  const what = measure === 'incidents' ? 'incidents fall' : 'self-served incidents fall';
  return `${percent(share)} of ${what} outside office hours; ${busiest}`;
}

/** One hour in words. */
export function hourSentence({ weekday, hour, flows, incidents, selfServed }: HourCell): string {
  const when = `${weekdayName(weekday)} ${hourSpan(hour)}`;
  if (incidents === 0 && flows === 0) return `${when}: 0 incidents`;
  return `${when}: ${counted(incidents, 'incident', 'incidents')}, ${count(selfServed)} of them self-served; ${counted(flows, 'try', 'tries')}`;
}
