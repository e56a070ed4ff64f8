import type { Beta, BetaBinomial } from '../statistics/beta-binomial.ts';
import { betaBinomial } from '../statistics/beta-binomial.ts';
import type { Assumption } from './assumptions.ts';

/** The share of self-served incidents that would otherwise have been tickets: delta = (1 - induced) x propensity. */
export interface AvoidedShare {
  mean: number;
  sd: number;
  /** The Beta distribution of the same mean and standard deviation. */
  matched: Beta;
}

/** E[X] and E[X^2] of a Beta. */
function moments({ a, b }: Beta): [first: number, second: number] {
  return [a / (a + b), (a * (a + 1)) / ((a + b) * (a + b + 1))];
}

/** Exact moments of the product, and Pearson's match by them (Fan 1991 on products of Betas). */
export function avoidedShare({ induced, propensity }: Assumption): AvoidedShare {
  const [real1, real2] = moments({ a: induced.b, b: induced.a });
  const [asked1, asked2] = moments(propensity);
  const mean = real1 * asked1;
  const variance = real2 * asked2 - mean * mean;
  const weight = (mean * (1 - mean)) / variance - 1;
  return {
    ...{ mean, sd: Math.sqrt(variance) },
    matched: { a: mean * weight, b: (1 - mean) * weight },
  };
}

export interface AvoidedTickets {
  mean: number;
  sd: number;
  share: AvoidedShare;
  /** Of the tickets avoided, as a beta-binomial of the matched share. */
  distribution: BetaBinomial;
}

/**
 * Tickets avoided by `served` self-served incidents of one type: binomial, given the share. Mean and standard
 * deviation are exact; the quantiles, of the matched Beta, stay within half a percent of `served` of the exact ones.
 */
export function avoidedTickets(served: number, assumption: Assumption): AvoidedTickets {
  const share = avoidedShare(assumption);
  const second = share.sd ** 2 + share.mean ** 2;
  const variance = served * (share.mean - second) + served * served * share.sd ** 2;
  return {
    ...{ mean: served * share.mean, sd: Math.sqrt(variance), share },
    distribution: betaBinomial(served, share.matched),
  };
}
