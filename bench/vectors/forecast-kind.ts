import { z } from 'zod';
import { forecastSeries } from '../../domain/forecast/counts/series-forecast.ts';
import { uniformRandom } from '../../domain/random.ts';
import { seedOf } from '../../domain/statistics/seed-of.ts';
import type { Comparison, VectorKind } from './vector.ts';

const Values = z.array(z.number().nullable()).min(1);
const ForecastVector = z.looseObject({
  train: Values,
  test: Values,
  frequency: z.number().positive(),
  /** Mean absolute seasonal naive error within `train`. */
  mase_scale: z.number().positive(),
  out: z
    .array(
      z.looseObject({
        method: z.string(),
        score: z.looseObject({ mase: z.number(), cover95: z.number().optional() }),
      }),
    )
    .min(1),
});

/** Our error next to the mean of R's methods: at most as much of it. */
const ERROR_MOST = 1.02;
/** Values that the 95 % band holds, at least; and of a horizon, how many fewer are still chance. */
const COVERAGE_LEAST = 0.9;
const VALUES_BY_CHANCE = 1;

/**
 * `forecast`: the steps after a series, whose counts are known. Passes where the mean absolute scaled error (Hyndman and
 * Koehler 2006) is at most 1.02 times the mean of R's methods, each method with its best specification, and where the
 * 95 % band holds at least 0.90 of the values, less one value.
 */
export const forecastKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { train, test, frequency, mase_scale, out } = ForecastVector.parse(vector);
  const history = train.map((value) => value ?? Number.NaN);
  const told = forecastSeries({
    ...{ train: history, frequency, h: test.length },
    random: uniformRandom(seedOf(history)),
  });
  const known = test.flatMap((value, i) => (value === null ? [] : [{ value, i }]));
  const held = (low: readonly number[], high: readonly number[]): number =>
    known.filter(({ value, i }) => value >= (low[i] ?? Infinity) && value <= (high[i] ?? -Infinity))
      .length / known.length;
  const error =
    known.reduce((sum, { value, i }) => sum + Math.abs(value - (told.mean[i] ?? Number.NaN)), 0) /
    (known.length * mase_scale);
  const [cover80, cover95] = [held(told.lo80, told.hi80), held(told.lo95, told.hi95)];
  const theirs = bestOfEach(out);
  const mean = theirs.reduce((sum, { mase }) => sum + mase, 0) / theirs.length;
  yield {
    name: `MASE, at most ${ERROR_MOST} times the mean of R's methods (${mean.toFixed(3)}):`,
    ...{ expected: 0, actual: error, tolerance: ERROR_MOST * mean },
    figure: `MASE ${error.toFixed(3)}, R's mean ${mean.toFixed(3)} (${theirs
      .map(({ method, mase }) => `${method} ${mase.toFixed(3)}`)
      .join(', ')}); held by 80 % band ${cover80.toFixed(2)}, by 95 % band ${cover95.toFixed(2)}`,
  };
  const least = COVERAGE_LEAST - VALUES_BY_CHANCE / known.length;
  yield {
    name: `coverage of the 95 % band, at least ${least.toFixed(3)}:`,
    ...{ expected: 1, actual: cover95, tolerance: 1 - least + 1e-12 },
  };
};

function bestOfEach(
  out: z.output<typeof ForecastVector>['out'],
): { method: string; mase: number }[] {
  const best = new Map<string, number>();
  for (const { method, score } of out)
    best.set(method, Math.min(score.mase, best.get(method) ?? Number.POSITIVE_INFINITY));
  return [...best].map(([method, mase]) => ({ method, mase }));
}
