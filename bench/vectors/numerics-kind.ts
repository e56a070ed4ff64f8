import { z } from 'zod';
import { adjustedP } from '../../domain/statistics/adjusted-p.ts';
import {
  clopperPearsonInterval,
  jeffreysInterval,
  wilsonInterval,
} from '../../domain/statistics/binomial-interval.ts';
import {
  interquartileRange,
  medianAbsoluteDeviation,
  quantile,
} from '../../domain/statistics/quantile.ts';
import { Numbers } from './numbers.ts';
import type { Table } from './numerics-tables.ts';
import { TABLES } from './numerics-tables.ts';
import type { Comparison, VectorKind } from './vector.ts';

const Columns = z.record(z.string(), Numbers);
const Bounds = z.tuple([z.number(), z.number()]);
const Numerics = z.looseObject({
  quantile7: z
    .looseObject({
      x: Numbers,
      p: Numbers,
      q: Numbers,
      mad: z.number().optional(),
      iqr: z.number().optional(),
    })
    .optional(),
  binom_ci: z
    .array(
      z.looseObject({
        x: z.number(),
        n: z.number(),
        wilson: Bounds.optional(),
        clopper_pearson: Bounds.optional(),
        jeffreys: Bounds.optional(),
      }),
    )
    .optional(),
  benjamini_hochberg: z
    .looseObject({
      p: Numbers,
      bh: Numbers.optional(),
      holm: Numbers.optional(),
      by: Numbers.optional(),
    })
    .optional(),
});
type Numerics = z.output<typeof Numerics>;

/** `numerics`: distributions, intervals and adjusted p-values, as R's `stats` has them. */
export const numericsKind: VectorKind = function* (vector): Iterable<Comparison> {
  const numerics = Numerics.parse(vector);
  for (const [name, table] of Object.entries(TABLES))
    if (numerics[name] !== undefined)
      yield* tableComparisons(name, table, Columns.parse(numerics[name]));
  yield* sampleComparisons(numerics.quantile7);
  yield* intervalComparisons(numerics.binom_ci ?? []);
  yield* adjustmentComparisons(numerics.benjamini_hochberg);
};

function* tableComparisons(
  name: string,
  table: Table,
  columns: Readonly<Record<string, number[]>>,
): Iterable<Comparison> {
  for (const [i, expected] of (columns[table.result] ?? []).entries()) {
    const given = table.arguments.map((column) => columns[column]?.[i] ?? Number.NaN);
    const { tolerance } = table;
    yield { name: `${name}(${given.join(', ')})`, expected, actual: table.of(...given), tolerance };
  }
}

function* sampleComparisons(sample: Numerics['quantile7']): Iterable<Comparison> {
  if (!sample) return;
  const { x, p, q, mad, iqr } = sample;
  for (const [i, expected] of q.entries()) {
    const at = p[i] ?? Number.NaN;
    yield { name: `quantile(${at})`, expected, actual: quantile(x, at), tolerance: 1e-9 };
  }
  if (mad !== undefined)
    yield { name: 'mad', expected: mad, actual: medianAbsoluteDeviation(x), tolerance: 1e-9 };
  if (iqr !== undefined)
    yield { name: 'iqr', expected: iqr, actual: interquartileRange(x), tolerance: 1e-9 };
}

const INTERVALS = [
  ['wilson', wilsonInterval],
  ['clopper_pearson', clopperPearsonInterval],
  ['jeffreys', jeffreysInterval],
] as const;

function* intervalComparisons(shares: NonNullable<Numerics['binom_ci']>): Iterable<Comparison> {
  for (const { x, n, ...bounds } of shares)
    for (const [name, interval] of INTERVALS) {
      const actual = interval({ part: x, whole: n });
      for (const [i, expected] of (bounds[name] ?? []).entries())
        yield {
          name: `${name}(${x} of ${n})[${i}]`,
          ...{ expected, actual: actual[i] ?? null, tolerance: 1e-7 },
        };
    }
}

const ADJUSTMENTS = [
  ['holm', 'holm'],
  ['bh', 'benjamini-hochberg'],
  ['by', 'benjamini-yekutieli'],
] as const;

function* adjustmentComparisons(tests: Numerics['benjamini_hochberg']): Iterable<Comparison> {
  if (!tests) return;
  for (const [column, adjustment] of ADJUSTMENTS) {
    const actual = adjustedP(tests.p, adjustment);
    for (const [i, expected] of (tests[column] ?? []).entries())
      yield {
        name: `${column}[${i}]`,
        ...{ expected, actual: actual[i] ?? null, tolerance: 1e-9 },
      };
  }
}
