/**
 * The lower triangle L of a symmetric positive definite matrix L L', its rows as long as needed. Throws a RangeError
 * where it is not positive definite.
 */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const own: number[] = [];
    for (let j = 0; j <= i; j++) {
      const other = j === i ? own : (lower[j] ?? []);
      let sum = row[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (own[k] ?? 0) * (other[k] ?? 0);
      if (j < i) own.push(sum / (other[j] ?? 1));
      else if (sum > 0) own.push(Math.sqrt(sum));
      else throw new RangeError('Not positive definite');
    }
    lower.push(own);
  }
  return lower;
}
