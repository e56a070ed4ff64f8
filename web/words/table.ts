import { BYTE_ORDER_MARK, csvCell, csvLine } from '../../domain/csv.ts';
import { fraction, type Share } from '../../domain/share.ts';
import { count, NONE, percent } from '../format.ts';

/** A figure as it is: shares as their counts, null where there is none. */
export type Cell = string | number | Share | null;

export interface Row {
  cells: Cell[];
  /** Where the people or records behind the row are. */
  href?: string;
}

/** What a chart shows, as a table: on screen behind "Table", and as the CSV. */
export interface Table {
  columns: string[];
  rows: Row[];
}

/** A cell for people. */
export function cellText(cell: Cell): string {
  if (cell === null) return NONE;
  if (typeof cell === 'number') return count(cell);
  return typeof cell === 'string' ? cell : percent(cell);
}

/** Whether a column is right-aligned: all of it but texts. */
export function isNumeric({ rows }: Table, column: number): boolean {
  return column > 0 && rows.every(({ cells }) => typeof (cells[column] ?? null) !== 'string');
}

/** The table as CSV (RFC 4180), with a byte order mark so that Excel reads UTF-8. Shares are fractions of one. */
export function csvOf({ columns, rows }: Table): string {
  const lines = [columns, ...rows.map(({ cells }) => cells.map(plain))];
  return BYTE_ORDER_MARK + lines.map((cells) => csvLine(cells.map(csvCell))).join('');
}

function plain(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return fraction(cell)?.toFixed(4) ?? '';
  return String(cell);
}
