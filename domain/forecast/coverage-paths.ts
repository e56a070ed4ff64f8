import type { Draws } from '../statistics/draws.ts';
import { drawsOf } from '../statistics/draws.ts';
import type { ForecastConstants } from './constants.ts';
import type { CoverageHistory } from './coverage-history.ts';
import type { HazardPosterior } from './hazard-posterior.ts';
import { pulseOn } from './hazard-posterior.ts';
import { weekdayOf } from './weekday-factors.ts';

/** Futures of a tenant's coverage. */
export interface CoveragePaths {
  paths: number;
  days: number;
  /** Share on future day d (from 0, tomorrow) in path p, at d * paths + p. */
  shares: Float32Array;
  /** People on a future day, the median path. */
  people: Float64Array;
  /** First whole percent above today's share. */
  firstTarget: number;
  /** Day offset (1 is tomorrow) on which path p first reaches target firstTarget + i, at i * paths + p; 0 never. */
  reached: Int32Array;
  targets: number;
}

export interface PathsInput {
  history: CoverageHistory;
  posterior: HazardPosterior;
  /** Day numbers, past and future. */
  campaigns: readonly number[];
  days: number;
  uniform: () => number;
}

/** Capable people lost per capable person and day, as gamma of the losses seen. */
const LOSS_PRIOR = { losses: 0.5, personDays: 5000 };
/** Half or double in a year: a growth that a few weeks suggest is not believed for longer. */
const GROWTH_MAX = Math.LN2 / 365;
/** Steps that the prior of their direction is worth. */
const DIRECTION_PRIOR = 5;
const DRIFT_DAYS = 7;
/** A draw above this mean is the rounded normal of the same variance. */
const NORMAL_ABOVE = 40;

/** Simulates `constants.paths` futures: parameters, drift of the hazard, steps, and chance person by person. */
export function coveragePaths(input: PathsInput, constants: ForecastConstants): CoveragePaths {
  const { history, days } = input;
  const { paths } = constants;
  const draws = drawsOf(input.uniform);
  const share = history.capable / history.people;
  const firstTarget = Math.floor(share * 100 + 1e-9) + 1;
  const targets = Math.max(0, 101 - firstTarget);
  const result: CoveragePaths = {
    ...{ paths, days, firstTarget, targets },
    shares: new Float32Array(days * paths),
    people: Float64Array.from({ length: days }, (_, d) =>
      Math.round(history.people * (1 + clamped(history.growth, GROWTH_MAX)) ** (d + 1)),
    ),
    reached: new Int32Array(targets * paths),
  };
  const calendar = calendarOf(input, constants);
  for (let path = 0; path < paths; path++)
    onePath(result, { path, input, constants, calendar, draws });
  return result;
}

/** What is the same in all paths: logarithms of weekday, age and pulse of every future day. */
function calendarOf(
  { history, posterior, campaigns, days }: PathsInput,
  { pulseDays }: ForecastConstants,
) {
  const weekday = new Float64Array(days);
  const slope = new Float64Array(days);
  const pulse = new Float64Array(days);
  for (let d = 0; d < days; d++) {
    const day = history.today + d + 1;
    weekday[d] = Math.log(posterior.weekdays[weekdayOf(day)] as number);
    slope[d] = Math.log((1 + history.age + d + 1) / (1 + history.age));
    pulse[d] = pulseOn(day, campaigns, pulseDays);
  }
  return { weekday, slope, pulse };
}

