import type { Range } from '../deflection/range.ts';

/** To hundredths, so that a frozen figure comes out the same on every machine; never minus nothing. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

export function roundedRange({ low, likely, high }: Range): Range {
  return { low: rounded(low), likely: rounded(likely), high: rounded(high) };
}
