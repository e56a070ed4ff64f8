/**
 * A symmetric positive definite matrix factored as L L', its lower half row by row in one array, in place (Golub and Van
 * Loan 2013, 4.2). False where the matrix is not positive definite.
 */
export function factored(lower: Float64Array, columns: number): boolean {
  for (let i = 0; i < columns; i++) {
    const row = rowStart(i);
    for (let j = 0; j <= i; j++) {
      const other = rowStart(j);
      let sum = lower[row + j] as number;
      const own = sum;
      for (let k = 0; k < j; k++) sum -= (lower[row + k] as number) * (lower[other + k] as number);
      if (j < i) lower[row + j] = sum / (lower[other + j] as number);
      else if (sum > own * ROUNDING) lower[row + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** What is left of a column that repeats others is rounding. */
const ROUNDING = 1e-14;

/** Where row i of a packed lower half begins. */
export const rowStart = (i: number): number => (i * (i + 1)) / 2;

/** Solves L x = b in place. */
export function solveLower(lower: Float64Array, b: Float64Array): void {
  for (let i = 0; i < b.length; i++) {
    const row = rowStart(i);
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (lower[row + k] as number) * (b[k] as number);
    b[i] = sum / (lower[row + i] as number);
  }
}

/** Solves L' x = b in place. */
export function solveUpper(lower: Float64Array, b: Float64Array): void {
  for (let i = b.length - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < b.length; k++)
      sum -= (lower[rowStart(k) + i] as number) * (b[k] as number);
    b[i] = sum / (lower[rowStart(i) + i] as number);
  }
}
