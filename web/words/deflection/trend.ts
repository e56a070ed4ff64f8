import type { DeflectionMonth } from '../../../server/contract/deflection.ts';
import { count } from '../../format.ts';
import type { Table } from '../table.ts';
import { daysOfText, monthName, rangeText } from './ranges.ts';

export const isWhole = ({ daysCollected, days }: DeflectionMonth) => daysCollected === days;

/** Position of the month that the figures at the lines are of: the newest whole one, else the newest known; -1: none is. */
export function labelledMonth(months: readonly DeflectionMonth[]): number {
  const whole = months.findLastIndex((month) => isWhole(month) && month.avoided !== null);
  return whole >= 0 ? whole : months.findLastIndex(({ avoided }) => avoided !== null);
}

/** The newest whole month against the whole months before it, in a sentence for a title. */
export function trendFinding(months: readonly DeflectionMonth[]): string {
  const known = months.filter((month) => month.avoided !== null);
  const last = known.findLast(isWhole) ?? known.at(-1);
  if (!last?.avoided)
    return months.some(({ served }) => served !== null)
      ? 'Not known yet: every incident of this time is still settling'
      : 'No month of this time was collected';
  const name = isWhole(last) ? monthName(last.month) : `${monthName(last.month)} so far`;
  return `${name}: ${rangeText(last.avoided)} tickets avoided`;
}

/** `Mar 2026: 41 to 69 avoided`, and how much of the month was read. */
export function monthTitle(month: DeflectionMonth): string {
  const name = monthName(month.month);
  if (month.avoided === null)
    return `${name}: ${month.served ? 'not known yet, still settling' : 'not collected'}`;
  const partly = isWhole(month) ? '' : ` (${daysOfText(month.daysCollected, month.days)})`;
  return `${name}${partly}: ${rangeText(month.avoided)}`;
}

/** Months that were not read to the end, in a sentence; null: none. */
export function partlyWords(months: readonly DeflectionMonth[]): string | null {
  const partly = months.filter((month) => month.daysCollected > 0 && !isWhole(month));
  if (partly.length === 0) return null;
  const named = partly
    .slice(-4)
    .map(
      ({ month, daysCollected, days }) => `${monthName(month)} ${daysOfText(daysCollected, days)}`,
    )
    .join(', ');
  const more = partly.length > 4 ? `${count(partly.length - 4)} earlier ones and ` : '';
  return `Not whole: ${more}${named}.`;
}

export function trendTable(months: readonly DeflectionMonth[], currency: string): Table {
  return {
    columns: [
      'Month',
      'Days collected',
      'Self-served resets',
      'Self-served unlocks',
      'Avoided, low',
      'Avoided, likely',
      'Avoided, high',
      `Desk saving, low (${currency})`,
      `Desk saving, likely (${currency})`,
      `Desk saving, high (${currency})`,
      'Password tickets',
      'Other tickets',
      'Admin resets',
      'Self-service share',
    ],
    rows: months.map((month) => ({
      cells: [
        month.month,
        month.daysCollected,
        month.served?.reset ?? null,
        month.served?.unlock ?? null,
        ...cells(month.avoided),
        ...cells(month.desk),
        month.tickets,
        month.otherTickets,
        month.adminResets,
        month.selfServiceShare,
      ],
    })),
  };
}

const cells = (range: DeflectionMonth['avoided']) =>
  range ? [range.low, range.likely, range.high].map(Math.round) : [null, null, null];
