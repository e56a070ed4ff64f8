import { describe, expect, test } from 'vitest';
import { uniformRandom } from '../../../domain/random.ts';
import { countModel } from '../../../domain/statistics/count-model.ts';
import { counterfactual } from '../../../domain/statistics/counterfactual.ts';
import { drawsOf } from '../../../domain/statistics/draws.ts';
import { durbinWatson } from '../../../domain/statistics/durbin-watson.ts';
import { linearModel } from '../../../domain/statistics/linear-model.ts';
import { negativeBinomialModel } from '../../../domain/statistics/negative-binomial-model.ts';
import { neweyWest } from '../../../domain/statistics/newey-west.ts';
import { seedOf } from '../../../domain/statistics/seed-of.ts';

const line = (length: number) => Array.from({ length }, (_, i) => [1, i]);

describe('a linear model', () => {
  test('finds the line that made the points', () => {
    const model = linearModel(line(5), [3, 5, 7, 9, 11]);

    expect(model.coefficients[0]).toBeCloseTo(3, 12);
    expect(model.coefficients[1]).toBeCloseTo(2, 12);
    expect(model.sigma).toBeCloseTo(0, 12);
  });

  test('refuses a column that repeats others, and as many columns as rows', () => {
    const twice = line(5).map(([one = 1, x = 0]) => [one, x, 2 * x]);

    expect(() => linearModel(twice, [1, 2, 4, 3, 5])).toThrow('repeats others');
    expect(() => linearModel(line(2), [1, 2])).toThrow('more rows than columns');
  });

  test('has wider errors than it would say where residuals resemble those before', () => {
    const waves = Array.from({ length: 60 }, (_, i) => i + 8 * Math.sin(i / 6));
    const model = linearModel(line(60), waves);
    const [, [, variance = 0] = []] = neweyWest(model, { lag: 8, smallSample: true });

    expect(Math.sqrt(variance)).toBeGreaterThan(1.5 * (model.standardErrors[1] ?? 0));
    expect(durbinWatson(model).statistic).toBeLessThan(0.2);
    expect(durbinWatson(model).p).toBeLessThan(1e-6);
  });
});

describe('a model of counts', () => {
  test('with an intercept alone is the mean, and an offset makes it a rate', () => {
    const design = [[1], [1], [1]];
    const offsets = [10, 20, 30].map(Math.log);
    const rate = countModel({ design, counts: [1, 2, 6], offsets });

    expect(countModel({ design, counts: [1, 2, 6] }).fitted[0]).toBeCloseTo(3, 8);
    expect(Math.exp(rate.coefficients[0] ?? 0)).toBeCloseTo(9 / 60, 8);
  });

  test('finds mean and theta of negative binomial counts', () => {
    const draws = drawsOf(uniformRandom(11));
    const counts = Array.from({ length: 4_000 }, () => draws.negativeBinomial(12, 4));
    const model = negativeBinomialModel({ design: counts.map(() => [1]), counts });

    expect(Math.exp(model.coefficients[0] ?? 0)).toBeCloseTo(12, 0);
    expect(Math.abs((model.theta ?? 0) - 4)).toBeLessThan(4 * (model.thetaStandardError ?? 0));
  });

  test('is the Poisson model where counts vary no more', () => {
    const counts = [9, 10, 11, 10, 9, 11, 10, 10];
    const model = negativeBinomialModel({ design: counts.map(() => [1]), counts });

    expect(model.theta).toBeNull();
    expect(model.fitted[0]).toBeCloseTo(10, 6);
  });

  test('tells what would have been without an intervention', () => {
    const counts = [100, 100, 100, 100, 50, 50, 50];
    const design = counts.map((_, i) => [1, i < 4 ? 0 : 1]);
    const model = countModel({ design, counts });
    const told = counterfactual({ design, counts }, model, {
      ...{ rows: [4, 5, 6], columns: [1], covariance: model.unscaled },
    });

    expect(told.sumWithout).toBeCloseTo(300, 5);
    expect(told.avoided).toBeCloseTo(150, 5);
    expect(told.sumObserved).toBe(150);
    // Of 3 x 100 estimated from 4 x 100, less 150 counted.
    expect(told.standardError).toBeCloseTo(Math.sqrt(300 * 300 * (1 / 400) + 150), 4);
  });
});

test('a seed follows from the numbers and their order alone', () => {
  expect(seedOf([1, 2])).toBe(seedOf([1, 2]));
  expect(seedOf([1, 2])).not.toBe(seedOf([2, 1]));
  expect(seedOf([0.1])).not.toBe(seedOf([0.1 + 1e-12]));
});
