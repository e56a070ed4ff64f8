import { describe, expect, test } from 'vitest';
import type { Day } from '../../../domain/day.ts';
import { addDays } from '../../../domain/day.ts';
import type { ForecastMade } from '../../../domain/forecast/coverage-forecast.ts';
import { arrivalOf, coverageForecast } from '../../../domain/forecast/coverage-forecast.ts';
import type { CoverageDay } from '../../../domain/forecast/coverage-history.ts';
import { modelInWords } from '../../../domain/forecast/model-in-words.ts';
import { runsAtOrAbove } from '../../../domain/forecast/runs-at-or-above.ts';
import { uniformRandom } from '../../../domain/random.ts';

const FIRST = '2025-01-06' as Day;

/** As many days, `counts` told the number of each; null: not collected. */
function history(days: number, counts: (day: number) => [number, number] | null): CoverageDay[] {
  return Array.from({ length: days }, (_, i) => i).flatMap((i) => {
    const [population, capable] = counts(i) ?? [];
    return population === undefined || capable === undefined
      ? []
      : [{ day: addDays(FIRST, i), population, capable }];
  });
}

function made(days: CoverageDay[], campaigns: Day[] = [], horizonDays = 90): ForecastMade {
  const random = uniformRandom(1);
  const forecast = coverageForecast({ days, campaigns, horizonDays, random });
  if (forecast.state !== 'ok') throw new Error(`No forecast: ${forecast.state}`);
  return forecast;
}

/** Everybody has the same chance per day; 80 % ever will. */
const saturating = (people: number, days: number) =>
  history(days, (i) => [people, Math.round(people * (0.8 - 0.6 * Math.exp(-i / 60)))]);

