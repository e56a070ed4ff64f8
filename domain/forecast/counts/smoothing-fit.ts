import { nelderMead } from './nelder-mead.ts';
import type { Smoothed, Smoothing, SmoothingForm } from './smoothing.ts';
import { smoothed } from './smoothing.ts';
import { smoothingStart } from './smoothing-start.ts';

/** A model of one form, fitted. */
export interface SmoothingFit extends Smoothed {
  form: SmoothingForm;
  /** Akaike's criterion for small samples (Hurvich and Tsai 1989), less what all forms share. */
  aicc: number;
}

const DAMPING = { least: 0.8, most: 0.98 };
const EVALUATIONS_PER_PARAMETER = 70;

/** The likeliest model of a form; null where there are too few values for it or none of its models holds. */
export function smoothingFit(
  { values, slots, season }: { values: Float64Array; slots: Int32Array; season: number },
  form: SmoothingForm,
): SmoothingFit | null {
  const seen = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  const hasTrend = form.trend !== 'none';
  const hasSeason = form.season !== 'none';
  const parameters =
    3 + (hasTrend ? 2 : 0) + (form.trend === 'damped' ? 1 : 0) + (hasSeason ? season : 0);
  if (seen < parameters + 2 || (hasSeason && (season < 2 || seen < 2 * season))) return null;
  const guess = smoothingStart(values, slots, season, form.season);
  const scale = Math.max(1e-6, Math.abs(guess.level), Math.abs(guess.slope));
  // Level, alpha, then gamma of a season, then slope, beta and damping of a trend.
  const trendAt = hasSeason ? 3 : 2;
  const modelOf = (point: Float64Array): Smoothing => {
    const alpha = within(point[1] as number, 1e-4, 0.9999);
    return {
      alpha,
      beta: hasTrend ? alpha * within(point[trendAt + 1] as number, 1e-4, 0.9999) : 0,
      gamma: hasSeason ? (1 - alpha) * within(point[2] as number, 1e-4, 0.9999) : 0,
      damping:
        form.trend === 'damped'
          ? within(point[trendAt + 2] as number, DAMPING.least, DAMPING.most)
          : 1,
      level: guess.level + scale * (point[0] as number),
      slope: hasTrend ? guess.slope + 0.1 * scale * (point[trendAt] as number) : 0,
      seasonal: guess.seasonal,
    };
  };
  const dampingToo = form.trend === 'damped';
  const start = [0, -0.5, ...(hasSeason ? [-3] : []), ...(hasTrend ? [0, -3] : [])];
  const spread = [0.05, 1, ...(hasSeason ? [1] : []), ...(hasTrend ? [0.02, 1] : [])];
  if (dampingToo) {
    start.push(1);
    spread.push(1);
  }
  const { point } = nelderMead((at) => smoothed(values, slots, form, modelOf(at)).cost, start, {
    spread,
    evaluationsMax: EVALUATIONS_PER_PARAMETER * start.length,
  });
  const fit = smoothed(values, slots, form, modelOf(point));
  if (!Number.isFinite(fit.cost)) return null;
  const penalty = (2 * parameters * seen) / Math.max(1, seen - parameters - 1);
  return { ...fit, form, aicc: fit.cost + penalty };
}

/** A number between two bounds from any number. */
const within = (x: number, least: number, most: number): number =>
  least + (most - least) / (1 + Math.exp(-x));
