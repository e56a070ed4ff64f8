import { type Cell, total } from './cells.ts';
import type { PriorityFeatures } from './features.ts';

/** What is usual among the people of a tenant: what the needs of one person are held against. */
export interface OwnRateScale {
  /** Needs per person and observed day. */
  needsPerDay: number;
  /** Shape of the gamma distribution of personal rates around their mean; small: few people have most needs. */
  shape: number;
  /** Share of needs that end in a call: of people who are capable, who are not, of whom it is not known. */
  callShare: { capable: number; notCapable: number; unknown: number };
}

/** A shape for tenants whose own history says too little: rates spread exponentially. */
const STATED_SHAPE = 1;
const SHAPE_BOUNDS = [0.3, 5] as const;
/** Below this many needs the shape is not estimated. */
const NEEDS_MIN = 100;
/** As many needs of which half are calls stand beside those that were seen. */
const PRIOR_NEEDS = 4;

/**
 * The scale of a tenant's own rates. The shape is the moment estimate of the negative binomial: what the
 * squares of the needs exceed those of a Poisson count with equal rates (Clayton and Kaldor 1987, Biometrics 43).
 */
export function ownRateScale(cells: readonly Cell[]): OwnRateScale {
  const needs = total(cells, ({ people, features }) => people * features.needs);
  const days = total(cells, ({ people, features }) => people * features.observedDays);
  const needsPerDay = days > 0 ? needs / days : 0;
  const expectedSquares = total(
    cells,
    ({ people, features }) => people * (needsPerDay * features.observedDays) ** 2,
  );
  const excess = total(cells, ({ people, features }) => {
    const expected = needsPerDay * features.observedDays;
    return people * ((features.needs - expected) ** 2 - features.needs);
  });
  const shareOf = (capable: (value: boolean | null) => boolean) => {
    const own = cells.filter(({ features }) => capable(features.capable));
    const seen = total(own, ({ people, features }) => people * features.needs);
    const calls = total(own, ({ people, features }) => people * features.calls);
    return (Math.min(calls, seen) + PRIOR_NEEDS / 2) / (seen + PRIOR_NEEDS);
  };
  return {
    needsPerDay,
    shape: needs < NEEDS_MIN ? STATED_SHAPE : bounded(expectedSquares / excess),
    callShare: {
      capable: shareOf((capable) => capable === true),
      notCapable: shareOf((capable) => capable === false),
      unknown: shareOf(() => true),
    },
  };
}

/** Needs no more uneven than chance leave nothing to divide by, or less: rates are then nearly equal. */
function bounded(shape: number): number {
  const [least, most] = SHAPE_BOUNDS;
  return shape > 0 && Number.isFinite(shape) ? Math.min(most, Math.max(least, shape)) : most;
}

/**
 * How many times as many needs as usual a person has: the posterior mean of a gamma rate after a Poisson count
 * (Greenwood and Yule 1920, J. R. Stat. Soc. 83; as empirical Bayes Clayton and Kaldor 1987). 1 where nothing was observed.
 */
export function ownNeedRate(features: PriorityFeatures, scale: OwnRateScale): number {
  const usual = scale.needsPerDay * features.observedDays;
  return (scale.shape + features.needs) / (scale.shape + usual);
}

/** As many needs that end as is usual are added to the person's own. */
const USUAL_NEEDS = 3;

/** How many times as often as usual the person's needs ended in a call; 1 where there were none. */
export function ownCallShare(features: PriorityFeatures, { callShare }: OwnRateScale): number {
  const { needs, calls, capable } = features;
  const usual =
    capable === null ? callShare.unknown : capable ? callShare.capable : callShare.notCapable;
  return (calls + USUAL_NEEDS * usual) / (needs + USUAL_NEEDS) / usual;
}
