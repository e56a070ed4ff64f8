import { uniformRandom } from '../random.ts';
import type { Beta } from '../statistics/beta-binomial.ts';
import { betaBinomial } from '../statistics/beta-binomial.ts';
import type { Draws } from '../statistics/draws.ts';
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
const BY_QUANTILES_MOST = 20_000;

/**
 * Tickets avoided as far as the logs can tell: `served` incidents under the assumptions, each type's share drawn once
 * for all of them, whatever the months they come from; the bounds of months are never added. The same inputs give the
 * same figures: the generator's seed follows from them.
 */
export function avoidedFromLogs(served: Served, assumptions: Assumptions): AvoidedFromLogs {
  const seed = seedOf([served.reset, served.unlock, ...numbersOf(assumptions)]);
  const draws = drawsOf(uniformRandom(seed));
  const reset = betaBinomialDraw(served.reset, avoidedShare(assumptions.reset).matched, draws);
  const unlock = betaBinomialDraw(served.unlock, avoidedShare(assumptions.unlock).matched, draws);
  const sums = Float64Array.from({ length: DRAWS }, () => reset() + unlock());
  return { ...rangeOf(sums), draws: sums };
}

/** Draws how many of `trials` succeed where the chance itself is Beta; of few trials by its quantiles, which is faster. */
function betaBinomialDraw(
  trials: number,
  share: Beta,
  { uniform, beta, binomial }: Draws,
): () => number {
  if (trials === 0) return () => 0;
  if (trials > BY_QUANTILES_MOST) return () => binomial(trials, beta(share.a, share.b));
  const { quantile } = betaBinomial(trials, share);
  return () => quantile(uniform());
}
