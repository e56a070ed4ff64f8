import type { Matrix } from './matrix.ts';

/**
 * The eigenvalues of a symmetric matrix, in no order, by Jacobi's rotations (Golub and Van Loan 2013, 8.5). Cubic in
 * the size a few times over: for matrices of up to some hundred rows.
 */
export function eigenvalues(symmetric: Matrix): number[] {
  const n = symmetric.length;
  const a = Float64Array.from(symmetric.flat());
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep++) {
    if (offDiagonal(a, n) <= 1e-30 * squares(a)) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, { n, p, q });
  }
  return Array.from({ length: n }, (_, i) => a[i * n + i] as number);
}

const SWEEPS_MAX = 60;

const squares = (a: Float64Array): number => a.reduce((sum, value) => sum + value * value, 0);

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (i !== j) sum += (a[i * n + j] as number) ** 2;
  return sum;
}

/** Makes the element p, q zero. */
function rotate(a: Float64Array, { n, p, q }: { n: number; p: number; q: number }): void {
  const pq = a[p * n + q] as number;
  if (pq === 0) return;
  const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * pq);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) {
    const [kp, kq] = [a[k * n + p] as number, a[k * n + q] as number];
    a[k * n + p] = cosine * kp - sine * kq;
    a[k * n + q] = sine * kp + cosine * kq;
  }
  for (let k = 0; k < n; k++) {
    const [pk, qk] = [a[p * n + k] as number, a[q * n + k] as number];
    a[p * n + k] = cosine * pk - sine * qk;
    a[q * n + k] = sine * pk + cosine * qk;
  }
}
