import type { AssumptionSet } from '../deflection/assumption-set.ts';
import type { Range } from '../deflection/range.ts';
import { uniformRandom } from '../random.ts';
import type { Draws } from '../statistics/draws.ts';
import { drawsOf } from '../statistics/draws.ts';
import { ticketCost } from './desk-cost.ts';
import { pert } from './pert.ts';
import { twoPieceLognormal } from './two-piece-lognormal.ts';

/**
 * Futures of what a ticket costs, in the order drawn. Each quantity has a stream of random numbers of its own from a
 * fixed seed: an edited amount moves the figures and chance does not, and a month costs in a trend what it costs alone.
 */
export const SEEDS = { cost: 11, handle: 12, userDesk: 13, userSelf: 14 } as const;

/** Minutes drawn `count` times. */
export function minutesFutures(range: Range, count: number, seed: number): Float64Array {
  return futures(count, seed, (draws) => pert(range, draws));
}

/** Minutes that the desk works on a ticket. */
export function handleFutures({ handleMinutes }: AssumptionSet['money'], count: number) {
  return minutesFutures(handleMinutes, count, SEEDS.handle);
}

/** What a ticket costs the desk: with the own rate, future by future what the handle minutes of that future do. */
export function costFutures(money: AssumptionSet['money'], count: number): Float64Array {
  const cost = ticketCost(money);
  if ('hourlyRate' in cost)
    return handleFutures(money, count).map((minutes) => (minutes / 60) * cost.hourlyRate);
  return futures(count, SEEDS.cost, ({ normal }) => twoPieceLognormal(cost, normal()));
}

function futures(count: number, seed: number, draw: (draws: Draws) => number): Float64Array {
  const draws = drawsOf(uniformRandom(seed));
  return Float64Array.from({ length: count }, () => draw(draws));
}
