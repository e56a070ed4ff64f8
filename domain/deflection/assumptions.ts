import type { Beta } from '../statistics/beta-binomial.ts';

/** What is assumed of the self-served incidents of one type. Judgement, wide on purpose; the administrator may edit it. */
export interface Assumption {
  /** Part that exists only because self-service is easy (iota). Kumar and Telang 2012 saw calls rise with self-service. */
  induced: Beta;
  /** Chance that a real need would have become a ticket without self-service (kappa). */
  propensity: Beta;
}

/** By type of incident: `unlock` if no flow of it completed a reset. */
export interface Assumptions {
  reset: Assumption;
  unlock: Assumption;
}

export const DEFAULT_ASSUMPTIONS: Assumptions = {
  // Means .17 and .80.
  reset: { induced: { a: 2, b: 10 }, propensity: { a: 16, b: 4 } },
  // Means .25 and .67: lockouts expire by themselves.
  unlock: { induced: { a: 3, b: 9 }, propensity: { a: 12, b: 6 } },
};

/** All numbers, in a fixed order: what a seed follows from. */
export function numbersOf({ reset, unlock }: Assumptions): number[] {
  return [reset, unlock].flatMap(({ induced, propensity }) => [
    ...[induced.a, induced.b, propensity.a, propensity.b],
  ]);
}
