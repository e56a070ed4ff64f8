import type { Share } from '../share.ts';
import type { CoveragePaths } from './coverage-paths.ts';

/** When coverage first reaches a target. */
export interface Arrival {
  /** Whole percent of the population. */
  targetPercent: number;
  /** Days from the forecast's day by which 10, 50 and 90 % of the runs are there; null: fewer get there in time. */
  p10: number | null;
  p50: number | null;
  p90: number | null;
  /** Runs that are not there in time, of all. */
  notReached: Share;
}

/** First hitting times of every target, within `daysMax`. */
export function arrivalsOf(
  { paths, reached, targets, firstTarget }: CoveragePaths,
  daysMax: number,
): Arrival[] {
  return Array.from({ length: targets }, (_, target) => {
    const inTime = reached
      .slice(target * paths, (target + 1) * paths)
      .filter((offset) => offset > 0 && offset <= daysMax)
      .sort();
    const by = (share: number) => inTime[Math.ceil(share * paths) - 1] ?? null;
    return {
      targetPercent: firstTarget + target,
      ...{ p10: by(0.1), p50: by(0.5), p90: by(0.9) },
      notReached: { part: paths - inTime.length, whole: paths },
    };
  });
}
