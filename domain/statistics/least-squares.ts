/** A least-squares problem solved: its solution, and the inverse of (J'J). */
export interface LeastSquares {
  solution: Float64Array;
  /** Columns of J that are not linear combinations of those before. */
  rank: number;
  inverse(): number[][];
}

/**
 * Minimises |J x - r|, with `rows` x `columns` numbers of J row by row, by Householder's QR (Golub and Van
 * Loan 2013, 5.3). `damping`, one number per column, is added below J: Levenberg and Marquardt's.
 */
export function leastSquares(
  { jacobian, columns }: { jacobian: Float64Array; columns: number },
  residuals: ArrayLike<number>,
  damping?: ArrayLike<number>,
): LeastSquares {
  const rows = residuals.length + (damping ? columns : 0);
  const a = new Float64Array(rows * columns);
  a.set(jacobian);
  const b = new Float64Array(rows);
  for (let i = 0; i < residuals.length; i++) b[i] = residuals[i] as number;
  if (damping)
    for (let j = 0; j < columns; j++)
      a[(residuals.length + j) * columns + j] = damping[j] as number;
  const diagonal = triangulate({ a, rows, columns }, b);
  const largest = Math.max(...diagonal.map(Math.abs));
  const rank = diagonal.filter((value) => Math.abs(value) > 1e-13 * largest).length;
  const solution = back({ a, columns, diagonal }, b);
  return { solution, rank, inverse: () => inverseOf({ a, columns, diagonal }) };
}

interface Triangular {
  /** Above the diagonal: R. */
  a: Float64Array;
  columns: number;
  diagonal: Float64Array;
}

function triangulate(
  { a, rows, columns }: { a: Float64Array; rows: number; columns: number },
  b: Float64Array,
): Float64Array {
  const diagonal = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    let norm = 0;
    for (let i = j; i < rows; i++) norm = Math.hypot(norm, a[i * columns + j] as number);
    const head = a[j * columns + j] as number;
    const alpha = head > 0 ? -norm : norm;
    diagonal[j] = alpha;
    if (norm === 0) continue;
    a[j * columns + j] = head - alpha;
    const scale = 1 / (alpha * (head - alpha)); // -2 / |v|^2
    for (let k = j + 1; k < columns; k++) {
      let dot = 0;
      for (let i = j; i < rows; i++)
        dot += (a[i * columns + j] as number) * (a[i * columns + k] as number);
      for (let i = j; i < rows; i++)
        a[i * columns + k] =
          (a[i * columns + k] as number) + scale * dot * (a[i * columns + j] as number);
    }
    let dot = 0;
    for (let i = j; i < rows; i++) dot += (a[i * columns + j] as number) * (b[i] as number);
    for (let i = j; i < rows; i++)
      b[i] = (b[i] as number) + scale * dot * (a[i * columns + j] as number);
  }
  return diagonal;
}

function back({ a, columns, diagonal }: Triangular, b: Float64Array): Float64Array {
  const x = new Float64Array(columns);
  for (let j = columns - 1; j >= 0; j--) {
    let value = b[j] as number;
    for (let k = j + 1; k < columns; k++)
      value -= (a[j * columns + k] as number) * (x[k] as number);
    x[j] = value / (diagonal[j] as number);
  }
  return x;
}

function inverseOf({ a, columns, diagonal }: Triangular): number[][] {
  const columnsOf = Array.from({ length: columns }, (_, j) => {
    const unit = new Float64Array(columns);
    unit[j] = 1;
    return back({ a, columns, diagonal }, unit);
  });
  return Array.from({ length: columns }, (_, i) =>
    Array.from({ length: columns }, (_, j) =>
      columnsOf.reduce((sum, column) => sum + (column[i] as number) * (column[j] as number), 0),
    ),
  );
}
