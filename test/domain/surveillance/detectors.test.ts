import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, HOUR_MS, parseDay } from '../../../domain/day.ts';
import { uniformRandom } from '../../../domain/random.ts';
import { type DailyTold, dailyDetector } from '../../../domain/surveillance/daily-detector.ts';
import type { DailyCount } from '../../../domain/surveillance/daily-series.ts';
import { type HourlyTold, hourlyDetector } from '../../../domain/surveillance/hourly-detector.ts';
import type { HourlyCount } from '../../../domain/surveillance/hourly-series.ts';

const FIRST = parseDay('2024-01-01');
const FIRST_AT = Date.UTC(2024, 0, 1);

const daysOf = (
  counts: readonly (number | null)[],
  holidays: readonly number[] = [],
): DailyCount[] =>
  counts.map((count, i) => ({ day: addDays(FIRST, i), count, holiday: holidays.includes(i) }));

const hoursOf = (counts: readonly (number | null)[]): HourlyCount[] =>
  counts.map((count, i) => ({
    ...{ at: FIRST_AT + i * HOUR_MS, count, localHour: i % 24 },
    ...{ weekday: Math.floor(i / 24) % 7, holiday: false },
  }));

/** Counts between 0 and twice `mean`, the same for a seed. */
function noise(mean: number, { length, seed }: { length: number; seed: number }): number[] {
  const random = uniformRandom(seed);
  return Array.from({ length }, () => Math.floor(random() * (2 * mean + 1)));
}

const lastOf = <T>(told: readonly T[]): T => {
  const last = told.at(-1);
  if (last === undefined) throw new Error('Nothing was told.');
  return last;
};

/** Whatever may be in the database. */
const anyCount = fc.oneof(
  { weight: 6, arbitrary: fc.nat(20) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.nat(2_000_000_000) },
);

function expectSound(told: readonly (DailyTold | HourlyTold)[]): void {
  for (const { observed, expected, upper, p, level } of told) {
    if (p !== null) expect(p >= 0 && p <= 1).toBe(true);
    if (observed === null) expect({ expected, upper, p, level }).toEqual(NOTHING);
    if (observed === 0) expect(level).toBeNull();
    if (expected !== null) expect(expected).toBeGreaterThan(0);
    if (upper !== null) expect(upper).toBeGreaterThan(0);
  }
}
const NOTHING = { expected: null, upper: null, p: null, level: null };

