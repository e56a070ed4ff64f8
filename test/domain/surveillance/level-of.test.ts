import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unusualSeries } from '../../../domain/surveillance/false-discoveries.ts';
import { type JudgedPoint, levelOf, levelsOf } from '../../../domain/surveillance/level-of.ts';
import type { SeriesName } from '../../../domain/surveillance/series.ts';
import { SURVEILLANCE_DEFAULTS } from '../../../domain/surveillance/settings.ts';
import { aDayPoint, anHourPoint } from '../../build/findings.ts';

const SETTINGS = {
  ...SURVEILLANCE_DEFAULTS,
  daily: { watch: 0.02, alert: 0.005, critical: 0.0005 },
  hourly: { watch: 0.003, alert: 0.0005, critical: 0.00005 },
  leastEffect: { excess: 5, ratio: 1.5 },
};
const VOTE = { ...SETTINGS, detector: 'vote' as const };
const FARRINGTON = { ...SETTINGS, detector: 'farrington' as const };
const MANY = { observed: 40, expected: 10 };
const FEW = { observed: 3, expected: 1 };

describe('the level of a day', () => {
  test('is that of the chance of its most unusual window', () => {
    expect(levelOf(aDayPoint(0, { ...MANY, p: 0.03 }), SETTINGS)).toBe(null);
    expect(levelOf(aDayPoint(0, { ...MANY, p: 0.01 }), SETTINGS)).toBe('watch');
    expect(levelOf(aDayPoint(0, { ...MANY, p: 0.001 }), SETTINGS)).toBe('alert');
    expect(levelOf(aDayPoint(0, { ...MANY, p: 0.0001 }), SETTINGS)).toBe('critical');
    const slow = { observed: 12, expected: 10, windowObserved: 140, windowExpected: 70 };
    expect(levelOf(aDayPoint(0, { ...slow, window: 7, p: 0.0001 }), SETTINGS)).toBe('critical');
  });

  test('is watched at most where the effect is small', () => {
    expect(levelOf(aDayPoint(0, { ...FEW, p: 0.00001 }), SETTINGS)).toBe('watch');
  });

  test('is none without a judgement, whatever the detector', () => {
    const unjudged = aDayPoint(0, { expected: null, windowExpected: null, p: null });
    for (const settings of [SETTINGS, VOTE, FARRINGTON])
      expect(levelOf(unjudged, settings)).toBe(null);
  });

  test('needs consent between 0.002 and 0.05 where two methods vote, and is watched with it', () => {
    const told = (p: number, farrington: boolean | null) =>
      levelOf(aDayPoint(0, { ...MANY, p, farrington }), VOTE);
    expect(told(0.001, false)).toBe('alert');
    expect(told(0.003, false)).toBe(null);
    expect(told(0.003, null)).toBe(null);
    expect(told(0.003, true)).toBe('alert');
    expect(told(0.04, true)).toBe('watch');
    expect(told(0.05, true)).toBe(null);
  });

  test('is what Farrington says where it judges alone', () => {
    const told = (counts: object, farrington: boolean | null) =>
      levelOf(aDayPoint(0, { ...counts, p: 0.6, farrington }), FARRINGTON);
    expect(told(MANY, true)).toBe('alert');
    expect(told(FEW, true)).toBe('watch');
    expect(told(MANY, false)).toBe(null);
    expect(told(MANY, null)).toBe(null);
  });
});

describe('the level of an hour', () => {
  test('has its own bounds', () => {
    expect(levelOf(anHourPoint(0, { ...MANY, p: 0.004 }), SETTINGS)).toBe(null);
    expect(levelOf(anHourPoint(0, { ...MANY, p: 0.00001 }), SETTINGS)).toBe('critical');
  });

  test('is watched at least where a slow spray ends', () => {
    expect(levelOf(anHourPoint(0, { p: 1, slow: true, window: 24 }), SETTINGS)).toBe('watch');
    expect(levelOf(anHourPoint(0, { ...MANY, p: 0.0001, slow: true }), SETTINGS)).toBe('alert');
  });
});

describe('many series', () => {
  const names = ['failed', 'method:mobile SMS', 'country:DE', 'blocked', 'stop:x'] as const;
  const aDay = (ps: readonly number[]): JudgedPoint[] =>
    ps.map((p, i) => {
      const series: SeriesName = i < names.length ? (names[i] ?? 'failed') : `country:${i}`;
      return aDayPoint(0, { ...MANY, p, series });
    });

  test('a breakdown is never more than watched, however unusual', () => {
    for (const series of names.slice(1)) {
      expect(levelOf(aDayPoint(0, { ...MANY, series, p: 0 }), SETTINGS)).toBe('watch');
      expect(levelOf(anHourPoint(0, { ...MANY, series, p: 0 }), SETTINGS)).toBe('watch');
    }
  });

  test('a breakdown of one or two is nobody’s business, however rare', () => {
    const of = (series: SeriesName, observed: number) =>
      levelOf(aDayPoint(0, { series, observed, expected: 0.01, p: 0.00001 }), SETTINGS);
    expect(of('country:Czechia', 2)).toBe(null);
    expect(of('country:Czechia', 4)).toBe('watch');
    expect(of('failed', 2)).toBe('watch');
  });

  test('a breakdown that one in many series is by chance is not watched, a total is', () => {
    const points = aDay([0.004, 0.004]);
    expect(levelsOf(points, { settings: SETTINGS, judged: () => 40 })).toEqual(['alert', null]);
    expect(levelsOf(points, { settings: SETTINGS, judged: () => 2 })).toEqual(['alert', 'watch']);
  });

  test('an hour is one of 24 tests of the day, so that a day’s breakdowns are as quiet as a daily one', () => {
    const one = anHourPoint(3, { ...MANY, series: 'country:DE', p: 0.0006 });
    expect(levelsOf([one], { settings: SETTINGS, judged: () => 1 })).toEqual([null]);
    expect(levelsOf([{ ...one, p: 0.0001 }], { settings: SETTINGS, judged: () => 1 })).toEqual([
      'watch',
    ]);
  });

  test('says the same from the unusual ones as from all of them', () => {
    const chance = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 0.01, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 40 }), (ps) => {
        const all = aDay(ps);
        const read = all.filter(({ p }) => p !== null && p < 0.05);
        const levels = levelsOf(read, { settings: SETTINGS, judged: () => ps.length });
        const told = new Set(read.filter((_, i) => levels[i] !== null).map(({ series }) => series));
        const unusual = unusualSeries(ps);
        const breakdowns = all.filter(({ series }) => series !== 'failed');
        for (const point of breakdowns) {
          const expected =
            unusual[all.indexOf(point)] === true && levelOf(point, SETTINGS) !== null;
          expect(told.has(point.series)).toBe(expected);
        }
      }),
    );
  });

  test('nothing leads to nothing', () => {
    expect(levelsOf([], { settings: SETTINGS, judged: () => 0 })).toEqual([]);
  });
});
