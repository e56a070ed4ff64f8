import { z } from 'zod';
import { parseDay } from '../../domain/day.ts';
import { CLASSIC_DEFAULTS, farrington1996 } from '../../domain/surveillance/farrington-1996.ts';
import {
  FARRINGTON_DEFAULTS,
  type FarringtonAnswer,
  type FarringtonControl,
  farringtonFlexible,
  type PeriodSeries,
} from '../../domain/surveillance/farrington-flexible.ts';
import type { Comparison, VectorKind } from './vector.ts';

/** A vector of numbers, of which some may be missing; R writes one of a single value as the value. */
const listOf = <T extends z.ZodType>(value: T) =>
  z.union([z.array(value), value.transform((one) => [one])]);
const Values = listOf(z.number().nullable());
/** R's flags come as booleans or as 0 and 1. */
const Flag = z.union([z.boolean(), z.number().transform(Boolean)]);
const Flags = listOf(Flag.nullable());
const Pair = z.tuple([z.number(), z.number()]);

/** R's NULL is written as null or as {}. */
const orNone = <T extends z.ZodType>(value: T) =>
  z.preprocess(
    (given) =>
      given === null || (typeof given === 'object' && Object.keys(given).length === 0)
        ? undefined
        : given,
    value.optional(),
  );

const Control = z.looseObject({
  b: z.number().optional(),
  w: z.number().optional(),
  reweight: z.boolean().optional(),
  trend: z.boolean().optional(),
  alpha: z.number().optional(),
  limit54: Pair.optional(),
  powertrans: z.enum(['2/3', '1/2', 'none']).optional(),
  populationOffset: orNone(z.boolean()),
  fitFun: orNone(z.string()),
});

/** Throws an Error for a model that has the population as an offset: counts of people of ours have none. */
function refuseOffset({ populationOffset, fitFun }: z.output<typeof Control>): void {
  if (populationOffset || fitFun?.includes('populationOffset'))
    throw new Error('A model with the population as an offset is not what we compute.');
}
const FlexibleVector = z.looseObject({
  observed: Values,
  freq: z.number(),
  epoch_as_date: z.boolean().nullish(),
  dates: z.array(z.string()).nullish(),
  control: Control.extend({
    noPeriods: z.number().optional(),
    weightsThreshold: z.number().optional(),
    pastWeeksNotIncluded: orNone(z.number()),
    pThresholdTrend: z.number().optional(),
    thresholdMethod: z.enum(['delta', 'nbPlugin', 'muan']).optional(),
  }),
  out: z.looseObject({
    index_1based: Values,
    upperbound: Values,
    alarm: Flags,
    expected: Values.optional(),
    mu0: Values.optional(),
    phi: Values.optional(),
    score: Values.optional(),
    pvalue: Values.optional(),
    trend_used: Flags.optional(),
    trend_coef: Values.optional(),
  }),
});

/** Bounds, and what is not compared with a count. */
const CLOSE = 1e-5;
/** A slope near 0, and a chance far out in a tail, keep fewer digits. */
const NEAR = 1e-4;
/** Differences below it are the rounding of R's own last step. */
const NOTHING = 1e-9;

const COMPARED: [keyof z.output<typeof FlexibleVector>['out'], keyof FarringtonAnswer, number][] = [
  ['upperbound', 'upper', CLOSE],
  ['expected', 'expected', CLOSE],
  ['mu0', 'mu0', CLOSE],
  ['phi', 'dispersion', CLOSE],
  ['score', 'score', NEAR],
  ['pvalue', 'p', NEAR],
  ['trend_coef', 'trend', NEAR],
];

