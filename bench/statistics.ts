/** The value below which `share` (0 to 1) of the values lie, by nearest rank; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.max(0, rank)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Milliseconds that each of `times` calls took, after a warm-up of a fifth as many.
 * `before` runs before each call and is not counted.
 */
export async function timed(
  times: number,
  work: () => Promise<unknown>,
  before: () => void = () => undefined,
): Promise<number[]> {
  for (let i = 0; i < Math.ceil(times / 5); i++) await work();
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    before();
    const startedAt = performance.now();
    await work();
    took.push(performance.now() - startedAt);
  }
  return took;
}

/** Mean of some values, and its standard error: their standard deviation over the root of their number. */
export function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}
