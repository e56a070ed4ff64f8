import { fraction, type Share } from '../share.ts';
import type { Cell } from './cells.ts';
import { TOP_SHARES } from './concentration.ts';
import { expectedCalls, type PriorityModel } from './model.ts';
import { deciles, firstOf, Order, peopleOf, type Rank } from './order.ts';

/** An order held against the calls that came after it was made, which it had not seen. */
export interface Backtest {
  /** When the order was made, and until when calls were counted: UTC milliseconds. */
  since: number;
  until: number;
  basis: PriorityModel['basis'];
  /** Calls of the people in the order. */
  calls: number;
  top: BacktestTop[];
  /** Tenths of the order, first to last. */
  deciles: Rank[];
}

/** The first people of the order, and calls they made; where equal places are cut, what they make on average. */
export interface BacktestTop {
  people: Share;
  calls: number;
  /** The same number of people, longest without capability first. */
  longestUnregistered: number;
  /** The same number of people drawn by lot: their share of all calls. */
  random: number;
}

export interface BacktestInput {
  since: number;
  until: number;
  /** Made from what was known at `since`. */
  model: PriorityModel;
  /** Features at `since`, calls up to `until`. */
  cells: readonly Cell[];
  longestUnregistered: readonly Rank[];
}

export function backtest(input: BacktestInput): Backtest {
  const { since, until, model, cells, longestUnregistered } = input;
  const order = new Order();
  for (const { features, people, calls } of cells) {
    const expected = expectedCalls(model, features);
    order.add(-expected, { people, calls, expected: people * expected });
  }
  const ranks = order.ranks();
  const whole = ranks.reduce((sum, { people }) => sum + people, 0);
  const calls = ranks.reduce((sum, rank) => sum + rank.calls, 0);
  const top = TOP_SHARES.map((share): BacktestTop => {
    const part = peopleOf(whole, share);
    const first = { part, whole };
    return {
      people: first,
      calls: Math.round(firstOf(ranks, part).calls),
      longestUnregistered: Math.round(firstOf(longestUnregistered, part).calls),
      random: calls * (fraction(first) ?? 0),
    };
  });
  return { since, until, basis: model.basis, calls, top, deciles: deciles(ranks) };
}
