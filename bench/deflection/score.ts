import type { Range } from '../../domain/deflection/range.ts';
import { median } from '../statistics.ts';

/** How good ranges of avoided tickets are, over tenants whose truth is known. */
export interface Score {
  tenants: number;
  /** Means over the tenants of (likely - truth) / truth, and of its size. */
  meanError: number;
  meanAbsoluteError: number;
  /** Part of the tenants whose truth is within the range. */
  coverage: number;
  /** (high - low) / truth of the middle tenant, and the mean, which a few tenants with next to no incidents widen. */
  width: number;
  meanWidth: number;
}

export function scoreOf(told: readonly { range: Range; truth: number }[]): Score {
  const mean = (of: (one: { range: Range; truth: number }) => number): number =>
    told.reduce((sum, one) => sum + of(one), 0) / told.length;
  return {
    tenants: told.length,
    meanError: mean(({ range, truth }) => (range.likely - truth) / truth),
    meanAbsoluteError: mean(({ range, truth }) => Math.abs(range.likely - truth) / truth),
    coverage: mean(({ range: { low, high }, truth }) => (low <= truth && truth <= high ? 1 : 0)),
    width: median(told.map(widthOf)),
    meanWidth: mean(widthOf),
  };
}

const widthOf = ({ range: { low, high }, truth }: { range: Range; truth: number }): number =>
  (high - low) / truth;
