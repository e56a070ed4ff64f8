import { monthName } from '../../domain/statement/month.ts';
import type { DeflectionMonth } from '../contract/deflection.ts';
import {
  drawLine,
  drawRight,
  INK,
  LEFT,
  makeRoom,
  type Sheet,
  type Style,
  tagged,
  WIDTH,
  widthOf,
} from './sheet.ts';
import { count, counted } from './words.ts';

const HEIGHT = 118;
const AXIS = 34;
const LABEL: Style = { size: 7.5, colour: INK.third };

/** Where values and months lie on the page, points. */
interface Plot {
  top: number;
  bottom: number;
  left: number;
  /** Of one month. */
  step: number;
  yOf: (value: number) => number;
  ticks: number[];
}

/**
 * Tickets avoided by month, each a bar from low to high with a mark where it is likely; tickets imported as a line.
 * A month that was not collected stays empty and says so.
 */
export function drawTrendChart(sheet: Sheet, months: readonly DeflectionMonth[]): void {
  makeRoom(sheet, HEIGHT + 34);
  drawLegend(sheet, months);
  tagged(sheet, sheet.root, 'Figure', () => drawFigure(sheet, months), { alt: inWords(months) });
  sheet.y += HEIGHT + 27;
}

function drawFigure(sheet: Sheet, months: readonly DeflectionMonth[]): void {
  const plot = plotOf(sheet.y, months);
  drawGrid(sheet, plot);
  for (const [i, month] of months.entries()) drawMonth(sheet, plot, month, i);
  drawTickets(sheet, plot, months);
}

function plotOf(top: number, months: readonly DeflectionMonth[]): Plot {
  const values = months.flatMap(({ avoided, tickets }) => [
    ...(avoided ? [avoided.low, avoided.high] : []),
    ...(tickets === null ? [] : [tickets]),
  ]);
  const ticks = ticksOf(Math.min(0, ...values), Math.max(1, ...values));
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const bottom = top + HEIGHT;
  const yOf = (value: number) => bottom - ((value - low) / (high - low)) * HEIGHT;
  const left = LEFT + AXIS;
  return { top, bottom, left, step: (WIDTH - AXIS) / Math.max(1, months.length), yOf, ticks };
}

/** Round numbers from at or below `low` to at or above `high`, about four steps. */
function ticksOf(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power);
  const ticks: number[] = [];
  for (let tick = Math.floor(low / step); tick * step < high + step; tick++)
    ticks.push(tick * step);
  return ticks;
}

function drawGrid(sheet: Sheet, { left, yOf, ticks }: Plot): void {
  const { doc } = sheet;
  for (const tick of ticks) {
    doc.lineWidth(0.4).strokeColor(tick === 0 ? INK.grey : INK.line);
    doc
      .moveTo(left, yOf(tick))
      .lineTo(LEFT + WIDTH, yOf(tick))
      .stroke();
    drawRight(sheet, count(tick), left - 5, yOf(tick) - 5, LABEL);
  }
}

function drawMonth(sheet: Sheet, plot: Plot, month: DeflectionMonth, i: number): void {
  const { doc } = sheet;
  const { top, bottom, left, step, yOf } = plot;
  const middle = left + (i + 0.5) * step;
  const name = monthName(month.month);
  centred(sheet, name.slice(0, 3), middle, bottom + 3, LABEL);
  if (i === 0 || month.month.endsWith('-01'))
    centred(sheet, name.slice(-4), middle, bottom + 11, LABEL);
  if (!month.avoided) {
    doc.rect(middle - step * 0.36, top, step * 0.72, bottom - top).fill(INK.soft);
    centred(sheet, 'not', middle, bottom - 26, LABEL);
    centred(sheet, 'collected', middle, bottom - 18, { ...LABEL, size: 6.2 });
    return;
  }
  const { low, likely, high } = month.avoided;
  const isWhole = month.daysCollected >= month.days;
  doc.lineWidth(Math.min(9, step * 0.34)).strokeColor(isWhole ? '#b9d0ec' : '#dfe8f3');
  doc
    .moveTo(middle, yOf(low))
    .lineTo(middle, Math.min(yOf(high), yOf(low) - 0.8))
    .stroke();
  doc.lineWidth(1.6).strokeColor(INK.blue);
  doc
    .moveTo(middle - 7, yOf(likely))
    .lineTo(middle + 7, yOf(likely))
    .stroke();
  if (!isWhole)
    centred(sheet, `${month.daysCollected} of ${month.days} d`, middle, yOf(high) - 9, {
      ...LABEL,
      size: 6.2,
    });
}

function drawTickets({ doc }: Sheet, plot: Plot, months: readonly DeflectionMonth[]): void {
  const points = months.map(({ tickets }, i) =>
    tickets === null ? null : { x: plot.left + (i + 0.5) * plot.step, y: plot.yOf(tickets) },
  );
  doc.lineWidth(1.1).strokeColor(INK.orange);
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (point && before) doc.moveTo(before.x, before.y).lineTo(point.x, point.y).stroke();
  });
  for (const point of points) if (point) doc.circle(point.x, point.y, 1.9).fill(INK.orange);
}

function centred(sheet: Sheet, text: string, x: number, y: number, style: Style): void {
  drawLine(sheet, text, x - widthOf(sheet, text, style) / 2, y, style);
}

function drawLegend(sheet: Sheet, months: readonly DeflectionMonth[]): void {
  const hasTickets = months.some(({ tickets }) => tickets !== null);
  tagged(sheet, sheet.root, 'P', () => {
    const { doc } = sheet;
    const middle = sheet.y + 5;
    doc.lineWidth(7).strokeColor('#b9d0ec');
    doc
      .moveTo(LEFT + 1, middle)
      .lineTo(LEFT + 15, middle)
      .stroke();
    doc.lineWidth(1.6).strokeColor(INK.blue);
    doc
      .moveTo(LEFT + 8, middle - 4)
      .lineTo(LEFT + 8, middle + 4)
      .stroke();
    drawLine(sheet, 'Tickets avoided: low to high, mark at likely', LEFT + 21, sheet.y, LABEL);
    if (!hasTickets) return;
    const x = LEFT + 190;
    doc
      .lineWidth(1.1)
      .strokeColor(INK.orange)
      .moveTo(x, middle)
      .lineTo(x + 14, middle)
      .stroke();
    doc.circle(x + 7, middle, 1.9).fill(INK.orange);
    drawLine(sheet, 'Password tickets imported', x + 20, sheet.y, LABEL);
  });
  sheet.y += 18;
}

/** What the picture shows, for who cannot see it; the table below it has every figure. */
export function inWords(months: readonly DeflectionMonth[]): string {
  const known = months.filter(({ avoided }) => avoided !== null);
  const [first, last] = [known[0], known.at(-1)];
  const missing = months.length - known.length;
  const gap =
    missing === 0 ? '' : ` ${counted(missing, 'month was', 'months were')} not collected.`;
  if (!first?.avoided || !last?.avoided)
    return `Tickets avoided by month: nothing collected.${gap}`;
  return `Tickets avoided by month, likely value: from ${count(first.avoided.likely)} in ${monthName(first.month)} to ${count(last.avoided.likely)} in ${monthName(last.month)}.${gap} The table after it holds every month.`;
}
