import { uniformRandom } from '../random.ts';
import type { Draws } from '../statistics/draws.ts';
import { drawsOf } from '../statistics/draws.ts';
import { seedOf } from '../statistics/seed-of.ts';
import type { Assumption, Assumptions } from './assumptions.ts';
import { numbersOf } from './assumptions.ts';
import type { Served } from './avoided-from-logs.ts';
import type { Displacement } from './displacement.ts';
import type { Range } from './range.ts';
import { rangeOf } from './range.ts';

/** What is believed of the avoided share after seeing the tickets. */
export interface CalibratedShare {
  /** Values as likely as each other, in the order drawn. Below 0: self-service brought tickets. */
  deltas: Float64Array;
  range: Range;
  /** The part that the tickets put on "anything may be", of which they were given `FLAT_PART`. */
  flatWeight: number;
  /** The tickets contradict the assumptions: `flatWeight` is above a half. */
  contradicted: boolean;
}

type Estimate = Pick<Displacement, 'delta' | 'standardError'>;

const PRIOR_DRAWS = 20_000;
const DRAWS = 4_000;
/** Part of the prior that believes nothing: uniform from -0.1 to 1. */
export const FLAT_PART = 0.2;
const FLAT = { low: -0.1, high: 1 };
/** Errors of Newey and West are too narrow on two years of months; and no regression is exact. */
const ERROR_FACTOR = 1.4;
const ERROR_FLOOR = 0.05;
const DEGREES = 6;

/**
 * Assumptions and tickets together: 80 % of the prior are draws of (1 - induced) x propensity, mixed as `served` is,
 * 20 % are flat, so that tickets can overrule the assumptions (a robust mixture prior: Berger and Berliner 1986); the
 * regression's estimate weighs them by Student's t of 6 degrees; sampling importance resampling (Rubin 1988). The
 * same inputs give the same figures.
 */
export function calibratedShare({
  served,
  assumptions,
  estimate,
}: {
  /** Over the history that the estimate is from. */
  served: Served;
  assumptions: Assumptions;
  estimate: Estimate;
}): CalibratedShare {
  const seed = seedOf([
    ...[served.reset, served.unlock, estimate.delta, estimate.standardError],
    ...numbersOf(assumptions),
  ]);
  const draws = drawsOf(uniformRandom(seed));
  const all = served.reset + served.unlock;
  const resets = all > 0 ? served.reset / all : 1;
  const flat = Math.round(FLAT_PART * PRIOR_DRAWS);
  const prior = Float64Array.from({ length: PRIOR_DRAWS }, (_, i) =>
    i < flat
      ? FLAT.low + (FLAT.high - FLAT.low) * draws.uniform()
      : resets * shareDrawn(assumptions.reset, draws) +
        (resets < 1 ? (1 - resets) * shareDrawn(assumptions.unlock, draws) : 0),
  );
  const weights = prior.map((delta) => likelihood(delta, estimate));
  const allWeights = weights.reduce((sum, weight) => sum + weight, 0);
  const flatWeight =
    weights.subarray(0, flat).reduce((sum, weight) => sum + weight, 0) / allWeights;
  const deltas = shuffled(resampled(prior, weights, draws), draws);
  return { deltas, range: rangeOf(deltas), flatWeight, contradicted: flatWeight > 0.5 };
}

function shareDrawn({ induced, propensity }: Assumption, { beta }: Draws): number {
  return (1 - beta(induced.a, induced.b)) * beta(propensity.a, propensity.b);
}

/** Up to a factor. */
function likelihood(delta: number, { delta: estimated, standardError }: Estimate): number {
  const scale = Math.hypot(ERROR_FACTOR * standardError, ERROR_FLOOR);
  return (1 + ((estimated - delta) / scale) ** 2 / DEGREES) ** (-(DEGREES + 1) / 2);
}

/** With evenly spaced steps through the weights: less chance than drawing one by one (Kitagawa 1996). */
function resampled(prior: Float64Array, weights: Float64Array, { uniform }: Draws): Float64Array {
  const step = weights.reduce((sum, weight) => sum + weight, 0) / DRAWS;
  const start = uniform();
  let [at, passed] = [0, weights[0] as number];
  return Float64Array.from({ length: DRAWS }, (_, i) => {
    while (passed < (i + start) * step && at < prior.length - 1) passed += weights[++at] as number;
    return prior[at] as number;
  });
}

/** In random order (Fisher and Yates): draws of other things are combined with these one by one. */
function shuffled(values: Float64Array, { uniform }: Draws): Float64Array {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [values[i], values[j]] = [values[j] as number, values[i] as number];
  }
  return values;
}
