import type { Day } from '../day.ts';
import type { PowerTransform } from './farrington-bound.ts';
import { type Bound, boundZ, negativeBinomialBound, powerBound } from './farrington-bound.ts';
import {
  type Baseline,
  type FarringtonPrediction,
  farringtonPrediction,
} from './farrington-fit.ts';
import { referenceBlocks } from './reference-blocks.ts';
import { dayNumber, referenceDates } from './reference-dates.ts';

/** Counts of periods of equal length, oldest first. */
export interface PeriodSeries {
  /** Null where not collected. */
  observed: readonly (number | null)[];
  /** Periods of a year: 12, 52, 365 or any other. */
  frequency: number;
  /** First days of the periods where years are to be counted by the calendar; else `frequency` periods are a year. */
  dates?: readonly Day[];
}

/** The names and defaults are those of R's `farringtonFlexible`. */
export interface FarringtonControl {
  /** Years to look back. */
  b: number;
  /** Periods to each side of the same one in earlier years. */
  w: number;
  /** Parts of a year that may differ in level; 1: compare only with the same part. */
  noPeriods: number;
  /** Periods before the tested one that are no part of its baseline. */
  pastWeeksNotIncluded: number;
  reweight: boolean;
  weightsThreshold: number;
  trend: boolean;
  pThresholdTrend: number;
  /** How the bound follows from the model: a power taken for normal, or a negative binomial about the mean or about its own upper bound. */
  thresholdMethod: 'delta' | 'nbPlugin' | 'muan';
  powertrans: PowerTransform;
  /** How often a usual period is above its bound. */
  alpha: number;
  /** No alarm with fewer than the first number of counts in as many periods as the second. */
  limit54: readonly [cases: number, periods: number];
}

export const FARRINGTON_DEFAULTS: Readonly<FarringtonControl> = {
  ...{ b: 5, w: 3, noPeriods: 1, pastWeeksNotIncluded: 3, reweight: true, weightsThreshold: 2.58 },
  ...{ trend: true, pThresholdTrend: 0.05, thresholdMethod: 'delta', powertrans: '2/3' },
  ...{ alpha: 0.05, limit54: [5, 4] },
};

export interface FarringtonAnswer {
  alarm: boolean;
  /** A count above it raises the alarm; null with too few counts to raise one. */
  upper: number | null;
  /** The period's mean, were it like its baseline; null with too few counts. */
  expected: number | null;
  /** The mean that the bound is a quantile about. */
  mu0: number;
  /** Variance over mean, at least 1. */
  dispersion: number;
  /** Above 1: an alarm. With `nbPlugin` and `muan` on R's scale, which is neither counts nor their logarithms. */
  score: number;
  /** The chance of a count as high. */
  p: number;
  /** ln of the growth of a period; null where there is no trend. */
  trend: number | null;
}

/**
 * Whether the count of a period is unusually high for its time of the year: Farrington Flexible (Noufaily et al. 2013), as
 * R's `surveillance` 1.20.3 computes it. `index`: of the tested period, from 0. Null where its count is missing, the
 * series does not reach back far enough or the model cannot be fitted.
 */
export function farringtonFlexible(
  series: PeriodSeries,
  index: number,
  control: FarringtonControl,
): FarringtonAnswer | null {
  const observed = series.observed[index] ?? null;
  const baseline = baselineOf(series, index, control);
  if (observed === null || !baseline) return null;
  const model = farringtonPrediction(baseline, { ...control, years: control.b, flexible: true });
  if (!model) return null;
  const link = control.thresholdMethod !== 'delta';
  const fit = link ? model.eta : Math.exp(model.eta);
  const bound = boundOf(observed, model, control);
  if (!bound) return null;
  const { upper, p, mu0 } = bound;
  const score = (observed - fit) / (upper - fit);
  const enough = countsBefore(series.observed, index, control.limit54[1]) >= control.limit54[0];
  return {
    ...{ mu0, score, p, dispersion: model.dispersion, trend: model.trend },
    alarm: enough && observed > 0 && score > 1,
    upper: enough ? upper : null,
    expected: enough ? Math.exp(model.eta) : null,
  };
}

/** Null where the model says that anything may happen. */
function boundOf(
  observed: number,
  { eta, standardError, dispersion }: FarringtonPrediction,
  { thresholdMethod, alpha, powertrans: power }: FarringtonControl,
): (Bound & { mu0: number }) | null {
  const z = boundZ(alpha);
  const mean = Math.exp(eta);
  if (thresholdMethod === 'delta') {
    const error = mean * standardError;
    const bound = powerBound(observed, { mean, standardError: error, dispersion, z, power });
    // R takes the mean for its logarithm here; nothing depends on it.
    return { ...bound, mu0: Math.exp(mean + z * error) };
  }
  const mu0 = thresholdMethod === 'nbPlugin' ? mean : Math.exp(eta + z * standardError);
  if (!Number.isFinite(mu0)) return null;
  return { ...negativeBinomialBound(observed, { mean: mu0, dispersion, alpha }), mu0 };
}

/** Null where a year that is asked for is not in the series. */
function baselineOf(
  { observed, frequency, dates }: PeriodSeries,
  index: number,
  { b, w, noPeriods, pastWeeksNotIncluded }: FarringtonControl,
): Baseline | null {
  const numbers = dates?.map(dayNumber);
  const step = numbers ? (numbers[1] as number) - (numbers[0] as number) : 1;
  const at = (i: number): number => (numbers ? (numbers[i] as number) : i);
  const references = referencesOf(index, { years: b, frequency, ...(dates && { dates }) });
  if (!references) return null;
  const blocks = referenceBlocks(references, { halfWidth: w, parts: noPeriods });
  const indexes = [...blocks.keys()]
    .filter((i) => i < index - pastWeeksNotIncluded && (observed[i] ?? null) !== null)
    .sort((one, other) => one - other);
  return {
    counts: indexes.map((i) => observed[i] as number),
    times: indexes.map((i) => (at(i) - at(index)) / step),
    groups: indexes.map((i) => blocks.get(i) ?? 0),
  };
}

/** Indexes of the tested period and the same one in each year before. */
function referencesOf(
  index: number,
  { years, frequency, dates }: { years: number; frequency: number; dates?: readonly Day[] },
): number[] | null {
  const day = dates?.[index];
  if (!dates || !day) {
    const indexes = Array.from({ length: years + 1 }, (_, back) => index - back * frequency);
    return (indexes.at(-1) ?? 0) >= 0 ? indexes : null;
  }
  const indexOf = new Map(dates.map((date, i) => [dayNumber(date), i]));
  const indexes = referenceDates(day, { years, frequency }).map((date) => indexOf.get(date) ?? -1);
  return indexes.every((i) => i >= 0) ? indexes : null;
}

/** Of the period and those before it, missing ones being none. */
function countsBefore(
  observed: readonly (number | null)[],
  index: number,
  periods: number,
): number {
  return observed
    .slice(Math.max(0, index + 1 - periods), index + 1)
    .reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
