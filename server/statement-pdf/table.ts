import {
  decoration,
  drawLine,
  drawRight,
  group,
  INK,
  LEFT,
  lineHeight,
  linesOf,
  makeRoom,
  type Sheet,
  type StructureElement,
  type Style,
  tagged,
  WIDTH,
} from './sheet.ts';

export interface Column {
  title: string;
  /** As a part of the whole width; together 1. */
  width: number;
  /** Figures stand at the right. */
  isFigure?: boolean;
}

export interface Row {
  cells: string[];
  /** Set apart: the row the document is about. */
  isStrong?: boolean;
}

const TITLE: Style = { size: 7.5, weight: 600, colour: INK.third };
const GAP = 8;
const LEADING = 2.6;

interface Placed {
  lines: string[];
  left: number;
  right: number;
  isFigure: boolean;
}

/** A table over the whole width. The first cell of a row names it; long texts go over several lines. */
export function drawTable(sheet: Sheet, columns: Column[], rows: Row[], size = 8.5): void {
  group(sheet, sheet.root, 'Table', (table) => {
    const titles = place(
      sheet,
      columns,
      columns.map(({ title }) => title),
      TITLE,
    );
    const line = lineHeight({ size }) + LEADING;
    // Short tables stay together; a long one may go on over the page.
    makeRoom(sheet, heightOf(titles, TITLE) + (rows.length < 15 ? rows.length : 2) * line);
    drawRow(sheet, table, titles, TITLE, 'Column');
    for (const { cells, isStrong } of rows) {
      const style: Style = { size, weight: isStrong ? 600 : 400, colour: INK.ink };
      const placed = place(sheet, columns, cells, style);
      makeRoom(sheet, heightOf(placed, style));
      drawRow(sheet, table, placed, style, 'Row');
    }
  });
}

function place(sheet: Sheet, columns: Column[], cells: string[], style: Style): Placed[] {
  let left = LEFT;
  return columns.map(({ width, isFigure = false }, i) => {
    const right = left + width * WIDTH;
    // A figure stands at the very edge of its column, a text keeps its distance from the next.
    const room = right - left - GAP;
    const placed = { lines: linesOf(sheet, cells[i] ?? '', room, style), left, right, isFigure };
    left = right;
    return placed;
  });
}

const heightOf = (placed: Placed[], style: Style): number =>
  Math.max(...placed.map(({ lines }) => lines.length)) * lineHeight(style) + LEADING;

function drawRow(
  sheet: Sheet,
  table: StructureElement,
  placed: Placed[],
  style: Style,
  heads: 'Row' | 'Column',
): void {
  group(sheet, table, 'TR', (row) => {
    placed.forEach((cell, i) => {
      const isHead = heads === 'Column' || i === 0;
      const scope = isHead ? { scope: heads } : {};
      tagged(sheet, row, isHead ? 'TH' : 'TD', () => drawCell(sheet, cell, style), scope);
    });
  });
  sheet.y += heightOf(placed, style);
  decoration(sheet, () => {
    const { doc, y } = sheet;
    doc.lineWidth(0.4).strokeColor(heads === 'Column' ? INK.grey : INK.line);
    doc
      .moveTo(LEFT, y - LEADING / 2)
      .lineTo(LEFT + WIDTH, y - LEADING / 2)
      .stroke();
  });
}

function drawCell(sheet: Sheet, { lines, left, right, isFigure }: Placed, style: Style): void {
  lines.forEach((line, i) => {
    const y = sheet.y + i * lineHeight(style);
    if (isFigure) drawRight(sheet, line, right, y, style);
    else drawLine(sheet, line, left, y, style);
  });
}
