/**
 * Roles of a table that becomes cards on a phone: once its rows are laid out as a grid, browsers forget that it is a
 * table. Written out as values, because as attributes they look redundant.
 */
export const KEEP = {
  table: 'table',
  rowgroup: 'rowgroup',
  row: 'row',
  columnheader: 'columnheader',
  rowheader: 'rowheader',
  cell: 'cell',
} as const;

/** The same for a table whose cells are moved between by arrow keys. */
export const GRID = { ...KEEP, table: 'grid', cell: 'gridcell' } as const;
