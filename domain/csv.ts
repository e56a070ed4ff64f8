/** What Excel takes for UTF-8 by. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet begins a formula with, full-width forms too, which some turn into plain ones. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** One line of a CSV (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/**
 * One cell that is a figure or a text, quoted where needed. A text that a spreadsheet would take for a formula
 * gets an apostrophe in front; a plain number stays what it is, also a negative one.
 */
export function csvCell(text: string): string {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? text : csvText(text);
}

/** One cell that is a text, whatever it looks like: nothing in it begins a formula. */
export function csvText(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
