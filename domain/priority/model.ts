import { type Cell, total } from './cells.ts';
import type { PriorityFeatures, Tenure } from './features.ts';
import { HORIZON_DAYS } from './history.ts';
import { type OwnRateScale, ownRateScale } from './own-rate.ts';
import { ridgePoisson } from './ridge-poisson.ts';
import { dot } from './solve.ts';
import { logWeight, WEIGHTS } from './weights.ts';

/** Expected calls of anybody: level times factors. */
export interface PriorityModel {
  basis: 'fitted' | 'stated';
  /** Logarithm of the calls per 30 days of somebody of whom nothing is known. */
  level: number;
  /** In the order of `WEIGHTS`, on the scale of logarithms. */
  weights: readonly number[];
  /** Mean of each feature where it is known: what stands for an unknown one. */
  means: readonly number[];
  scale: OwnRateScale;
}

/** Days for which the level counts calls. */
export const STEP_DAYS = 30;
const STEPS = HORIZON_DAYS / STEP_DAYS;

const STATED = WEIGHTS.map(({ feature, factor }) => logWeight(feature, factor));
/** Calls per person and 30 days where the log says nothing, and how many months of one person it stands for. */
const PRIOR_CALLS = { perMonth: 0.05, months: 100 };
/** A factor may well be 1.6 times the stated one, or 1.6 times less: standard deviation of its logarithm. */
const PRIOR_DEVIATION = 0.5;
const FITTED = WEIGHTS.filter(({ fitted }) => fitted).length;

/**
 * The model by stated weights. Its level is that of the tenant's own calls per observed day in `cells`, among
 * whom the mean factor is made 1.
 */
export function statedModel(cells: readonly Cell[]): PriorityModel {
  const scale = ownRateScale(cells);
  const means = knownMeans(cells, scale);
  const model = { basis: 'stated' as const, level: 0, weights: STATED, means, scale };
  const months = total(cells, ({ people, features }) => people * features.observedDays) / STEP_DAYS;
  const calls = total(cells, ({ people, features }) => people * features.calls);
  const rate = (calls + PRIOR_CALLS.perMonth * PRIOR_CALLS.months) / (months + PRIOR_CALLS.months);
  const people = total(cells, (cell) => cell.people);
  if (people === 0) return { ...model, level: Math.log(rate) };
  const factors = total(cells, (cell) => cell.people * Math.exp(logFactor(model, cell.features)));
  return { ...model, level: Math.log((rate * people) / factors) };
}

/**
 * The model fitted on `cells`, whose calls are those of the 30 days after their features were taken: a ridge that
 * draws towards the stated weights, so that what the history cannot tell stays as stated.
 */
export function fittedModel(cells: readonly Cell[]): PriorityModel {
  const scale = ownRateScale(cells);
  const means = knownMeans(cells, scale);
  const rows = cells.map(({ features, people, calls, squares }) => {
    const x = [1, ...valuesOf(features, { means, scale }).slice(0, FITTED)];
    return { x, people, calls, squares };
  });
  const stated = STATED.slice(0, FITTED);
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const factors = rows.reduce(
    (sum, { x, people }) => sum + people * Math.exp(dot(x.slice(1), stated)),
    0,
  );
  const prior = [Math.log(calls / factors), ...stated];
  const [level = 0, ...weights] = ridgePoisson({ rows, prior, priorDeviation: PRIOR_DEVIATION });
  return { basis: 'fitted', level, weights: [...weights, ...STATED.slice(FITTED)], means, scale };
}

/** Calls expected of a person with these features in the next 90 days. */
export function expectedCalls(model: PriorityModel, features: PriorityFeatures): number {
  let calls = 0;
  let now = features;
  for (let step = 0; step < STEPS; step++) {
    calls += Math.exp(model.level + logFactor(model, now));
    now = later(now);
  }
  return calls;
}

const NEXT_TENURE: Record<Tenure, Tenure> = {
  first_30_days: 'first_90_days',
  first_90_days: 'longer',
  longer: 'longer',
};

/** What is known today about the same person 30 days on, if nothing happens. */
function later(features: PriorityFeatures): PriorityFeatures {
  const { tenure, needLately } = features;
  return {
    ...features,
    tenure: tenure && NEXT_TENURE[tenure],
    needLately: needLately === null ? null : false,
  };
}

function logFactor(
  model: Pick<PriorityModel, 'weights' | 'means' | 'scale'>,
  features: PriorityFeatures,
): number {
  return dot(valuesOf(features, model), model.weights);
}

/** The features' values as distances from what is usual: an unknown one is at no distance. */
function valuesOf(
  features: PriorityFeatures,
  { means, scale }: Pick<PriorityModel, 'means' | 'scale'>,
): number[] {
  return WEIGHTS.map(({ value }, i) => {
    const known = value(features, scale);
    return known === null ? 0 : known - (means[i] ?? 0);
  });
}

/** Mean of each feature over the people of whom it is known; 0 where it is known of nobody. */
function knownMeans(cells: readonly Cell[], scale: OwnRateScale): number[] {
  return WEIGHTS.map(({ value }) => {
    let sum = 0;
    let people = 0;
    for (const cell of cells) {
      const known = value(cell.features, scale);
      if (known === null) continue;
      sum += known * cell.people;
      people += cell.people;
    }
    return people === 0 ? 0 : sum / people;
  });
}

/** Steps of the means of what only the present tells: they must not move everybody's order every day. */
const COARSE = 10;

/** The same model for `cells` of the present, which also hold what cannot be known of a past day. */
export function withPresentMeans(model: PriorityModel, cells: readonly Cell[]): PriorityModel {
  const present = knownMeans(cells, model.scale);
  const means = WEIGHTS.map(({ fitted }, i) =>
    fitted ? (model.means[i] ?? 0) : Math.round((present[i] ?? 0) * COARSE) / COARSE,
  );
  return { ...model, means };
}
