import { cholesky } from '../statistics/cholesky.ts';

/**
 * The inverse of a symmetric positive definite matrix, by its Cholesky factor. Throws a RangeError where
 * it is not positive definite.
 */
export function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const lower = cholesky(matrix);
  const at = (i: number, j: number) => lower[i]?.[j] ?? 0;
  const columns = Array.from({ length: n }, (_, column) => {
    const half: number[] = [];
    for (let i = 0; i < n; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = 0; k < i; k++) sum -= at(i, k) * (half[k] ?? 0);
      half.push(sum / at(i, i));
    }
    const whole = new Array<number>(n).fill(0);
    for (let i = n - 1; i >= 0; i--) {
      let sum = half[i] ?? 0;
      for (let k = i + 1; k < n; k++) sum -= at(k, i) * (whole[k] ?? 0);
      whole[i] = sum / at(i, i);
    }
    return whole;
  });
  return columns;
}

export function product(matrix: readonly (readonly number[])[], vector: readonly number[]) {
  return matrix.map((row) => dot(row, vector));
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
