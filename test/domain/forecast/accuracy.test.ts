import { describe, expect, test } from 'vitest';
import { pinballLoss } from '../../../bench/forecast/accuracy.ts';
import { contestOnCurves, contestOnSamples, overall } from '../../../bench/forecast/contest.ts';
import { monotoneCubic } from '../../../bench/forecast/growth-curves.ts';

// A small part of what `npm run bench` measures on twenty seeds: docs/performance.md has the figures.
describe('the forecast of coverage is better than a straight line and a logistic curve', () => {
  test.each([
    ['on growth curves', () => contestOnCurves({ seed: 900, rounds: 1, sizes: [1_000] })],
    ['on the sample tenant', () => contestOnSamples([201], [60, 120, 240, 300])],
  ])('%s', { timeout: 120_000 }, (_name, contest) => {
    const { product, line, logistic } = overall(contest());
    if (!product || !line || !logistic) throw new Error('Somebody took no part.');

    expect(product.pinball).toBeLessThan(line.pinball);
    expect(product.pinball).toBeLessThan(logistic.pinball);
    const inBand = product.within / product.points;
    expect(inBand).toBeGreaterThan(0.6);
    expect(inBand).toBeLessThan(0.97);
  });
});

test('a quantile that is missed costs by its side', () => {
  expect(pinballLoss(10, 8, 0.9)).toBeCloseTo(1.8, 12);
  expect(pinballLoss(8, 10, 0.9)).toBeCloseTo(0.2, 12);
});

test('a monotone cubic goes through its points and never turns between them', () => {
  const curve = monotoneCubic([0, 10, 20, 40], [0, 1, 1, 9]);
  const values = Array.from({ length: 41 }, (_, i) => curve(i));

  expect([0, 10, 20, 40].map(curve)).toEqual([0, 1, 1, 9]);
  expect(values.every((value, i) => value >= (values[i - 1] ?? 0))).toBe(true);
});
