import type { Beta } from '../statistics/beta-binomial.ts';
import { type AssumptionSet, DEFAULT_SET, type SharePrior } from './assumption-set.ts';
import type { Assumptions } from './assumptions.ts';
import { DEFAULT_ASSUMPTIONS } from './assumptions.ts';
import { editedBeta } from './edited-beta.ts';

/** The shares that are assumed, by type of incident. */
export const SHARE_PRIORS = [
  { type: 'reset', name: 'induced' },
  { type: 'reset', name: 'propensity' },
  { type: 'unlock', name: 'induced' },
  { type: 'unlock', name: 'propensity' },
] as const;

export type SharePriorName = (typeof SHARE_PRIORS)[number];

/** Whether two ranges say the same. */
export function sameRange(a: SharePrior, b: SharePrior): boolean {
  return a.low === b.low && a.likely === b.likely && a.high === b.high;
}

/**
 * The distribution that a share is given: the default's own where it was left as the default is, else the Beta of the
 * likeliest value and the range. Throws a RangeError, for people, where no Beta is like that.
 */
export function priorOf(set: AssumptionSet, { type, name }: SharePriorName): Beta {
  const said = set.deflection[type][name];
  return sameRange(said, DEFAULT_SET.deflection[type][name])
    ? DEFAULT_ASSUMPTIONS[type][name]
    : editedBeta(said);
}

/** All four. Throws as `priorOf` does. */
export function assumptionsOf(set: AssumptionSet): Assumptions {
  const of = (type: 'reset' | 'unlock') => ({
    induced: priorOf(set, { type, name: 'induced' }),
    propensity: priorOf(set, { type, name: 'propensity' }),
  });
  return { reset: of('reset'), unlock: of('unlock') };
}
