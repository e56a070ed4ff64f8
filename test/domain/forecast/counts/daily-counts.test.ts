import { describe, expect, test } from 'vitest';
import { madeUpDays } from '../../../../bench/forecast/made-up-days.ts';
import { sumsInBand } from '../../../../bench/forecast/sums-in-band.ts';
import { addDays, parseDay } from '../../../../domain/day.ts';
import {
  type DailyForecast,
  type DailyHistory,
  forecastDailyCounts,
} from '../../../../domain/forecast/counts/daily-counts.ts';
import { uniformRandom } from '../../../../domain/random.ts';
import { drawsOf } from '../../../../domain/statistics/draws.ts';

const MONDAY = parseDay('2024-01-01');

/** Days from a Monday on: `countAt` of the day's offset is what is counted. */
function daysOf(
  past: number,
  countAt: (t: number) => number | null,
  holidayAt: (t: number) => boolean = () => false,
  ahead = 14,
): DailyHistory {
  const at = (t: number) => ({ day: addDays(MONDAY, t), holiday: holidayAt(t) });
  return {
    days: Array.from({ length: past }, (_, t) => ({ ...at(t), count: countAt(t) })),
    future: Array.from({ length: ahead }, (_, i) => at(past + i)),
    random: uniformRandom(11),
  };
}

function made(history: DailyHistory): DailyForecast {
  const forecast = forecastDailyCounts(history);
  if (!forecast) throw new Error('There is no forecast.');
  return forecast;
}

const meanOn = ({ paths }: DailyForecast, i: number): number =>
  paths.reduce((sum, path) => sum + Number(path[i]), 0) / paths.length;

describe('a forecast of daily counts', () => {
  test('needs 28 collected days, and something counted', () => {
    expect(forecastDailyCounts(daysOf(27, () => 5))).toBeNull();
    expect(forecastDailyCounts(daysOf(60, (t) => (t % 3 === 0 ? 5 : null)))).toBeNull();
    expect(forecastDailyCounts(daysOf(60, () => 0))).toBeNull();
    expect(made(daysOf(28, () => 5)).historyDays).toBe(28);
  });

  test('is 2,000 futures of whole counts, the same for the same random numbers', () => {
    const { history } = madeUpDays(3, { past: 120, ahead: 30 });
    const { paths, members } = made({ ...history, random: uniformRandom(1) });

    expect(paths).toHaveLength(2_000);
    expect(paths.every((path) => path.length === 30)).toBe(true);
    expect(
      paths.every((path) => path.every((count) => Number.isInteger(count) && count >= 0)),
    ).toBe(true);
    expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(made({ ...history, random: uniformRandom(1) }).paths).toEqual(paths);
  });

  test('tells weekends from weekdays, also over days that were not collected', () => {
    const draws = drawsOf(uniformRandom(5));
    const forecast = made(
      daysOf(84, (t) => {
        const count = draws.poisson(t % 7 > 4 ? 4 : 40);
        return t % 9 === 0 ? null : count;
      }),
    );
    for (let i = 0; i < 14; i++) {
      const usual = i % 7 > 4 ? 4 : 40;
      expect(meanOn(forecast, i) / usual).toBeGreaterThan(0.75);
      expect(meanOn(forecast, i) / usual).toBeLessThan(1.3);
    }
  });

  test('expects of a holiday what holidays brought, or a Sunday where there were none', () => {
    const draws = drawsOf(uniformRandom(6));
    const holiday = (t: number) => t === 122 || (t > 20 && t < 120 && t % 23 === 0);
    const count = (t: number) => draws.poisson(holiday(t) ? 2 : t % 7 > 4 ? 8 : 40);
    expect(meanOn(made(daysOf(120, count, holiday)), 2)).toBeLessThan(5);

    const never = made(
      daysOf(
        120,
        (t) => draws.poisson(t % 7 > 4 ? 8 : 40),
        (t) => t === 122,
      ),
    );
    expect(meanOn(never, 2)).toBeGreaterThan(5);
    expect(meanOn(never, 2)).toBeLessThan(12);
  });

  test('grows with the people', () => {
    const draws = drawsOf(uniformRandom(8));
    const history = daysOf(90, () => draws.poisson(50));
    const population = Array.from({ length: 104 }, (_, t) =>
      t < 90 ? (t < 5 ? null : 1_000) : 2_000,
    );

    const [alone, twice] = [made(history), made({ ...history, population })];

    expect(meanOn(twice, 5) / meanOn(alone, 5)).toBeCloseTo(2, 1);
  });

  test.each([
    ['starts late', daysOf(200, (t) => (t < 160 ? null : 9))],
    ['stops', daysOf(200, (t) => (t > 160 ? null : 9))],
    ['very rare', daysOf(400, (t) => (t % 90 === 7 ? 1 : 0))],
    ['an outbreak at the end', daysOf(100, (t) => (t > 97 ? 5_000 : 3))],
    [
      'always on holiday',
      daysOf(
        60,
        () => 4,
        () => true,
      ),
    ],
    [
      'nothing to tell',
      daysOf(
        60,
        () => 4,
        () => false,
        0,
      ),
    ],
  ])('is finite: %s', (_name, history) => {
    const { paths, dispersion } = made(history);

    expect(paths.every((path) => path.every(Number.isFinite))).toBe(true);
    expect(Number.isFinite(dispersion)).toBe(true);
  });

  test('has bands for sums over a week and eight weeks that hold what they say', {
    timeout: 120_000,
  }, () => {
    const inBand = { 7: { part: 0, whole: 0 }, 56: { part: 0, whole: 0 } };
    for (let seed = 1; seed <= 100; seed++) {
      const { history, came } = madeUpDays(seed, { past: seed % 2 === 0 ? 120 : 200, ahead: 56 });
      const { paths } = made(history);
      for (const days of [7, 56] as const) {
        const { part, whole } = sumsInBand(paths, came, { days, share: 0.8 });
        inBand[days].part += part;
        inBand[days].whole += whole;
      }
    }
    for (const { part, whole } of Object.values(inBand)) {
      expect(part / whole).toBeGreaterThan(0.72);
      expect(part / whole).toBeLessThan(0.88);
    }
  });
});
