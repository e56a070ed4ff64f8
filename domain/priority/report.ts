import { addDays, DAY_MS, type Day, type DayCutter } from '../day.ts';
import type { BacktestTop } from './backtest.ts';
import type { Caught } from './concentration.ts';
import { LOOKBACK_DAYS } from './history.ts';
import type { Rank } from './order.ts';
import type { RankingResult } from './ranking.ts';
import { factorOf, WEIGHTS } from './weights.ts';

/** How expected calls are worked out, and how good the order is: what people are shown. */
export interface PriorityReport {
  basis: 'fitted' | 'stated';
  /** In a sentence; null where fitted. */
  whyStated: string | null;
  /** Each with the factor by which it multiplies the expected calls. */
  weights: { feature: string; meaning: string; factor: number }[];
  /** Of everybody ranked, in the next 90 days. */
  expectedCalls: number;
  people: number;
  concentration: { first: Day; last: Day; calls: number; top: Caught[] } | null;
  backtest: { first: Day; last: Day; calls: number; top: BacktestTop[]; deciles: Rank[] } | null;
  whyNoBacktest: string | null;
}

/** `since` is the start of the reset log, `asOf` its end: UTC milliseconds. */
export function priorityReport(
  result: RankingResult,
  { since, asOf, cutter }: { since: number; asOf: number; cutter: DayCutter },
): PriorityReport {
  const { model, whyStated, people, expectedCalls, whyNoBacktest } = result;
  const from = Math.max(since, asOf - LOOKBACK_DAYS * DAY_MS);
  return {
    ...{ basis: model.basis, whyStated, people, whyNoBacktest },
    expectedCalls: rounded(expectedCalls, 3),
    weights: WEIGHTS.map(({ feature, meaning }, i) => {
      return { feature, meaning, factor: rounded(factorOf(feature, model.weights[i] ?? 0), 3) };
    }),
    concentration: result.concentration && {
      ...{ first: cutter.dayOf(from), last: cutter.dayOf(asOf) },
      calls: callsOf(result.concentration),
      top: result.concentration.map((top) => ({ ...top, chance: rounded(top.chance, 3) })),
    },
    backtest: result.backtest && {
      first: cutter.dayOf(result.backtest.since),
      last: lastDayBefore(result.backtest.until, cutter),
      calls: result.backtest.calls,
      top: result.backtest.top.map((top) => ({ ...top, random: rounded(top.random, 3) })),
      deciles: result.backtest.deciles.map((decile) => {
        return { ...decile, expected: rounded(decile.expected, 3) };
      }),
    },
  };
}

function callsOf([top]: Caught[]): number {
  return top?.calls.whole ?? 0;
}

/** The last day that ends by `until`; of an instant within a day, that day. */
function lastDayBefore(until: number, cutter: DayCutter): Day {
  const day = cutter.dayOf(until);
  return cutter.startOf(day) === until ? addDays(day, -1) : day;
}

/** As many digits as say something. */
function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