function expectSane({ quantiles, arrivals, runs, model }: ForecastMade): void {
  const names = ['p2_5', 'p10', 'p25', 'p50', 'p75', 'p90', 'p97_5'] as const;
  for (let d = 0; d < quantiles.p50.length; d++) {
    const ofDay = names.map((name) => quantiles[name][d] ?? Number.NaN);
    expect(ofDay.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect([...ofDay].sort((a, b) => a - b)).toEqual(ofDay);
  }
  for (const [i, { p10, p50, notReached }] of arrivals.entries()) {
    expect(notReached.whole).toBe(runs);
    expect(notReached.part).toBeGreaterThanOrEqual(arrivals[i - 1]?.notReached.part ?? 0);
    if (p50 !== null) expect(p10 ?? Number.NaN).toBeLessThanOrEqual(p50);
  }
  expect(JSON.stringify([quantiles, model])).not.toContain('null');
}

describe('the forecast of coverage', () => {
  test('says that the history is too short, and how many days it needs', () => {
    const days = history(13, () => [100, 10]);

    expect(
      coverageForecast({ days, campaigns: [], horizonDays: 90, random: uniformRandom(1) }),
    ).toEqual({ state: 'too_short', needDays: 14, haveDays: 13 });
  });

  test('says that everybody is capable', () => {
    const days = history(30, (i) => [100, Math.min(100, 80 + i)]);

    expect(
      coverageForecast({ days, campaigns: [], horizonDays: 90, random: uniformRandom(1) }),
    ).toEqual({ state: 'all_capable', day: addDays(FIRST, 29), population: 100 });
  });

  test('goes on as people become capable with a constant chance', () => {
    const forecast = made(saturating(5_000, 90));

    const inMonth = 0.8 - 0.6 * Math.exp(-119 / 60);
    expect(Math.abs((forecast.quantiles.p50[29] ?? 0) - inMonth)).toBeLessThan(0.02);
    expect(forecast.quantiles.p10[29]).toBeLessThan(inMonth);
    expect(forecast.quantiles.p90[29]).toBeGreaterThan(inMonth);
    expectSane(forecast);
  });

  test('tells of every whole percent above today’s coverage when it is reached', () => {
    const forecast = made(saturating(5_000, 90));

    // 80 - 60 e^(-89/60) is 66.4 %.
    expect(forecast.arrivals.map(({ targetPercent }) => targetPercent)).toEqual(
      Array.from({ length: 34 }, (_, i) => 67 + i),
    );
    // 80 - 60 e^(-t/60) passes 70 % on day 107.5: 18 or 19 days on.
    expect(Math.abs((arrivalOf(forecast, 70)?.p50 ?? 0) - 18.5)).toBeLessThan(4);
    expect(arrivalOf(forecast, 66)).toBeNull();
    expect(arrivalOf(forecast, 99)?.notReached.part).toBeGreaterThan(1_000);
  });

  test('counts the runs at or above a target on a day', () => {
    const forecast = made(saturating(5_000, 90));
    const at = (targetPercent: number, offset: number) =>
      runsAtOrAbove(forecast, { targetPercent, offset }) ?? Number.NaN;

    expect(at(66, 0)).toBe(2_000);
    expect(at(67, 0)).toBe(0);
    expect(at(67, 7)).toBeGreaterThan(1_500);
    expect(at(100, 30)).toBe(0);
    expect(at(75, 60)).toBeLessThan(at(72, 60));
    expect(runsAtOrAbove(forecast, { targetPercent: 70, offset: 91 })).toBeNull();
  });

  test('is the same for the same seed, and plain JSON', () => {
    const days = saturating(1_000, 60);

    expect(made(days)).toEqual(made(days));
    expect(JSON.parse(JSON.stringify(made(days)))).toEqual(made(days));
  });

  test('takes a day that was not collected for missing, not for zero', () => {
    const whole = saturating(5_000, 90);
    const holed = whole.filter((_, i) => i % 5 !== 3 && (i < 40 || i > 52));

    const [a, b] = [made(whole), made(holed)];

    expect(Math.abs((a.quantiles.p50[29] ?? 0) - (b.quantiles.p50[29] ?? 0))).toBeLessThan(0.015);
  });

  test('takes a fall of many people in a day for a step, not for a rate', () => {
    const days = history(200, (i) => [3_000, i < 150 ? 1_500 + 2 * i : 900 + 2 * (i - 150)]);

    const { model, quantiles } = made(days);

    expect(model.steps).toMatchObject({ falls: 1, rises: 0 });
    expect(model.lostPerDay).toBeLessThan(0.1);
    expect(quantiles.p50[29]).toBeGreaterThan(1_000 / 3_000);
    // But it could happen again.
    expect(quantiles.p2_5[89]).toBeLessThan(0.3);
  });

  test('takes people who arrive all at once for a step of the population', () => {
    const days = history(200, (i) => (i < 150 ? [3_000, 1_500 + i] : [6_000, 1_650 + i - 150]));

    const { model, expectedPopulation } = made(days);

    expect(model.steps.falls).toBe(1);
    expect(expectedPopulation[89]).toBe(6_000);
  });

  test('grows with the population it is a part of', () => {
    const days = history(120, (i) => [2_000 + 2 * i, 1_000]);

    const { expectedPopulation, quantiles } = made(days);

    expect(Math.abs((expectedPopulation[89] ?? 0) - 2_418)).toBeLessThan(25);
    expect(quantiles.p25[89]).toBeLessThan(1_000 / 2_238);
  });

  test('expects more of a planned campaign', () => {
    const days = saturating(5_000, 90);

    const [without, planned] = [made(days), made(days, [addDays(FIRST, 95)])];

    expect(planned.quantiles.p50[19]).toBeGreaterThan((without.quantiles.p50[19] ?? 1) + 0.01);
  });

  test.each<[string, CoverageDay[]]>([
    ['nothing ever happens', history(100, () => [5_000, 1_000])],
    ['nobody is capable', history(100, () => [5_000, 0])],
    ['two people', history(60, (i) => [2, i > 30 ? 1 : 0])],
    ['200 people', history(100, (i) => [200, 20 + Math.floor(i / 4)])],
    ['a million people', saturating(1_000_000, 1_095)],
    ['all but one', history(60, (i) => [5_000, Math.min(4_999, 4_000 + 20 * i)])],
    ['all was taken away', history(90, (i) => [3_000, i < 60 ? 1_500 + i : 0])],
    ['to and fro', history(90, (i) => [3_000, i % 2 ? 1_800 : 1_500])],
    ['a day a week', history(200, (i) => (i % 7 === 0 ? [800, 100 + i] : null))],
    ['days without people', history(90, (i) => (i % 9 === 0 ? [0, 0] : [400, 100 + i]))],
  ])('stands whatever comes: %s', (_name, days) => {
    expectSane(made(days, [], 365));
  });

  test('says in words what it found', () => {
    const words = modelInWords(made(saturating(5_000, 90)).model);

    expect(words.map(({ name }) => name)).toContain('Who ever will');
    expect(words.map(({ text }) => text).join(' ')).not.toMatch(/NaN|undefined|Infinity/);
  });
});
