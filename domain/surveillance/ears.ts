import { normalQuantile } from '../statistics/normal.ts';

export type EarsMethod = 'C1' | 'C2' | 'C3';

export interface EarsControl {
  method: EarsMethod;
  /** Periods that a period is compared with. */
  baseline: number;
  /** Least standard deviation. */
  minSigma: number;
  alpha: number;
}

/** How many periods lie between the baseline and the tested one. */
const LAG: Record<EarsMethod, number> = { C1: 0, C2: 2, C3: 2 };

/** A count and the bound above which it is unusual. */
export interface EarsAnswer {
  upper: number;
  alarm: boolean;
}

/**
 * The Early Aberration Reporting System's bounds (Hutwagner et al. 2003; Fricker, Hegler and Dunfee 2008), as R's `earsC`
 * computes them: mean and deviations of the last periods, for C3 what is left of the three last days' deviations.
 * `index`: of the tested period, from 0. Null where the series does not reach back far enough.
 */
export function ears(
  observed: readonly number[],
  index: number,
  { method, baseline, minSigma, alpha }: EarsControl,
): EarsAnswer | null {
  const reach = baseline + LAG[method] + (method === 'C3' ? 2 : 0);
  const count = observed[index];
  if (index < reach || count === undefined) return null;
  const z = normalQuantile(1 - alpha);
  const at = (day: number): { mean: number; sigma: number } =>
    momentsOf(observed.slice(day - LAG[method] - baseline, day - LAG[method]), minSigma);
  const today = at(index);
  if (method !== 'C3') {
    const upper = today.mean + z * today.sigma;
    return { upper, alarm: count > upper };
  }
  const before = [index - 1, index - 2].reduce((sum, day) => {
    const { mean, sigma } = at(day);
    return sum + Math.max(0, ((observed[day] as number) - mean) / sigma - 1);
  }, 0);
  // R's: about the count itself, so that the count is above it where the three deviations together are too large.
  const upper = Math.max(0, count + today.sigma * (z - before));
  return { upper, alarm: count > upper };
}

function momentsOf(counts: readonly number[], minSigma: number): { mean: number; sigma: number } {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  return { mean, sigma: Math.max(minSigma, Math.sqrt(squares / (counts.length - 1))) };
}
