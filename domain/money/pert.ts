import type { Range } from '../deflection/range.ts';
import { betaQuantile } from '../statistics/distributions.ts';
import type { Draws } from '../statistics/draws.ts';

/**
 * One value of a PERT distribution (Malcolm et al. 1959): Beta on [low, high] with mode `likely` and mean
 * (low + 4 likely + high) / 6. Nothing lies beyond the ends.
 */
export function pert(range: Range, { beta }: Pick<Draws, 'beta'>): number {
  if (range.low === range.high) return range.low;
  const { a, b } = shapeOf(range);
  return range.low + (range.high - range.low) * beta(a, b);
}

/** The value below which `probability` of it lies. */
export function pertQuantile(range: Range, probability: number): number {
  if (range.low === range.high) return range.low;
  const { a, b } = shapeOf(range);
  return range.low + (range.high - range.low) * betaQuantile(probability, a, b);
}

function shapeOf({ low, likely, high }: Range): { a: number; b: number } {
  const width = high - low;
  return { a: 1 + (4 * (likely - low)) / width, b: 1 + (4 * (high - likely)) / width };
}
