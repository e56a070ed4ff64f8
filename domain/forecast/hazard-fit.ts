import type { ForecastConstants } from './constants.ts';

/** What the hazard is fitted to: changes that count, oldest first, as columns. */
export interface HazardRows {
  count: number;
  weights: Float64Array;
  gains: Float64Array;
  peopleBefore: Float64Array;
  capableBefore: Float64Array;
  /** ln(days of the change, weighted by weekday): an offset of the logit. */
  offsets: Float64Array;
  /** ln(1 + age) less the same of today, and the campaigns' pulse. */
  slopes: Float64Array;
  pulses: Float64Array;
  /** Days from a change's end to today. */
  ago: Float64Array;
}

/** The fit for one K. */
export interface HazardFit {
  /** Hazard's logit per day today; its slope in ln(days); a campaign's pulse. */
  theta: [level: number, slope: number, pulse: number];
  /** Lower Cholesky factor of their covariance, row by row: l11, l21, l22, l31, l32, l33. */
  chol: [number, number, number, number, number, number];
  /** Pearson's dispersion of the gains. */
  dispersion: number;
  /** Correlation of the people's chances within a day, of the beta-binomial. */
  rho: number;
}

const ITERATIONS = 25;
const PROBABILITY_MAX = 0.999999;

/**
 * Logistic regression of a day's gains on those who could still be gained, with `ceiling` of the people ever
 * capable, by iteratively reweighted least squares with a ridge, that is, normal priors (McCullagh and
 * Nelder 1989, 4; Le Cessie and Van Houwelingen 1992). `dispersion` divides the likelihood.
 */
export function hazardFit(
  rows: HazardRows,
  { ceiling, dispersion }: { ceiling: number; dispersion: number },
  constants: ForecastConstants,
): HazardFit {
  const priors = [constants.levelPrior, constants.slopePrior, constants.pulsePrior] as const;
  const precision = priors.map(([, sd]) => 1 / (sd * sd)) as [number, number, number];
  const means = priors.map(([mean]) => mean) as [number, number, number];
  let theta: [number, number, number] = startOf(rows, ceiling, means);
  let at = state(rows, ceiling, theta, dispersion, precision, means);
  for (let i = 0; i < ITERATIONS; i++) {
    const step = solve3(at.information, at.gradient);
    let scale = 1;
    let next = at;
    let moved = theta;
    for (; scale > 1e-3; scale /= 2) {
      moved = [theta[0] + scale * step[0], theta[1] + scale * step[1], theta[2] + scale * step[2]];
      next = state(rows, ceiling, moved, dispersion, precision, means);
      if (next.objective >= at.objective - 1e-9) break;
    }
    const gained = next.objective - at.objective;
    if (gained < 0) break;
    theta = moved;
    at = next;
    if (gained < 1e-7) break;
  }
  const chol = covarianceFactor(at.information);
  return {
    theta,
    chol,
    dispersion: at.pearson,
    rho: at.rho,
  };
}

function startOf(
  rows: HazardRows,
  ceiling: number,
  means: [number, number, number],
): [number, number, number] {
  let [gained, open] = [1, 300];
  for (let i = 0; i < rows.count; i++) {
    const weight = rows.weights[i] as number;
    gained += weight * (rows.gains[i] as number);
    open += weight * poolOf(rows, i, ceiling) * Math.exp(rows.offsets[i] as number);
  }
  const share = Math.min(0.5, gained / open);
  return [Math.log(share / (1 - share)), means[1], 0];
}

/** Who could still be gained at a change's beginning; never fewer than were. */
function poolOf(rows: HazardRows, i: number, ceiling: number): number {
  const open = ceiling * (rows.peopleBefore[i] as number) - (rows.capableBefore[i] as number);
  return Math.max(open, rows.gains[i] as number, 0);
}

/** What the hazard says a change should have gained. */
export function expectedGain(
  rows: HazardRows,
  i: number,
  { ceiling, theta }: { ceiling: number; theta: readonly [number, number, number] },
): number {
  const eta =
    theta[0] +
    theta[1] * (rows.slopes[i] as number) +
    theta[2] * (rows.pulses[i] as number) +
    (rows.offsets[i] as number);
  return poolOf(rows, i, ceiling) / (1 + Math.exp(-eta));
}

