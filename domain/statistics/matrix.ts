/** Rows of numbers, all equally long. */
export type Matrix = readonly (readonly number[])[];

export function transposed(matrix: Matrix): number[][] {
  const [first = []] = matrix;
  return first.map((_, j) => matrix.map((row) => row[j] ?? 0));
}

export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number);
  return sum;
}

/** `matrix` times a column. */
export function timesColumn(matrix: Matrix, column: ArrayLike<number>): number[] {
  return matrix.map((row) => dot(row, column));
}

export function times(one: Matrix, other: Matrix): number[][] {
  const columns = transposed(other);
  return one.map((row) => columns.map((column) => dot(row, column)));
}

/** one' other. */
export function crossProduct(one: Matrix, other: Matrix): number[][] {
  return times(transposed(one), other);
}

export function scaled(matrix: Matrix, factor: number): number[][] {
  return matrix.map((row) => row.map((value) => factor * value));
}

export function sumOf(one: Matrix, other: Matrix): number[][] {
  return one.map((row, i) => row.map((value, j) => value + (other[i]?.[j] ?? 0)));
}

/** Square roots of the diagonal: standard errors, of a covariance matrix. */
export function rootsOfDiagonal(matrix: Matrix): number[] {
  return matrix.map((row, i) => Math.sqrt(row[i] ?? Number.NaN));
}
