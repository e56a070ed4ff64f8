import { describe, expect, test } from 'vitest';
import { changesBetween } from '../../../domain/deflection/assumption-changes.ts';
import { complaintsOf } from '../../../domain/deflection/assumption-complaints.ts';
import { MEANINGS } from '../../../domain/deflection/assumption-meanings.ts';
import {
  type AssumptionSet,
  DEFAULT_SET,
  valueAt,
} from '../../../domain/deflection/assumption-set.ts';
import { DEFAULT_ASSUMPTIONS } from '../../../domain/deflection/assumptions.ts';
import { assumptionsOf, SHARE_PRIORS } from '../../../domain/deflection/prior-of.ts';
import { deflectionReport } from '../../../domain/deflection/report.ts';
import { COST_PRESETS } from '../../../domain/money/cost-presets.ts';
import { betaQuantile } from '../../../domain/statistics/distributions.ts';
import { AssumptionSet as Contract } from '../../../server/contract/deflection.ts';
import { anInput, setWith } from './report-inputs.ts';

function withShare(share: { low: number; likely: number; high: number }): AssumptionSet {
  const { reset, unlock } = DEFAULT_SET.deflection;
  return { ...DEFAULT_SET, deflection: { reset: { ...reset, propensity: share }, unlock } };
}

describe('the defaults', () => {
  test('fit the contract, and nothing speaks against them', () => {
    expect(Contract.parse(DEFAULT_SET)).toEqual(DEFAULT_SET);
    expect(complaintsOf(DEFAULT_SET)).toEqual([]);
  });

  test('show 5 %, mode and 95 % of the distributions that they stand for', () => {
    for (const { type, name } of SHARE_PRIORS) {
      const { a, b } = DEFAULT_ASSUMPTIONS[type][name];
      const shown = [betaQuantile(0.05, a, b), (a - 1) / (a + b - 2), betaQuantile(0.95, a, b)];
      const { low, likely, high } = DEFAULT_SET.deflection[type][name];
      for (const [i, value] of [low, likely, high].entries())
        expect(Math.abs(value - (shown[i] ?? 0))).toBeLessThan(0.0101);
    }
  });

  test('keep their own distributions exactly; an edited share has another', () => {
    expect(assumptionsOf(DEFAULT_SET)).toEqual(DEFAULT_ASSUMPTIONS);
    const edited = assumptionsOf(withShare({ low: 0.5, likely: 0.83, high: 0.93 }));
    expect(edited.unlock).toEqual(DEFAULT_ASSUMPTIONS.unlock);
    expect(edited.reset.induced).toEqual(DEFAULT_ASSUMPTIONS.reset.induced);
    expect(edited.reset.propensity).not.toEqual(DEFAULT_ASSUMPTIONS.reset.propensity);
  });

  test('have a meaning and a source each, and no meaning is of nothing', () => {
    const paths = MEANINGS.map(({ path }) => path);

    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => valueAt(DEFAULT_SET, path) === undefined)).toEqual([]);
    const leaves = Object.keys(DEFAULT_SET.money).map((name) => `money.${name}`);
    expect(leaves.filter((path) => !paths.includes(path))).toEqual([]);
    expect(MEANINGS.filter(({ source }) => source.text === '')).toEqual([]);
  });
});

describe('published costs', () => {
  test('are in order, tell where they are from, and the dubious ones warn', () => {
    for (const { perTicket, source } of COST_PRESETS) {
      expect(perTicket.low).toBeLessThanOrEqual(perTicket.likely);
      expect(perTicket.likely).toBeLessThanOrEqual(perTicket.high);
      expect(source.address).toMatch(/^https:/);
    }
    const forrester = COST_PRESETS.find(({ name }) => name === 'Forrester');
    expect(forrester).toMatchObject({ includesUserTime: true, perTicket: { likely: 70 } });
    expect(forrester?.warning).not.toBeNull();
    expect(DEFAULT_SET.money.desk).toEqual({ basis: 'preset', preset: 'HDI' });
  });
});

describe('a set that cannot be worked with', () => {
  test.each<[string, AssumptionSet, string, RegExp]>([
    [
      'a share known exactly',
      withShare({ low: 0.8, likely: 0.8, high: 0.8 }),
      'deflection.reset.propensity',
      /0\.01 apart/,
    ],
    [
      'a share of which nothing is known',
      withShare({ low: 0, likely: 0.5, high: 1 }),
      'deflection.reset.propensity',
      /too wide/,
    ],
    [
      'a day that does not exist',
      { ...DEFAULT_SET, selfServiceSince: '2026-02-30' },
      'selfServiceSince',
      /calendar day/,
    ],
    [
      'a preset that does not exist',
      setWith({ desk: { basis: 'preset', preset: 'Gartner' } }),
      'money.desk.preset',
      /one of HDI, MetricNet/,
    ],
    [
      'dollars in euros',
      setWith({ currency: 'EUR' }),
      'money.currency',
      /must be USD with the preset HDI/,
    ],
    [
      'a cost that begins at nothing',
      setWith({ desk: { basis: 'range', perTicket: { low: 0, likely: 5, high: 9 } } }),
      'money.desk.perTicket.low',
      /above 0/,
    ],
    [
      'fallbacks without a price',
      setWith({ handleMinutes: { low: 0, likely: 0, high: 5 }, fallbackExtraMinutes: 3 }),
      'money.fallbackExtraMinutes',
      /no price/,
    ],
  ])('%s is named', (_, set, path, message) => {
    expect(complaintsOf(set)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });

  test.each<[string, AssumptionSet]>([
    ['the narrowest share', withShare({ low: 0.8, likely: 0.8, high: 0.81 })],
    ['a share at the very end', withShare({ low: 0.99, likely: 1, high: 1 })],
    ['a share of next to nothing', withShare({ low: 0, likely: 0, high: 0.01 })],
    ['the widest share', withShare({ low: 0, likely: 0.5, high: 0.94 })],
    [
      'free tickets',
      setWith({ desk: { basis: 'range', perTicket: { low: 0, likely: 0, high: 0 } } }),
    ],
    ['no minutes at all', setWith({ handleMinutes: { low: 0, likely: 0, high: 0 } })],
  ])('does not include %s', (_, set) => {
    expect(complaintsOf(set)).toEqual([]);
    const figures = deflectionReport(anInput({ set }));
    expect(JSON.parse(JSON.stringify(figures))).toEqual(figures);
  });
});

test('changes are told in words, and none is none', () => {
  const changed = setWith(
    { desk: { basis: 'own', hourlyRate: 48.5 }, handleMinutes: { low: 4, likely: 8, high: 15 } },
    { selfServiceSince: '2025-06-01' },
  );

  expect(changesBetween(DEFAULT_SET, changed)).toEqual([
    'Self-service since: not given → 2025-06-01',
    'Cost of a ticket: HDI: median desk cost of a ticket → own handle minutes at 48.5 an hour',
    'Handle minutes: 5 / 10 / 20 → 4 / 8 / 15',
  ]);
  expect(changesBetween(changed, structuredClone(changed))).toEqual([]);
});
