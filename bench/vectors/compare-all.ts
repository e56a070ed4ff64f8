import type { Comparison } from './vector.ts';

/** One comparison for each element that the reference has; none where it has no such field. */
export function* compareAll(
  name: string,
  expected: readonly number[] | undefined | null,
  actual: readonly number[],
  tolerance: number,
): Iterable<Comparison> {
  for (const [i, one] of (expected ?? []).entries())
    yield { name: `${name}[${i}]`, expected: one, actual: actual[i] ?? null, tolerance };
}

/** The same of the rows of a matrix. */
export function* compareRows(
  name: string,
  expected: readonly (readonly number[])[] | undefined | null,
  actual: readonly (readonly number[])[],
  tolerance: number,
): Iterable<Comparison> {
  for (const [i, row] of (expected ?? []).entries())
    yield* compareAll(`${name}[${i}]`, row, actual[i] ?? [], tolerance);
}

/** One comparison, or none where the reference has no such number. */
export function* compareOne(
  name: string,
  expected: number | undefined | null,
  actual: number | null,
  tolerance: number,
): Iterable<Comparison> {
  if (expected !== undefined && expected !== null) yield { name, expected, actual, tolerance };
}
