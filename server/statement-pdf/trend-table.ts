import { monthName } from '../../domain/statement/month.ts';
import type { DeflectionMonth } from '../contract/deflection.ts';
import type { Sheet } from './sheet.ts';
import { type Column, drawTable } from './table.ts';
import { amounts, count, counts, fromTo, NONE, percent } from './words.ts';

/** The months in figures, the statement's own set apart. */
export function drawTrendTable(
  sheet: Sheet,
  { months, month, currency }: { months: DeflectionMonth[]; month: string; currency: string },
): void {
  const hasTickets = months.some(({ tickets }) => tickets !== null);
  const rows = months.map((one) => ({
    cells: cellsOf(one, hasTickets),
    isStrong: one.month === month,
  }));
  drawTable(sheet, columnsOf(currency, hasTickets), rows, 8);
}

function columnsOf(currency: string, hasTickets: boolean): Column[] {
  const figure = (title: string, width: number): Column => ({ title, width, isFigure: true });
  return [
    { title: 'Month', width: hasTickets ? 0.15 : 0.17 },
    figure('Days', 0.08),
    figure('Self-served', 0.1),
    figure('Avoided', 0.09),
    figure('low to high', hasTickets ? 0.15 : 0.17),
    figure(`Desk, ${currency}`, hasTickets ? 0.12 : 0.15),
    ...(hasTickets ? [figure('Tickets', 0.09)] : []),
    figure('Admin resets', 0.11),
    figure('Self-service', hasTickets ? 0.11 : 0.13),
  ];
}

function cellsOf(one: DeflectionMonth, hasTickets: boolean): string[] {
  const { avoided, desk, served, tickets, adminResets, selfServiceShare } = one;
  const range = avoided && counts(avoided);
  return [
    ...[monthName(one.month), `${one.daysCollected} of ${one.days}`],
    count(served && served.reset + served.unlock),
    range?.likely ?? NONE,
    range ? fromTo(range.low, range.high) : served ? 'not known yet' : 'not collected',
    desk ? amounts(desk).likely : NONE,
    ...(hasTickets ? [count(tickets)] : []),
    ...[count(adminResets), percent(selfServiceShare)],
  ];
}
