import { describe, expect, test } from 'vitest';
import { uniformRandom } from '../../../domain/random.ts';
import { studentQuantile } from '../../../domain/statistics/distributions.ts';
import { drawsOf } from '../../../domain/statistics/draws.ts';
import { normalQuantile } from '../../../domain/statistics/normal.ts';

const COUNT = 40_000;

function momentsOf(draw: () => number) {
  const values = Array.from({ length: COUNT }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / COUNT;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / COUNT;
  return { mean, variance };
}

describe('drawn numbers', () => {
  const draws = drawsOf(uniformRandom(1));

  test.each([
    ['uniform', draws.uniform, 0.5, 1 / 12],
    ['normal', draws.normal, 0, 1],
    ['gamma of 3', () => draws.gamma(3), 3, 3],
    ['gamma of 0.3', () => draws.gamma(0.3), 0.3, 0.3],
    ['beta of 2 and 6', () => draws.beta(2, 6), 0.25, 0.0208],
    ['Poisson of 0.2', () => draws.poisson(0.2), 0.2, 0.2],
    ['Poisson of 12', () => draws.poisson(12), 12, 12],
    ['Poisson of 400', () => draws.poisson(400), 400, 400],
    ['negative binomial of 20 by 3', () => draws.negativeBinomial(20, 3), 20, 60],
    ['negative binomial of 20 by 1', () => draws.negativeBinomial(20, 1), 20, 20],
    ['binomial of 7 by 0.4', () => draws.binomial(7, 0.4), 2.8, 1.68],
    ['binomial of 900 by 0.3', () => draws.binomial(900, 0.3), 270, 189],
    ['binomial of 9,000 by 0.7', () => draws.binomial(9_000, 0.7), 6_300, 1_890],
  ])('have the mean and variance of their distribution: %s', (_name, draw, mean, variance) => {
    const moments = momentsOf(draw);

    // Five standard errors of the mean; variances of skewed distributions vary more.
    expect(Math.abs(moments.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / COUNT));
    expect(Math.abs(moments.variance / variance - 1)).toBeLessThan(0.08);
  });

  test('come again from the same seed, and differ with another', () => {
    const first = (seed: number) => Array.from({ length: 5 }, uniformRandom(seed));

    expect(first(7)).toEqual(first(7));
    expect(first(7)).not.toEqual(first(8));
  });
});

test('quantiles are those of the tables', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 8);
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228139, 3);
  expect(() => normalQuantile(1)).toThrow(RangeError);
});