/** `farringtonFlexible`: bounds and alarms of R's `surveillance`. */
export const farringtonFlexibleKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { observed, freq, epoch_as_date, dates, control, out } = FlexibleVector.parse(vector);
  refuseOffset(control);
  if (epoch_as_date && !dates)
    throw new Error('Years are to be counted by the calendar, but there are no dates.');
  const { pastWeeksNotIncluded, populationOffset: _, fitFun: __, ...given } = control;
  const settings = { ...FARRINGTON_DEFAULTS, ...defined(given) };
  settings.pastWeeksNotIncluded = pastWeeksNotIncluded ?? settings.w;
  const series = {
    ...{ observed, frequency: freq },
    ...(epoch_as_date && dates && { dates: dates.map(parseDay) }),
  };
  for (const [i, index] of out.index_1based.entries()) {
    const at = (index ?? 0) - 1;
    const { answer: ours, unknown } = answerAsR(series, at, settings);
    yield {
      name: `alarm[${i}]`,
      ...{ expected: out.alarm[i] ?? null, actual: ours?.alarm ?? null, tolerance: 0 },
    };
    if (unknown) continue;
    for (const [field, own, tolerance] of COMPARED) {
      const theirs = out[field] as (number | null)[] | undefined;
      if (!theirs) continue;
      const expected = theirs[i] ?? null;
      const actual = finite(ours?.[own] as number | null | undefined);
      yield { name: `${field}[${i}]`, expected, actual, tolerance: slack(tolerance, expected) };
    }
    const { trend_used: used } = out;
    if (used)
      yield {
        name: `trend_used[${i}]`,
        ...{
          expected: used[i] ?? null,
          actual: ours ? (ours.trend ?? null) !== null : null,
          tolerance: 0,
        },
      };
  }
};

/**
 * What R says where counts are missing: no alarm on a period that has none (`unknown`: there is nothing else to compare),
 * nor where one is missing among those of `limit54`. We judge a period by the counts there are.
 */
function answerAsR(
  series: PeriodSeries,
  at: number,
  settings: FarringtonControl,
): { answer: (Partial<FarringtonAnswer> & { alarm: boolean }) | null; unknown: boolean } {
  const isKnown = (i: number): boolean => (series.observed[i] ?? null) !== null;
  if (!isKnown(at)) return { answer: { alarm: false }, unknown: true };
  const answer = farringtonFlexible(series, at, settings);
  const periods = Array.from({ length: settings.limit54[1] }, (_, back) => at - back);
  if (!answer || periods.every(isKnown)) return { answer, unknown: false };
  const { upper: _, expected: __, ...rest } = answer;
  return { answer: { ...rest, alarm: false }, unknown: false };
}

/** As JSON has it, which knows no infinity. */
const finite = (value: number | null | undefined): number | null =>
  Number.isFinite(value) ? (value as number) : null;

const slack = (tolerance: number, expected: number | null): number =>
  expected === null || expected === 0 ? NOTHING : tolerance + NOTHING / Math.abs(expected);

/** What was given, without what was not. */
function defined<T extends object>(given: T): { [K in keyof T]-?: NonNullable<T[K]> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]-?: NonNullable<T[K]> };
}

const ClassicVector = z.looseObject({
  observed: listOf(z.number()),
  freq: z.number(),
  epoch_as_date: orNone(z.boolean()),
  control: Control,
  out: z.looseObject({
    index_1based: listOf(z.number()),
    upperbound: Values,
    alarm: listOf(z.union([z.boolean(), z.number().transform(Boolean)])),
    trend: listOf(z.union([z.number(), z.boolean().transform(Number)])).optional(),
  }),
});

/** `algo.farrington`: the same of the method of 1996. */
export const farrington1996Kind: VectorKind = function* (vector): Iterable<Comparison> {
  const { observed, freq, epoch_as_date, control, out } = ClassicVector.parse(vector);
  refuseOffset(control);
  if (epoch_as_date)
    throw new Error('The method of 1996 with years by the calendar is not what we compute.');
  const { populationOffset: _, fitFun: __, ...given } = control;
  const settings = { ...CLASSIC_DEFAULTS, ...defined(given) };
  for (const [i, index] of out.index_1based.entries()) {
    const ours = farrington1996({ observed, frequency: freq }, index - 1, settings);
    const expected = out.upperbound[i] ?? null;
    const actual = ours?.upper ?? null;
    yield { name: `upperbound[${i}]`, expected, actual, tolerance: slack(CLOSE, expected) };
    yield {
      name: `alarm[${i}]`,
      ...{ expected: out.alarm[i] ?? null, actual: ours?.alarm ?? null, tolerance: 0 },
    };
    if (out.trend)
      yield {
        name: `trend[${i}]`,
        ...{ expected: out.trend[i] ?? null, actual: ours ? Number(ours.trend) : null },
        tolerance: 0,
      };
  }
};
