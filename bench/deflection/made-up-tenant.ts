import { uniformRandom } from '../../domain/random.ts';
import { drawsOf } from '../../domain/statistics/draws.ts';
import type { TenantMonths } from './product-range.ts';

/** Between which bounds the chance lies that a need would have become a ticket. */
export type World = readonly [low: number, high: number];

/** Where the default assumptions hold, and where they are wrong. */
export const WORLDS = { right: [0.7, 0.95], wrong: [0.35, 0.55] } as const satisfies Record<
  string,
  World
>;

export interface MadeUpTenant extends TenantMonths {
  /** Tickets that the self-served incidents would have caused. */
  truth: number;
  /** Attempts at self-service, successful ones and others. */
  attempts: number[];
  /** The month in which self-service began, counted from 0. */
  liveFrom: number;
}

/** Factors of a month. */
export interface Shocks {
  /** Of the need, self-served or not: people join and leave. */
  need: number;
  /** Of the tickets alone: closed days, a change of how they are recorded. */
  desk: number;
}

const NO_SHOCKS: Shocks = { need: 1, desk: 1 };

export const MONTHS = 24;
/** Relative change of need a month. */
const TREND = [-0.002, 0.004] as const;

/**
 * A tenant of 24 months, self-service beginning in month 9 to 13, whose truth is known: 400 to 20,000 people, of whom
 * 2.8 to 4 % a month need a new password, with a yearly wave, a mild trend and counts 1.2 to 3 times more scattered
 * than Poisson ones; coverage grows along a logistic curve to 85 %; 55 to 90 % of the covered try self-service, 60 to
 * 95 % of tries succeed, 30 to 90 % of the others end at the helpdesk, and up to 1.2 % of the covered a month use it
 * without a need, always with success.
 */
export function madeUpTenant(
  seed: number,
  [least, most]: World,
  shocksOf: (month: number) => Shocks = () => NO_SHOCKS,
): MadeUpTenant {
  const { uniform, negativeBinomial, binomial, poisson } = drawsOf(uniformRandom(seed));
  const between = (low: number, high: number): number => low + (high - low) * uniform();
  const people = Math.round(Math.exp(between(Math.log(400), Math.log(20_000))));
  const needRate = between(0.028, 0.04);
  const propensity = between(least, most);
  const trial = between(0.55, 0.9);
  const success = between(0.6, 0.95);
  const induced = between(0, 0.012);
  const fallback = between(0.3, 0.9);
  const noise = between(1.2, 3);
  const trend = between(...TREND);
  const liveFrom = 9 + Math.floor(5 * uniform());

  const [tickets, served, attempts]: [number[], number[], number[]] = [[], [], []];
  let truth = 0;
  for (let month = 0; month < MONTHS; month++) {
    const since = month - liveFrom;
    const coverage = since < 0 ? 0 : 0.05 + 0.8 / (1 + Math.exp(-(since - 4) / 1.6));
    const season = 1 + 0.12 * Math.cos((2 * Math.PI * (month + 1)) / 12);
    const { need, desk } = shocksOf(month);
    const mean = people * needRate * season * Math.exp(trend * month) * need;
    const needs = negativeBinomial(mean, noise);
    const tries = binomial(needs, coverage * trial);
    const solved = binomial(tries, success);
    const played = poisson(people * coverage * induced);
    truth += binomial(solved, propensity);
    served.push(solved + played);
    attempts.push(tries + played);
    const called = binomial(needs - tries, propensity) + binomial(tries - solved, fallback);
    tickets.push(Math.round(called * desk));
  }
  return { tickets, served, attempts, truth, liveFrom };
}
