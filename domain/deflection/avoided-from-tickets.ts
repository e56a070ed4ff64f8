import { uniformRandom } from '../random.ts';
import { drawsOf } from '../statistics/draws.ts';
import { seedOf } from '../statistics/seed-of.ts';
import type { CalibratedShare } from './calibrated-share.ts';
import type { Range } from './range.ts';
import { rangeOf } from './range.ts';

export interface AvoidedFromTickets extends Range {
  /** Futures that the range is of, in the order drawn. Below 0: tickets that self-service brought. */
  draws: Float64Array;
}

/** Tickets avoided by `served` self-served incidents, of both types, as calibrated on tickets. The same inputs give the same figures. */
export function avoidedFromTickets(
  served: number,
  { deltas }: Pick<CalibratedShare, 'deltas'>,
): AvoidedFromTickets {
  const { binomial } = drawsOf(uniformRandom(seedOf([served, ...deltas.subarray(0, 16)])));
  const draws = deltas.map((delta) =>
    delta < 0 ? -binomial(served, -delta) : binomial(served, Math.min(1, delta)),
  );
  return { ...rangeOf(draws), draws };
}
