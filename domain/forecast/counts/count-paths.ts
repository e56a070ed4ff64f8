import type { Draws } from '../../statistics/draws.ts';
import type { ForecastErrors } from './forecast-errors.ts';

/** No level is off by more than e to this. */
const LOG_LEVEL_MAX = 3;

/**
 * Futures of counts: in each the level is off by one draw for all steps, by a random walk and by a slow change (`drift`,
 * the standard deviation of its slope per step, relative), and each count is drawn around it: negative binomial for `whole` counts that vary more than Poisson ones, else normal.
 */
export function countPaths(
  expected: Float64Array,
  errors: ForecastErrors,
  { paths, whole, drift, draws }: { paths: number; whole: boolean; drift: number; draws: Draws },
): Float64Array[] {
  const { scale, degrees } = errors;
  const dispersion = errors.dispersion * scale * scale;
  const logLevel = Math.sqrt(Math.log1p(errors.levelVariance));
  const logWalk = Math.sqrt(Math.log1p(errors.walkVariance));
  return Array.from({ length: paths }, () => {
    const heavy = Math.sqrt(degrees / (2 * draws.gamma(degrees / 2)));
    let level = logLevel * heavy * draws.normal();
    const slope = drift > 0 ? drift * draws.normal() : 0;
    let variance = logLevel * logLevel;
    return expected.map((mean) => {
      level += logWalk * heavy * draws.normal() + slope;
      variance += logWalk * logWalk;
      const off = Math.max(
        -LOG_LEVEL_MAX,
        Math.min(LOG_LEVEL_MAX, level - (heavy * heavy * variance) / 2),
      );
      return counted(mean * Math.exp(off), { dispersion, whole, draws });
    });
  });
}

function counted(
  mean: number,
  { dispersion, whole, draws }: { dispersion: number; whole: boolean; draws: Draws },
): number {
  if (whole && dispersion >= 1) return draws.negativeBinomial(mean, dispersion);
  const spread = dispersion * mean;
  // Far from zero a normal count is as good as any; near it a gamma one does not fall below.
  const count =
    mean * mean > 16 * spread || !(spread > 0)
      ? mean + Math.sqrt(spread) * draws.normal()
      : draws.gamma(mean / dispersion) * dispersion;
  return whole ? Math.max(0, Math.round(count)) : Math.max(0, count);
}
