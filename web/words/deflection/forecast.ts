import type { ResetForecastResponse } from '../../../server/contract/resets.ts';
import { count, counted, dayShort, NONE, periodText } from '../../format.ts';
import type { Table } from '../table.ts';
import { fewText, type Range, rangeText } from './ranges.ts';

export type Forecast = NonNullable<ResetForecastResponse['forecast']>;
export type Week = Forecast['weeks'][number];

export const whole = (value: number) => count(Math.round(value));

/** What the desk has to expect, in a sentence for a title. */
export const forecastFinding = ({ all, weeks }: Forecast) =>
  `The next ${counted(weeks.length, 'week brings', 'weeks bring')} the desk ${rangeText(all.desk, whole)} tickets`;

/** What further coverage takes off, in a sentence; null: no forecast of coverage. */
export function coverageWords({ all }: Forecast): string | null {
  const without = all.deskWithoutFurtherCoverage;
  if (!without) return null;
  const less = Math.round(without.likely - all.desk.likely);
  const told = `If coverage stayed as it is: ${rangeText(without, whole)}.`;
  if (less === 0) return `${told} The coverage that is expected makes no difference in this time.`;
  const which = less > 0 ? 'fewer' : 'more';
  return `${told} The coverage that is expected makes ${count(Math.abs(less))} ${which}.`;
}

/** Holidays and expiring passwords of a week, in words; a dash for none. */
export function weekNotes({ holidays, expiring }: Week): string {
  const notes = [
    ...holidays.map(({ day, name }) => `${name} (${dayShort(day)})`),
    ...(expiring === null || expiring === 0
      ? []
      : [counted(expiring, 'password expires', 'passwords expire')]),
  ];
  return notes.length === 0 ? NONE : notes.join(', ');
}

export const weekName = ({ first, last }: { first: string; last: string }) =>
  periodText({ first, last });

const ends = (range: Range | null) =>
  range ? [range.low, range.likely, range.high].map(Math.round) : [null, null, null];

export function forecastTable({ past, weeks }: Forecast): Table {
  return {
    columns: [
      ...['Week from', 'Desk, so far', 'Desk, low', 'Desk, likely', 'Desk, high'],
      ...['Needs, low', 'Needs, likely', 'Needs, high', 'Desk hours, likely'],
      ...['Desk at today’s coverage, low', 'likely', 'high', 'Passwords expiring', 'Holidays'],
    ],
    rows: [
      ...past.map(({ first, desk }) => ({
        cells: [first, desk, ...Array.from({ length: 12 }, () => null)],
      })),
      ...weeks.map((week) => ({
        cells: [
          ...[week.first, null, ...ends(week.desk), ...ends(week.needs)],
          ...[Math.round(week.deskHours.likely), ...ends(week.deskWithoutFurtherCoverage)],
          ...[week.expiring, week.holidays.map(({ name }) => name).join('; ')],
        ],
      })),
    ],
  };
}

export const hoursText = (range: Range) => rangeText(range, fewText);
