import type { Range } from '../deflection/range.ts';

/** 95 % of a standard normal. */
const NORMAL_95 = 1.6448536269514722;

/**
 * The value of a lognormal in two pieces at a standard normal's value: `likely` is the median, `low` and `high` are 5
 * and 95 % (Fechner's two-piece normal of 1897, on logarithms). All three are above 0, or all 0.
 */
export function twoPieceLognormal({ low, likely, high }: Range, normal: number): number {
  if (likely === 0) return 0;
  const ratio = normal < 0 ? likely / low : high / likely;
  return likely * Math.exp((Math.log(ratio) / NORMAL_95) * normal);
}
