import { describe, expect, test } from 'vitest';
import { forecastSeries } from '../../../../domain/forecast/counts/series-forecast.ts';
import { uniformRandom } from '../../../../domain/random.ts';
import { drawsOf } from '../../../../domain/statistics/draws.ts';

const steps = (length: number, valueAt: (t: number) => number): number[] =>
  Array.from({ length }, (_, t) => valueAt(t));

const forecast = (train: readonly number[], frequency: number, h = 12) =>
  forecastSeries({ train, frequency, h, random: uniformRandom(7) });

const ODD: [string, number[], number][] = [
  ['nothing', [], 7],
  ['one value', [3], 12],
  ['two values', [3, 9], 7],
  ['zeros', steps(60, () => 0), 7],
  ['one count in a year of zeros', steps(365, (t) => (t === 200 ? 1 : 0)), 7],
  ['always the same', steps(48, () => 12), 12],
  ['tiny counts', steps(100, (t) => ((t * 7919) % 11 === 0 ? 1 : 0)), 7],
  ['empty weekends', steps(90, (t) => (t % 7 > 4 ? 0 : 20 + ((t * 31) % 5))), 7],
  ['a straight line', steps(40, (t) => t), 4],
  ['falls to nothing', steps(60, (t) => Math.max(0, 50 - t)), 12],
  ['doubles again and again', steps(40, (t) => 2 ** t), 12],
  ['one outlier', steps(80, (t) => (t === 79 ? 100_000 : 10)), 7],
  ['large numbers', steps(60, (t) => 1e9 + 1e6 * (t % 12)), 12],
  ['small fractions', steps(60, (t) => 1e-4 * (2 + Math.sin(t))), 12],
  ['below zero', steps(60, (t) => -20 + (t % 12)), 12],
  ['unknown in between', steps(90, (t) => (t % 4 === 0 ? Number.NaN : 5 + (t % 7))), 7],
  ['unknown at the end', steps(60, (t) => (t > 30 ? Number.NaN : 5)), 7],
  ['all unknown', steps(60, () => Number.NaN), 7],
  ['no season', steps(50, (t) => 5 + ((t * 37) % 9)), 1],
  ['a season longer than the series', steps(30, (t) => 5 + ((t * 37) % 9)), 52],
];

describe('a forecast of a series', () => {
  test.each(ODD)('is finite and in order: %s', (_name, train, frequency) => {
    const { mean, lo95, lo80, hi80, hi95 } = forecast(train, frequency);

    expect(mean).toHaveLength(12);
    for (const i of mean.keys()) {
      const band = [lo95[i], lo80[i], hi80[i], hi95[i]].map(Number);
      expect([mean[i], ...band].every(Number.isFinite)).toBe(true);
      expect(band).toEqual([...band].sort((one, other) => one - other));
    }
  });

  test('is the same for the same random numbers', () => {
    const train = steps(100, (t) => 10 + ((t * 37) % 9));
    expect(forecast(train, 7)).toEqual(forecast(train, 7));
  });

  test('goes on with a season and a trend', () => {
    const truth = (t: number) => (200 + 2 * t) * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 12));
    const draws = drawsOf(uniformRandom(3));
    const { mean } = forecast(
      steps(96, (t) => draws.poisson(truth(t))),
      12,
    );

    for (const [i, value] of mean.entries()) expect(value / truth(96 + i)).toBeCloseTo(1, 0.6);
  });

  test('follows a level that has shifted', () => {
    const draws = drawsOf(uniformRandom(4));
    const { mean } = forecast(
      steps(200, (t) => draws.poisson(t < 140 ? 20 : 60)),
      7,
      14,
    );

    for (const value of mean) expect(value).toBeGreaterThan(48);
    for (const value of mean) expect(value).toBeLessThan(72);
  });

  test('does not see a trend in chance', () => {
    const draws = drawsOf(uniformRandom(5));
    const { mean } = forecast(
      steps(120, () => draws.poisson(40)),
      7,
      56,
    );

    for (const value of mean) expect(Math.abs(value - 40)).toBeLessThan(6);
  });

  test('has bands that hold what they say, of independent counts', () => {
    let [in80, in95, all] = [0, 0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const draws = drawsOf(uniformRandom(1_000 + seed));
      const came = steps(100 + 14, (t) => draws.negativeBinomial(t % 7 > 4 ? 6 : 20, 2));
      const { lo80, hi80, lo95, hi95 } = forecast(came.slice(0, 100), 7, 14);
      for (const [i, count] of came.slice(100).entries()) {
        all += 1;
        if (count >= Number(lo80[i]) && count <= Number(hi80[i])) in80 += 1;
        if (count >= Number(lo95[i]) && count <= Number(hi95[i])) in95 += 1;
      }
    }
    expect(in80 / all).toBeGreaterThan(0.76);
    expect(in80 / all).toBeLessThan(0.9);
    expect(in95 / all).toBeGreaterThan(0.92);
  });
});
