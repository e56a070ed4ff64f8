import { uniformRandom } from '../random.ts';
import { drawsOf } from '../statistics/draws.ts';
import { seedOf } from '../statistics/seed-of.ts';
import type { Assumptions } from './assumptions.ts';
import { numbersOf } from './assumptions.ts';
import { avoidedShare } from './closed-form.ts';
import type { Range } from './range.ts';
import { rangeOf } from './range.ts';

/** Settled self-served incidents by type. */
export interface Served {
  reset: number;
  unlock: number;
}

export interface AvoidedFromLogs extends Range {
  /** Futures that the range is of, in the order drawn: money is worked out future by future. */
  draws: Float64Array;
}

const DRAWS = 20_000;

/**
 * Tickets avoided as far as the logs can tell: `served` incidents under the assumptions, each type's share drawn once
 * for all of them, whatever the months they come from; the bounds of months are never added. The same inputs give the
 * same figures: the generator's seed follows from them.
 */
export function avoidedFromLogs(served: Served, assumptions: Assumptions): AvoidedFromLogs {
  const seed = seedOf([served.reset, served.unlock, ...numbersOf(assumptions)]);
  const { beta, binomial } = drawsOf(uniformRandom(seed));
  const reset = avoidedShare(assumptions.reset).matched;
  const unlock = avoidedShare(assumptions.unlock).matched;
  const draws = Float64Array.from(
    { length: DRAWS },
    () =>
      binomial(served.reset, beta(reset.a, reset.b)) +
      binomial(served.unlock, beta(unlock.a, unlock.b)),
  );
  return { ...rangeOf(draws), draws };
}
