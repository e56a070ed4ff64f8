import { quantile } from '../../statistics/quantile.ts';
import type { LevelVariance } from './level-variance.ts';
import { independentFutures, levelVarianceAt, levelVarianceOf, widened } from './level-variance.ts';
import type { Block, Told } from './told-blocks.ts';
import { blocksOf } from './told-blocks.ts';

/** How counts come to differ from what was told of them. */
export interface ForecastErrors extends LevelVariance {
  /** Variance of a single count over its mean, the level being right. */
  dispersion: number;
  /** What deviations of single counts are multiplied by, for past bands to have held what they say. */
  scale: number;
  /** Futures' worth of past errors that the level's variance is known from: degrees of freedom of Student's t. */
  degrees: number;
}

/** What the variance over the mean of whole counts is taken for beforehand, and the single counts that is worth. */
const GUESS = 1;
const GUESS_DEGREES = 10;
const DISPERSION_LEAST = 1e-9;
const DEGREES_LEAST = 3;
/** Pairs of bands' nominal share and the normal quantile of its half width. */
const BANDS = [
  [0.8, 1.2816],
  [0.95, 1.96],
] as const;
const SCALE = { least: 0.8, most: 1.6, priorOrigins: 3 };

/**
 * From past origins, by the moments of blocks of `block` steps: a level that is wrong shows in sums, chance does not.
 * `whole`: the values are counts, of which Poisson's dispersion is believed at first.
 */
export function forecastErrors(
  past: readonly Told[],
  { block, whole }: { block: number; whole: boolean },
): ForecastErrors {
  const blocks = past.flatMap((told) => blocksOf(told, block));
  const dispersion = dispersionOf(blocks, whole ? GUESS : null);
  const level = widened(levelVarianceOf(blocks, dispersion, block), { past, dispersion });
  const degrees = DEGREES_LEAST + independentFutures(past);
  const errors = { dispersion, ...level, scale: 1, degrees };
  return { ...errors, scale: scaleOf(past, errors) };
}

/** Pooled within blocks; `guess` counts as `GUESS_DEGREES` of them, null as none. */
function dispersionOf(blocks: readonly Block[], guess: number | null): number {
  let [squares, degrees] = guess === null ? [0, 0] : [GUESS_DEGREES * guess, GUESS_DEGREES];
  for (const block of blocks) {
    if (block.counts < 2) continue;
    squares += block.squares;
    degrees += block.counts - 1;
  }
  return degrees > 0 ? Math.max(DISPERSION_LEAST, squares / degrees) : 1;
}

/** Conformal: how far out the told share of past counts really was, against how far out it should have been. */
function scaleOf(past: readonly Told[], errors: ForecastErrors): number {
  const distances: number[] = [];
  for (const { came, expected } of past)
    for (const [i, count] of came.entries()) {
      const mean = Math.max(0.1, expected[i] as number);
      const variance = errors.dispersion * mean + mean * mean * levelVarianceAt(errors, i + 1);
      if (!Number.isNaN(count)) distances.push(Math.abs(count - mean) / Math.sqrt(variance));
    }
  if (distances.length === 0 || past.length === 0) return 1;
  const logarithms = BANDS.map(([share, normal]) =>
    Math.log(Math.max(0.1, quantile(distances, share) ?? normal) / normal),
  );
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / BANDS.length;
  const believed = (mean * past.length) / (past.length + SCALE.priorOrigins);
  return Math.min(SCALE.most, Math.max(SCALE.least, Math.exp(believed)));
}