interface FitState {
  gradient: [number, number, number];
  /** Upper triangle: 11, 12, 13, 22, 23, 33. */
  information: [number, number, number, number, number, number];
  objective: number;
  pearson: number;
  rho: number;
}

function state(
  rows: HazardRows,
  ceiling: number,
  theta: readonly [number, number, number],
  dispersion: number,
  precision: readonly [number, number, number],
  means: readonly [number, number, number],
): FitState {
  let [g1, g2, g3, i11, i12, i13, i22, i23, i33] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let [logLikelihood, squares, used, excess, spread] = [0, 0, 0, 0, 0];
  const { weights, gains, offsets, slopes, pulses } = rows;
  for (let i = 0; i < rows.count; i++) {
    const weight = weights[i] as number;
    const pool = poolOf(rows, i, ceiling);
    if (pool <= 0) continue;
    const gain = gains[i] as number;
    const x2 = slopes[i] as number;
    const x3 = pulses[i] as number;
    const eta = theta[0] + theta[1] * x2 + theta[2] * x3 + (offsets[i] as number);
    const h = Math.min(PROBABILITY_MAX, Math.max(1e-12, 1 / (1 + Math.exp(-eta))));
    const variance = pool * h * (1 - h);
    const residual = gain - pool * h;
    const r = (weight * residual) / dispersion;
    const v = (weight * variance) / dispersion;
    g1 += r;
    g2 += r * x2;
    g3 += r * x3;
    i11 += v;
    i12 += v * x2;
    i13 += v * x3;
    i22 += v * x2 * x2;
    i23 += v * x2 * x3;
    i33 += v * x3 * x3;
    logLikelihood += weight * (gain * Math.log(h) + (pool - gain) * Math.log(1 - h));
    // A twentieth of a person's variance keeps days without a chance of a gain from counting for much.
    squares += (weight * residual * residual) / (variance + 0.05);
    excess += weight * (residual * residual - variance);
    spread += weight * variance * Math.max(0, pool - 1);
    used += weight;
  }
  const d1 = means[0] - theta[0];
  const d2 = means[1] - theta[1];
  const d3 = means[2] - theta[2];
  const prior = precision[0] * d1 * d1 + precision[1] * d2 * d2 + precision[2] * d3 * d3;
  return {
    gradient: [g1 + precision[0] * d1, g2 + precision[1] * d2, g3 + precision[2] * d3],
    information: [i11 + precision[0], i12, i13, i22 + precision[1], i23, i33 + precision[2]],
    objective: logLikelihood / dispersion - 0.5 * prior,
    pearson: used > 0 ? squares / used : 1,
    rho: spread > 0 ? Math.min(0.3, Math.max(0, excess / spread)) : 0,
  };
}

type Triangle = readonly [number, number, number, number, number, number];

function lowerFactor([a, b, c, d, e, f]: Triangle): [
  number,
  number,
  number,
  number,
  number,
  number,
] {
  const l11 = Math.sqrt(a);
  const l21 = b / l11;
  const l31 = c / l11;
  const l22 = Math.sqrt(Math.max(1e-12, d - l21 * l21));
  const l32 = (e - l31 * l21) / l22;
  const l33 = Math.sqrt(Math.max(1e-12, f - l31 * l31 - l32 * l32));
  return [l11, l21, l22, l31, l32, l33];
}

function solve3(information: Triangle, right: readonly [number, number, number]) {
  const [l11, l21, l22, l31, l32, l33] = lowerFactor(information);
  const y1 = right[0] / l11;
  const y2 = (right[1] - l21 * y1) / l22;
  const y3 = (right[2] - l31 * y1 - l32 * y2) / l33;
  const x3 = y3 / l33;
  const x2 = (y2 - l32 * x3) / l22;
  const x1 = (y1 - l21 * x2 - l31 * x3) / l11;
  return [x1, x2, x3] as const;
}

function covarianceFactor(information: Triangle): [number, number, number, number, number, number] {
  const first = solve3(information, [1, 0, 0]);
  const second = solve3(information, [0, 1, 0]);
  const third = solve3(information, [0, 0, 1]);
  return lowerFactor([first[0], first[1], first[2], second[1], second[2], third[2]]);
}