describe('the daily detector', () => {
  test('never throws and never raises an alarm on nothing, whatever the counts are', () => {
    const counts = fc.array(anyCount, { maxLength: 120 });
    fc.assert(
      fc.property(counts, fc.array(fc.nat(120)), (days, holidays) => {
        const told = dailyDetector(daysOf(days, holidays));
        expect(told).toHaveLength(days.length);
        expectSound(told);
      }),
      { numRuns: 40 },
    );
  });

  test.each([0, 7])('stays silent on a constant %i', (count) => {
    const told = dailyDetector(daysOf(new Array(90).fill(count)));

    expect(told.filter(({ level }) => level !== null)).toEqual([]);
  });

  test('raises the alarm on ten times as many as usual, from four weeks of history on', () => {
    const histories = fc.record({
      ...{ mean: fc.integer({ min: 1, max: 5000 }), seed: fc.nat() },
      length: fc.integer({ min: 28, max: 100 }),
    });
    fc.assert(
      fc.property(histories, ({ mean, ...of }) => {
        const told = dailyDetector(daysOf([...noise(mean, of), 10 * mean]), { newest: 1 });
        expect(lastOf(told).level).not.toBeNull();
      }),
      { numRuns: 60 },
    );
  });

  test('raises it with three years of history, season and holidays too', () => {
    const counts = noise(8, { length: 1095, seed: 4 });
    const holidays = counts.flatMap((_, i) => (i % 45 === 0 ? [i] : []));

    const [told] = dailyDetector(daysOf([...counts, 80], holidays), { newest: 1 });

    expect(told).toMatchObject({ observed: 80, level: 'critical', window: 1, agreed: true });
  });

  test('tells nothing before the eighth day, and something from it on', () => {
    const told = dailyDetector(daysOf(noise(20, { length: 12, seed: 1 })));

    expect(told.map(({ p }) => p !== null)).toEqual([
      ...new Array(7).fill(false),
      ...new Array(5).fill(true),
    ]);
  });

  test('gives the same answer whatever order the days came in', () => {
    const days = daysOf(noise(5, { length: 60, seed: 2 }));
    fc.assert(
      fc.property(fc.shuffledSubarray(days, { minLength: days.length }), (shuffled) => {
        expect(dailyDetector(shuffled, { newest: 5 })).toEqual(dailyDetector(days, { newest: 5 }));
      }),
      { numRuns: 10 },
    );
  });

  test('gives the same answer for a day whether it was the newest or not', () => {
    const days = daysOf(noise(5, { length: 120, seed: 3 }));

    const all = dailyDetector(days);

    for (const newest of [70, 100, 119])
      expect(dailyDetector(days.slice(0, newest + 1), { newest: 1 })).toEqual([all[newest]]);
  });

  test('says from which count on a day would be watched', () => {
    const counts = noise(6, { length: 100, seed: 5 });
    const told = (count: number): DailyTold =>
      lastOf(dailyDetector(daysOf([...counts, count]), { newest: 1 }));
    const upper = told(3).upper ?? 0;

    expect(told(upper).level).toBe('watch');
    expect(told(upper - 1).level).toBeNull();
  });

  test('does not raise more than a watch for a few counts more', () => {
    const counts = new Array(100).fill(0);

    expect(lastOf(dailyDetector(daysOf([...counts, 4]))).level).toBe('watch');
    expect(lastOf(dailyDetector(daysOf([...counts, 9]))).level).toBe('critical');
  });

  test('takes a holiday for a Sunday while few are known', () => {
    const counts = Array.from({ length: 70 }, (_, i) => (i % 7 < 5 ? 40 : 4));
    const told = (holiday: boolean): DailyTold =>
      lastOf(dailyDetector(daysOf([...counts, 30], holiday ? [70] : []), { newest: 1 }));

    expect(told(false).level).toBeNull();
    expect(told(true).level).toBe('critical');
  });
});

describe('the hourly detector', () => {
  test('never throws and never raises an alarm on nothing, whatever the counts are', () => {
    const counts = fc.array(anyCount, { minLength: 0, maxLength: 400 });
    fc.assert(
      fc.property(counts, (hours) => {
        const told = hourlyDetector(hoursOf(hours));
        expect(told).toHaveLength(hours.length);
        expectSound(told);
      }),
      { numRuns: 25 },
    );
  });

  test.each([0, 3])('stays silent on a constant %i', (count) => {
    const told = hourlyDetector(hoursOf(new Array(900).fill(count)));

    expect(told.filter(({ level }) => level !== null)).toEqual([]);
  });

  test('raises the alarm on ten times as many as usual, from two weeks of history on', () => {
    const histories = fc.record({
      ...{ mean: fc.integer({ min: 1, max: 2000 }), seed: fc.nat() },
      length: fc.integer({ min: 360, max: 1000 }),
    });
    fc.assert(
      fc.property(histories, ({ mean, ...of }) => {
        const told = hourlyDetector(hoursOf([...noise(mean, of), 10 * mean]), { newest: 1 });
        expect(lastOf(told).level).not.toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  test('gives the same answer whatever order the hours came in', () => {
    const hours = hoursOf(noise(2, { length: 300, seed: 2 }));

    const shuffled = [...hours].sort((one, other) => (one.at % 7919) - (other.at % 7919));

    expect(hourlyDetector(shuffled, { newest: 5 })).toEqual(hourlyDetector(hours, { newest: 5 }));
  });

  test('finds a spray that is too slow for an hour, once a day', () => {
    const usual = noise(1, { length: 1000, seed: 6 });
    const sprayed = usual.map((count, i) => (i >= 960 ? count + 1 : count));

    const told = hourlyDetector(hoursOf(sprayed), { newest: 40 });

    expect(told.filter(({ window, level }) => window === 24 && level).length).toBeGreaterThan(0);
    expect(told.filter(({ window, level }) => window === 24 && level).length).toBeLessThan(3);
  });
});
