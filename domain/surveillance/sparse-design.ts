/**
 * The explanatory values of a model, row by row, zeros left out: models of days and hours have many columns, of which a
 * row needs few.
 */
export interface SparseDesign {
  rows: number;
  columns: number;
  /** Where each row begins in `column` and `value`; one more than there are rows. */
  starts: Int32Array;
  column: Int32Array;
  value: Float64Array;
}

/** What a row has in one column. */
export type Entry = readonly [column: number, value: number];

export function sparseDesign(columns: number, rows: readonly (readonly Entry[])[]): SparseDesign {
  const entries = rows.reduce((sum, row) => sum + row.length, 0);
  const design = {
    ...{ rows: rows.length, columns },
    starts: new Int32Array(rows.length + 1),
    column: new Int32Array(entries),
    value: new Float64Array(entries),
  };
  let at = 0;
  for (const [i, row] of rows.entries()) {
    for (const [column, value] of row) {
      design.column[at] = column;
      design.value[at] = value;
      at += 1;
    }
    design.starts[i + 1] = at;
  }
  return design;
}

/** A row times coefficients. */
export function rowTimes(design: SparseDesign, row: number, coefficients: Float64Array): number {
  let sum = 0;
  for (let at = design.starts[row] as number; at < (design.starts[row + 1] as number); at++)
    sum += (design.value[at] as number) * (coefficients[design.column[at] as number] as number);
  return sum;
}

/** The same of a row that is not part of a design. */
export function entriesTimes(row: readonly Entry[], coefficients: Float64Array): number {
  return row.reduce((sum, [column, value]) => sum + value * (coefficients[column] ?? 0), 0);
}
