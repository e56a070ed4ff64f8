import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, DAY_MS } from '../../../domain/day.ts';
import type { Finding } from '../../../domain/surveillance/finding.ts';
import type { ThresholdRule } from '../../../domain/surveillance/rule-list.ts';
import { SURVEILLANCE_DEFAULTS } from '../../../domain/surveillance/settings.ts';
import {
  type DayValue,
  leastValues,
  type ThresholdInput,
  thresholdFindings,
} from '../../../domain/surveillance/threshold-findings.ts';
import { dayAt, START } from '../../build/findings.ts';

const RULE = 'blocked_attempts';
const FLOOR = 3;

function aValue(day: number, value: number, told: Partial<DayValue> = {}): DayValue {
  const startAt = START + day * DAY_MS;
  return {
    ...{ rule: RULE, subject: '', value, day: dayAt(day) },
    ...{ startAt, endAt: startAt + 3_600_000 },
    ...told,
  };
}

const days = (count: number) => Array.from({ length: count }, (_, i) => dayAt(i));

const input = (count: number, told: Partial<ThresholdInput> = {}): ThresholdInput => ({
  ...{ settings: SURVEILLANCE_DEFAULTS, days: days(count), isCompany: () => false },
  ...told,
});

const withRule = (rule: ThresholdRule, told: object) => {
  const rules = SURVEILLANCE_DEFAULTS.rules;
  return { settings: { rules: { ...rules, [rule]: { ...rules[rule], ...told } } } };
};

