import { quantile } from '../../statistics/quantile.ts';
import type { Block, Told } from './told-blocks.ts';

/** Relative variances of how far off the level of a future is. */
export interface LevelVariance {
  /** The same for all steps of a future ... */
  levelVariance: number;
  /** ... and what each step adds, as a random walk. */
  walkVariance: number;
}

/** Blocks that the beliefs before any origin are worth. */
const PRIOR_BLOCKS = 4;
const PRIOR_LEVEL = 0.05 ** 2;
const PRIOR_WALK = 0.01 ** 2;
/** Independent futures that an unscaled level is worth. */
const PRIOR_FUTURES = 1;
const WIDENED_MOST = 4;

/** Relative variance of the level `step` steps ahead (from 1). */
export const levelVarianceAt = (
  { levelVariance, walkVariance }: LevelVariance,
  step: number,
): number => levelVariance + walkVariance * step;

/** Least squares of each block's squared relative error, less what chance brings, on its distance; none below 0. */
export function levelVarianceOf(
  blocks: readonly Block[],
  dispersion: number,
  size: number,
): LevelVariance {
  const squared = blocks.map(({ came, expected }) => (came / expected - 1) ** 2);
  // A single outbreak must not stand for all futures.
  const most = 16 * (quantile(squared, 0.5) ?? 0) + 1e-12;
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  const add = (x: number, y: number, weight: number) => {
    n += weight;
    sx += weight * x;
    sy += weight * y;
    sxx += weight * x * x;
    sxy += weight * x * y;
  };
  for (const [i, block] of blocks.entries()) {
    const chance = dispersion / block.expected;
    const weight = 1 / (1 + chance / PRIOR_LEVEL);
    add(block.step, Math.min(most, squared[i] as number) - chance, weight);
  }
  for (let k = 0; k < PRIOR_BLOCKS; k++) {
    const step = size * (k + 0.5);
    add(step, PRIOR_LEVEL + PRIOR_WALK * step, 1);
  }
  const slope = (n * sxy - sx * sy) / Math.max(1e-9, n * sxx - sx * sx);
  const start = (sy - slope * sx) / n;
  if (slope > 0 && start > 0) return { levelVariance: start, walkVariance: slope };
  if (slope <= 0) return { levelVariance: Math.max(0, sy / n), walkVariance: 0 };
  return { levelVariance: 0, walkVariance: Math.max(0, sxy / sxx) };
}

/** Futures that do not overlap within the past ones; those begin a quarter of their length apart. */
export function independentFutures(past: readonly Told[]): number {
  return past.length === 0 ? 0 : 1 + (past.length - 1) / 4;
}

/** The level's variances times how much more the sums of whole futures were off than they say, and few futures tell. */
export function widened(
  level: LevelVariance,
  { past, dispersion }: { past: readonly Told[]; dispersion: number },
): LevelVariance {
  const squares = past.flatMap((told) => squaredSumError(told, level, dispersion) ?? []);
  if (squares.length === 0) return level;
  const independent = independentFutures(past);
  const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  const believed = (independent * mean + PRIOR_FUTURES) / (independent + PRIOR_FUTURES);
  const factor = Math.min(WIDENED_MOST, Math.max(1, believed)) * (1 + 2 / (independent + 1));
  return {
    levelVariance: level.levelVariance * factor,
    walkVariance: level.walkVariance * factor,
  };
}

/** How far off a whole future's sum was, squared, over what it should have been; null of nothing. */
function squaredSumError(
  { came, expected }: Told,
  level: LevelVariance,
  dispersion: number,
): number | null {
  let [sum, mean, steps] = [0, 0, 0];
  for (const [i, count] of came.entries()) {
    if (Number.isNaN(count)) continue;
    sum += count;
    mean += expected[i] as number;
    steps += 1;
  }
  // The mean of a random walk over n steps has a third of its variance at the end.
  const walked = Math.max(1, steps / 3);
  const variance = dispersion * mean + mean * mean * levelVarianceAt(level, walked);
  return variance > 0 ? (sum - mean) ** 2 / variance : null;
}
