import { describe, expect, test } from 'vitest';
import { heldOut } from '../../../bench/priority/held-out.ts';
import { DAY_MS, dayCutter } from '../../../domain/day.ts';
import type { PersonHistory } from '../../../domain/priority/history.ts';
import {
  NOT_RANKED,
  type RankedPerson,
  Ranking,
  type RankingInput,
} from '../../../domain/priority/ranking.ts';
import { priorityReport } from '../../../domain/priority/report.ts';
import { aHistory, daysAgo, NOVEMBER } from './people.ts';

const LOG_DAYS = 400;

function input(over: Partial<RankingInput> = {}): RankingInput {
  return {
    asOf: NOVEMBER,
    fitAt: NOVEMBER,
    observedDays: (since, until) =>
      Math.max(0, until - Math.max(since, daysAgo(LOG_DAYS))) / DAY_MS,
    registeredSince: daysAgo(LOG_DAYS),
    ...over,
  };
}

function aPerson(history: Partial<PersonHistory>, capable: boolean | null): RankedPerson {
  return {
    history: aHistory(history),
    registeredAt: () => ({ capable, since: daysAgo(LOG_DAYS) }),
    now: { capable, passwordExpires: null, dormant: null },
  };
}

/** Of 1,000 people every tenth calls every 30 days, and all others never. */
function ranked(given: RankingInput, extra: (n: number) => number[] = () => []) {
  const ranking = new Ranking(given);
  const often = Array.from({ length: 13 }, (_, i) => daysAgo(385 - i * 30));
  const places = Array.from({ length: 1000 }, (_, n) => {
    const calls = [...(n % 10 === 0 ? often : []), ...extra(n)];
    return ranking.add(aPerson({ needs: calls, calls }, n % 4 !== 0));
  });
  const result = ranking.result();
  return { result, expected: places.map((place) => result.expected[place] ?? 0) };
}

describe('the order of who calls next', () => {
  test('is fitted where 180 days and 200 calls were collected', () => {
    const { result, expected } = ranked(input());

    expect(result).toMatchObject({ whyStated: null, people: 1000 });
    expect(result.model.basis).toBe('fitted');
    // Who called every month is expected to do so again, everybody else hardly ever.
    expect(expected[0]).toBeGreaterThan(1.5);
    expect(expected[1]).toBeLessThan(0.2);
  });

  test.each([
    [
      'the log is short',
      {
        observedDays: (s: number, u: number) => Math.max(0, u - Math.max(s, daysAgo(120))) / DAY_MS,
      },
      /180 days of the reset log, and 120/,
    ],
    ['the registration report is young', { registeredSince: daysAgo(80) }, /registration report/],
    ['there never was a report', { registeredSince: null }, /registration report/],
  ])('is by stated weights, and says why, where %s', (_, over, why) => {
    const { result } = ranked(input(over));

    expect(result.model.basis).toBe('stated');
    expect(result.whyStated).toMatch(why);
  });

  test('is by stated weights where fewer than 200 people called', () => {
    const ranking = new Ranking(input());
    for (let n = 0; n < 50; n++) ranking.add(aPerson({ calls: [daysAgo(20)] }, null));

    expect(ranking.result().whyStated).toMatch(/200 calls in 90 days, and there were 50/);
  });

  test('holds an order against calls that it had not seen', () => {
    const { backtest } = ranked(input()).result;

    expect(backtest).toMatchObject({ since: daysAgo(90), until: NOVEMBER, calls: 300 });
    expect(backtest?.top[2]).toMatchObject({ people: { part: 100, whole: 1000 }, calls: 300 });
    // A quarter is not registered, whoever they are: 100 of 250 of them hold 40 % of their 150 calls.
    expect(backtest?.top[2]?.longestUnregistered).toBe(60);
    expect(backtest?.top[2]?.random).toBeCloseTo(30, 9);
  });

  test('made for a backtest does not know the calls it is held against', () => {
    const calm = ranked(input());
    const wild = ranked(input(), (n) => (n % 10 === 1 ? [daysAgo(40)] : []));

    // The others who called in the meantime are still in their old places, and not among the first tenth.
    expect(wild.result.backtest?.calls).toBe(400);
    expect(wild.result.backtest?.top[2]?.calls).toBe(300);
    expect(wild.result.backtest?.deciles.map(({ expected }) => expected)).toEqual(
      calm.result.backtest?.deciles.map(({ expected }) => expected),
    );
  });

  test('has no backtest where the log is too short, and says so', () => {
    const { result } = ranked(input({ observedDays: () => 20 }));

    expect(result.backtest).toBeNull();
    expect(result.whyNoBacktest).toMatch(/90 days of the reset log, and 20/);
  });

  test('leaves out who is not in the population now', () => {
    const ranking = new Ranking(input());

    expect(ranking.add({ ...aPerson({}, true), now: null })).toBe(NOT_RANKED);
    expect(ranking.result()).toMatchObject({ people: 0, concentration: null, expectedCalls: 0 });
  });

  test('puts people of whom nothing is known between those known to be good and bad', () => {
    const ranking = new Ranking(input({ registeredSince: null }));
    const people = [true, null, false].map((capable) => ranking.add(aPerson({}, capable)));
    const { expected } = ranking.result();
    const [capable = 0, unknown = 0, not = 0] = people.map((place) => expected[place]);

    expect(capable).toBeLessThan(unknown);
    expect(unknown).toBeLessThan(not);
  });

  test('is told in days and whole calls', () => {
    const { result } = ranked(input());
    const cutter = dayCutter('UTC');
    const report = priorityReport(result, { since: daysAgo(LOG_DAYS), asOf: NOVEMBER, cutter });

    expect(report.backtest).toMatchObject({ first: '2026-08-03', last: '2026-10-31' });
    expect(report.concentration).toMatchObject({ first: '2025-11-06', calls: 1200 });
    expect(report.weights.map(({ feature }) => feature)).toContain('own_need_rate');
  });
});

describe('on the sample tenant', () => {
  // More seeds, with standard errors, in `npm run bench`.
  test.each([31, 32])(
    'seed %i: both orders find more of the calls to come than longest unregistered first, and than chance',
    {
      timeout: 60_000,
    },
    (seed) => {
      const { basis, caught, calls, expected } = heldOut(seed);

      expect(basis).toBe('fitted');
      for (const i of [0, 1, 2]) {
        const most = Math.max(caught.longestUnregistered[i] ?? 1, caught.random[i] ?? 1);
        expect(caught.fitted[i]).toBeGreaterThan(most * 1.2);
        expect(caught.stated[i]).toBeGreaterThan(most * 1.2);
      }
      expect(expected).toBeGreaterThan(calls * 0.75);
      expect(expected).toBeLessThan(calls * 1.33);
    },
  );
});