describe('a rule without statistics', () => {
  test('fires from its floor on while there are fewer than eight days before', () => {
    const told = thresholdFindings([aValue(7, FLOOR - 1), aValue(7, FLOOR)], input(8));
    expect(told).toMatchObject([{ observed: FLOOR, threshold: FLOOR, learnedOn: null }]);
  });

  test('fires above what the 90 collected days before brought, and says the last of them', () => {
    const usual = Array.from({ length: 100 }, (_, i) => aValue(i, i < 10 ? 50 : 6));
    const [one, ...others] = thresholdFindings([...usual, aValue(100, 7)], input(101)).filter(
      ({ observed }) => observed === 7,
    );
    expect(one).toMatchObject({ threshold: 7, learnedOn: dayAt(99), level: 'watch' });
    expect(others).toEqual([]);
  });

  test('takes days without a value as none, and days not collected not at all', () => {
    const collected = days(20).filter((day) => day !== dayAt(19));
    const told = thresholdFindings([aValue(3, 9), aValue(20, 10)], {
      ...input(20),
      days: [...collected, addDays(dayAt(19), 1)],
    });
    expect(told.at(-1)).toMatchObject({ threshold: 10, learnedOn: dayAt(18) });
  });

  test('fires from what was typed in, whatever was learned', () => {
    const history = Array.from({ length: 30 }, (_, i) => aValue(i, 40));
    const told = thresholdFindings(
      [...history, aValue(30, 5)],
      input(31, withRule(RULE, { threshold: 5 })),
    );
    expect(told).toHaveLength(31);
    expect(told.at(-1)).toMatchObject({ threshold: 5, learnedOn: null });
  });

  test('is one level more at twice the threshold, critical at most', () => {
    const of = (value: number, level: string) =>
      thresholdFindings([aValue(8, value)], input(9, withRule(RULE, { level })))[0]?.level;
    expect(of(5, 'watch')).toBe('watch');
    expect(of(6, 'watch')).toBe('alert');
    expect(of(6, 'alert')).toBe('critical');
    expect(of(60, 'critical')).toBe('critical');
  });

  test('rises at twice a typed threshold, but not at twice the floor for want of history', () => {
    const of = (told: Partial<ThresholdInput>) =>
      thresholdFindings([aValue(0, 60)], input(1, told))[0]?.level;
    expect(of({})).toBe('watch');
    expect(of(withRule(RULE, { threshold: 30 }))).toBe('alert');
  });

  test('learns of each reason from its own days', () => {
    const rule = 'configuration_stops';
    const often = Array.from({ length: 30 }, (_, i) =>
      aValue(i, 40, { rule, subject: 'not_in_group' }),
    );
    const rare = aValue(30, 6, { rule, subject: 'no_licence' });
    const told = thresholdFindings([...often, rare], input(31));
    expect(told.at(-1)).toMatchObject({ subject: 'no_licence', threshold: 5 });
  });

  test('leaves out the company’s addresses, and does not learn from them', () => {
    const rule = 'one_address_many_people';
    const office = Array.from({ length: 30 }, (_, i) => aValue(i, 80, { rule, subject: 'office' }));
    const told = thresholdFindings([...office, aValue(30, 6, { rule, subject: 'stranger' })], {
      ...input(31),
      isCompany: (address) => address === 'office',
    });
    expect(told).toMatchObject([{ subject: 'stranger', threshold: 5 }]);
  });

  test('fires for each subject that reaches it', () => {
    const told = thresholdFindings(
      ['a', 'b', 'c'].map((subject, i) =>
        aValue(0, 2 + i, { rule: 'one_person_many_methods', subject }),
      ),
      input(1),
    );
    expect(told.map(({ subject }) => subject)).toEqual(['b', 'c']);
  });

  test('finds nothing where it is off, and nothing in nothing', () => {
    const off = input(1, withRule(RULE, { on: false }));
    expect(thresholdFindings([aValue(0, 90)], off)).toEqual([]);
    expect(thresholdFindings([], input(0))).toEqual([]);
  });

  test('tells the time of what was counted, the last instant included', () => {
    const [one] = thresholdFindings([aValue(0, 5)], input(1));
    expect(one).toMatchObject({ startAt: START, endAt: START + 3_600_001, carried: false });
  });

  test('needs no values below the least that any of its settings fires for', () => {
    const rules = ['blocked_attempts', 'one_address_many_people', 'configuration_stops'] as const;
    const value = fc
      .tuple(
        fc.nat(40),
        fc.integer({ min: 1, max: 14 }),
        fc.constantFrom(...rules),
        fc.constantFrom('a', 'b'),
      )
      .map(([day, count, rule, subject]) => aValue(day, count, { rule, subject }));
    const values = fc.uniqueArray(value, {
      selector: ({ rule, day, subject }) => `${rule} ${day} ${subject}`,
      minLength: 30,
    });
    const typed = fc.option(fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(values, typed, (all, threshold) => {
        const some = [SURVEILLANCE_DEFAULTS, withRule('blocked_attempts', { threshold }).settings];
        const least = leastValues(some);
        const read = all.filter(({ rule, value: count }) => count >= least[rule]);
        const key = ({ rule, startAt, subject }: Finding) => `${rule} ${startAt} ${subject}`;
        const told = (given: DayValue[], settings: (typeof some)[number]) =>
          thresholdFindings(given, input(41, { settings })).sort((a, b) =>
            key(a) < key(b) ? -1 : 1,
          );
        for (const settings of some) expect(told(read, settings)).toEqual(told(all, settings));
      }),
    );
  });

  test('finds the same in any order', () => {
    const values = fc.uniqueArray(
      fc
        .tuple(fc.nat(120), fc.integer({ min: 1, max: 30 }), fc.constantFrom('a', 'b'))
        .map(([day, value, subject]) =>
          aValue(day, value, { rule: 'one_person_many_methods', subject }),
        ),
      { selector: ({ day, subject }) => `${day} ${subject}` },
    );
    const mixed = values.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    const key = ({ startAt, subject }: { startAt: number; subject: string }) =>
      `${startAt} ${subject}`;
    fc.assert(
      fc.property(mixed, ([some, other]) => {
        const sorted = (given: DayValue[]) =>
          thresholdFindings(given, input(121)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
        expect(sorted(other)).toEqual(sorted(some));
      }),
    );
  });
});
