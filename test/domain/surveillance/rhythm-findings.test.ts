import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../domain/day.ts';
import type { JudgedPoint } from '../../../domain/surveillance/level-of.ts';
import { rhythmFindings } from '../../../domain/surveillance/rhythm-findings.ts';
import { SURVEILLANCE_DEFAULTS } from '../../../domain/surveillance/settings.ts';
import { aDayPoint, anHourPoint, CUTTER, START } from '../../build/findings.ts';

const found = (points: readonly JudgedPoint[], settings = SURVEILLANCE_DEFAULTS) =>
  rhythmFindings(points, { settings, judged: () => 1, cutter: CUTTER });

const burst = (day: number) => aDayPoint(day, { observed: 300, p: 0.00001 });
/** A day that is hardly more than usual, in a window that is. */
const remembering = (day: number, window: 3 | 7) =>
  aDayPoint(day, {
    ...{ observed: 12, p: 0.0001, window },
    ...{ windowObserved: 300 + 10 * window, windowExpected: 10 * window },
  });
/** One of some days with half as much again. */
const rising = (day: number) =>
  aDayPoint(day, { observed: 15, p: 0.001, window: 7, windowObserved: 105, windowExpected: 70 });

const days = (startAt: number) => (startAt - START) / DAY_MS;

describe('what breaks the rhythm', () => {
  test('is told with the span and the counts of its window, and with a bound where that is one day', () => {
    const [one] = found([rising(6)]);
    expect(one).toMatchObject({ rule: 'failed_verifications', series: 'failed', subject: '' });
    expect(one).toMatchObject({ observed: 105, expected: 70, upper: null, carried: false });
    expect([days(one?.startAt ?? 0), days(one?.endAt ?? 0)]).toEqual([0, 7]);
    expect(found([burst(0)])[0]).toMatchObject({ observed: 300, upper: 20 });
    const hours = { p: 0.00001, window: 3, windowObserved: 60, windowExpected: 30 };
    const [hour] = found([anHourPoint(5, { ...hours, observed: 20 })]);
    expect(hour).toMatchObject({ startAt: START + 3 * HOUR_MS, endAt: START + 6 * HOUR_MS });
  });

  test('begins where it began, though its window is longer', () => {
    const week = { p: 0.00001, window: 7, windowObserved: 372, windowExpected: 70 };
    const [one] = found([aDayPoint(6, { ...week, observed: 310 })]);
    expect(one).toMatchObject({ observed: 310, expected: 10 });
    expect(days(one?.startAt ?? 0)).toBe(6);
  });

  test('belongs to the rule of its series', () => {
    const of = (series: JudgedPoint['series']) =>
      found([aDayPoint(0, { series, observed: 300, p: 0.00001 })])[0];
    expect(of('country:DE')).toMatchObject({ rule: 'failed_verifications', level: 'watch' });
    expect(of('admin_resets')).toMatchObject({ rule: 'admin_resets', subject: '' });
    expect(of('stop:no_licence')).toMatchObject({
      ...{ rule: 'configuration_stops', subject: 'no_licence', threshold: null },
    });
  });

  test('is not looked for where its rule is off', () => {
    const rhythm = { ...SURVEILLANCE_DEFAULTS.rhythm, failed_verifications: { on: false } };
    expect(found([burst(0)], { ...SURVEILLANCE_DEFAULTS, rhythm })).toEqual([]);
  });

  test('is nothing in nothing, and in what is usual', () => {
    expect(found([])).toEqual([]);
    expect(found([aDayPoint(0), anHourPoint(3)])).toEqual([]);
  });
});