function onePath(
  { paths, days, shares, firstTarget, targets, reached }: CoveragePaths,
  parts: {
    path: number;
    input: PathsInput;
    constants: ForecastConstants;
    calendar: ReturnType<typeof calendarOf>;
    draws: Draws;
  },
): void {
  const { path, input, constants, calendar, draws } = parts;
  const { history, posterior } = input;
  const fit = drawnFit(posterior, draws);
  let { ceiling } = fit;
  const { theta, rho } = fit;
  const loss = lossPosterior(history);
  const lossRate = draws.gamma(loss.lost) / loss.exposed;
  const growth = clamped(history.growth + history.growthSe * draws.normal(), GROWTH_MAX);
  const [stepEvents, stepDays] = constants.stepPrior;
  const stepsSeen = history.falls.length + history.rises.length;
  const stepRate = draws.gamma(stepEvents + stepsSeen) / (stepDays + history.days);
  let stepAt = waitFor(stepRate, draws);
  const driftSd = fit.driftSd * Math.sqrt(DRIFT_DAYS);
  let people = history.people;
  let capable = history.capable;
  let drift = 0;
  let target = 0;
  for (let d = 0; d < days; d++) {
    if (d % DRIFT_DAYS === 0) drift += driftSd * draws.normal();
    const eta =
      theta[0] +
      theta[1] * (calendar.slope[d] as number) +
      theta[2] * (calendar.pulse[d] as number) +
      (calendar.weekday[d] as number) +
      drift;
    const hazard = 1 / (1 + Math.exp(-eta));
    const pool = Math.max(0, Math.round(ceiling * people - capable));
    const gained = pool > 0 ? drawnGain(pool, { hazard, rho }, draws) : 0;
    const lost = draws.poisson(lossRate * capable);
    people *= 1 + growth;
    capable = Math.min(people, Math.max(0, capable + gained - lost));
    if (d >= stepAt) {
      const size = drawnSize(history, constants, draws);
      // Whoever can be moved is as likely to be: few capable people make a rise likely, many a fall; as do those seen.
      const falls = history.falls.length + (DIRECTION_PRIOR * capable) / people;
      if (draws.uniform() * (stepsSeen + DIRECTION_PRIOR) < falls) capable *= 1 - size;
      else {
        capable += size * (people - capable);
        ceiling += size * (1 - ceiling);
      }
      stepAt = d + 1 + waitFor(stepRate, draws);
    }
    const share = capable / people;
    shares[d * paths + path] = share;
    while (target < targets && share >= (firstTarget + target) / 100 - 1e-9) {
      reached[target * paths + path] = d + 1;
      target += 1;
    }
  }
}

const clamped = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

function drawnFit(
  { ceilings, fits, cells, cell }: HazardPosterior,
  draws: Draws,
): { ceiling: number; theta: [number, number, number]; rho: number; driftSd: number } {
  const { driftSds, probabilities } = cells;
  const drawn = drawnIndex(probabilities, draws);
  const index = Math.floor(drawn / driftSds.length);
  const { theta, chol, rho } = fits[index] as HazardPosterior['fits'][number];
  const [z1, z2, z3] = [draws.normal(), draws.normal(), draws.normal()];
  return {
    ceiling: (ceilings[index] as number) + (draws.uniform() - 0.5) * cell,
    theta: [
      theta[0] + chol[0] * z1,
      theta[1] + chol[1] * z1 + chol[2] * z2,
      theta[2] + chol[3] * z1 + chol[4] * z2 + chol[5] * z3,
    ],
    rho,
    driftSd: driftSds[drawn % driftSds.length] as number,
  };
}

function drawnIndex(probabilities: ArrayLike<number>, draws: Draws): number {
  let left = draws.uniform();
  let index = 0;
  while (index < probabilities.length - 1 && left >= (probabilities[index] as number)) {
    left -= probabilities[index] as number;
    index += 1;
  }
  return index;
}

/** Beta-binomial; where large, the normal, and where small, gamma-Poisson, of the same mean and variance. */
function drawnGain(
  pool: number,
  { hazard, rho }: { hazard: number; rho: number },
  draws: Draws,
): number {
  const mean = pool * hazard;
  const inflation = 1 + (pool - 1) * rho;
  const variance = mean * (1 - hazard) * inflation;
  let gained: number;
  if (mean > NORMAL_ABOVE) gained = Math.round(mean + Math.sqrt(variance) * draws.normal());
  else if (inflation > 1.01) {
    const shape = mean / (inflation - 1);
    gained = draws.poisson((inflation - 1) * draws.gamma(Math.max(1e-3, shape)));
  } else gained = draws.poisson(mean);
  return Math.min(pool, Math.max(0, gained));
}

/** Losses seen, with the prior, and the capable people and days that they come from: a gamma posterior. */
export function lossPosterior({ losses, weights, spans, capableBefore }: CoverageHistory): {
  lost: number;
  exposed: number;
} {
  let lost = LOSS_PRIOR.losses;
  let exposed = LOSS_PRIOR.personDays;
  for (let i = 0; i < losses.length; i++) {
    const weight = weights[i] as number;
    lost += weight * (losses[i] as number);
    exposed += weight * (capableBefore[i] as number) * (spans[i] as number);
  }
  return { lost, exposed };
}

function waitFor(rate: number, draws: Draws): number {
  return Math.floor(-Math.log(1 - draws.uniform()) / Math.max(1e-9, rate));
}

/** The size of one of the steps seen, or of the prior, which counts as one. */
function drawnSize(
  { falls, rises }: CoverageHistory,
  { stepSize: [a, b] }: ForecastConstants,
  draws: Draws,
): number {
  const index = Math.floor(draws.uniform() * (falls.length + rises.length + 1));
  return falls[index] ?? rises[index - falls.length] ?? draws.beta(a, b);
}