describe('what only remembers a burst', () => {
  test('is carried, as long as the window holds the burst', () => {
    const told = found([burst(0), remembering(1, 3), remembering(2, 3), remembering(4, 7)]);
    expect(told.map(({ carried }) => carried)).toEqual([false, true, true, true]);
  });

  test('is a breakdown that a few more than usual belong to by chance', () => {
    const dayAfter = (series: JudgedPoint['series'], observed: number) =>
      found([
        burst(0),
        aDayPoint(1, {
          ...{ series, observed, expected: 1, p: 0.00001, window: 3 },
          ...{ windowObserved: 60, windowExpected: 3 },
        }),
      ]).at(-1)?.carried;
    expect([dayAfter('country:Austria', 5), dayAfter('failed', 5)]).toEqual([true, false]);
    expect(dayAfter('country:Austria', 9)).toBe(false);
  });

  test('is carried where another series, or the hours, found the burst', () => {
    const night = anHourPoint(2, { observed: 60, expected: 1, p: 0.00001 });
    expect(found([night, remembering(1, 3)]).map(({ carried }) => carried)).toEqual([false, true]);
    const people = { ...burst(0), series: 'people' as const };
    expect(found([people, remembering(1, 3)]).map(({ carried }) => carried)).toEqual([false, true]);
  });

  test('is not a day that goes on, though the window with the burst is more unusual still', () => {
    const [, second] = found([
      burst(0),
      { ...remembering(1, 3), observed: 90, windowObserved: 400 },
    ]);
    expect(second).toMatchObject({ carried: false, observed: 90, expected: 10 });
    expect(days(second?.startAt ?? 0)).toBe(1);
  });

  test('is not a burst three days later, which is told apart', () => {
    const later = { ...remembering(3, 7), observed: 250, windowObserved: 590 };
    const [, second] = found([burst(0), later]);
    expect(second).toMatchObject({ carried: false, observed: 250 });
    expect([days(second?.startAt ?? 0), days(second?.endAt ?? 0)]).toEqual([3, 4]);
  });

  test('is not a slow rise, which no day of its own tells', () => {
    const told = found([rising(4), rising(5), rising(7)]);
    expect(told.map(({ carried }) => carried)).toEqual([false, false, false]);
    expect(told.map(({ startAt }) => days(startAt))).toEqual([-2, -1, 1]);
  });

  test('is a day after a slow rise on which hardly more than usual happens', () => {
    const after = aDayPoint(8, {
      ...{ observed: 11, p: 0.001, window: 7, windowObserved: 100, windowExpected: 70 },
    });
    expect(found([rising(6), rising(7), after]).map(({ carried }) => carried)).toEqual([
      ...[false, false, true],
    ]);
  });

  test('is the tail of the week that Farrington judges', () => {
    const settings = { ...SURVEILLANCE_DEFAULTS, detector: 'farrington' as const };
    const tail = [1, 2, 3, 4, 5, 6].map((day) => aDayPoint(day, { p: 0.9, farrington: true }));
    const told = found([{ ...burst(0), farrington: true }, ...tail], settings);
    expect(told.map(({ carried }) => carried)).toEqual([false, ...tail.map(() => true)]);
  });

  test('is not a slow spray, whose test leaves out the hours that were found before', () => {
    const night = anHourPoint(2, { observed: 60, expected: 1, p: 0.00001 });
    const spray = anHourPoint(20, {
      ...{ observed: 2, expected: 1, p: 0.4, slow: true, window: 24 },
      ...{ windowObserved: 50, windowExpected: 24 },
    });
    expect(found([night, spray])[1]).toMatchObject({ carried: false, level: 'watch', upper: null });
  });
});

test('any order of arrival leads to the same findings', () => {
  const kinds = [burst, rising, (day: number) => remembering(day, 3)] as const;
  const one = fc
    .tuple(fc.nat(20), fc.nat(2), fc.constantFrom('failed', 'people', 'country:DE'))
    .map(([day, kind, series]) => ({
      ...(kinds[kind] ?? burst)(day),
      series: series as JudgedPoint['series'],
    }));
  const points = fc.uniqueArray(one, { selector: ({ day, series }) => `${day} ${series}` });
  const shuffled = points.chain((some) =>
    fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
  );
  const byKey = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  fc.assert(
    fc.property(shuffled, ([some, mixed]) => {
      expect(found(mixed).sort(byKey)).toEqual(found(some).sort(byKey));
    }),
  );
});
