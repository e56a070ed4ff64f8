import { describe, expect, test } from 'vitest';
import { addDays, parseDay } from '../../domain/day.ts';
import { coverageAt } from '../../domain/forecast/coverage-at.ts';
import {
  type OutlookDay,
  type OutlookInput,
  resetOutlook,
} from '../../domain/forecast/reset-outlook.ts';
import { uniformRandom } from '../../domain/random.ts';

const FIRST = parseDay('2026-01-05'); // a Monday

/** 40 incidents and 20 bypasses on working days, 6 and 3 at weekends; half of 1,000 people covered. */
const steadyDays = (length: number): OutlookDay[] =>
  Array.from({ length }, (_, index) => {
    const weekend = index % 7 > 4;
    return {
      day: addDays(FIRST, index),
      incidents: weekend ? 6 : 40,
      bypasses: weekend ? 3 : 20,
      holiday: false,
      coverage: { part: 500, whole: 1000 },
    };
  });

const inputOf = (given: Partial<OutlookInput> = {}): OutlookInput => {
  const days = given.days ?? steadyDays(182);
  const last = days.at(-1)?.day ?? FIRST;
  return {
    days,
    future: Array.from({ length: 56 }, (_, index) => ({
      day: addDays(last, index + 1),
      holiday: false,
    })),
    fellBack: { part: 100, whole: 1000 },
    coverage: null,
    handleMinutes: () => 30,
    random: uniformRandom(7),
    ...given,
  };
};

const made = (given: Partial<OutlookInput> = {}) => {
  const outlook = resetOutlook(inputOf(given));
  if (outlook.state !== 'ok') throw new Error('There should be an outlook');
  return outlook;
};

describe('the outlook on resets', () => {
  test('goes on as it was, in whole weeks, each with its band', () => {
    const { weeks, all } = made();

    expect(weeks).toHaveLength(8);
    expect(weeks[0]).toMatchObject({ first: '2026-07-06', last: '2026-07-12' });
    // 5 x 60 + 2 x 9 needs a week, two of three of them by self-service.
    for (const { needs, incidents, desk, deskHours } of weeks) {
      expect(needs.likely).toBeGreaterThan(300);
      expect(needs.likely).toBeLessThan(336);
      expect(incidents.likely).toBeGreaterThan(195);
      expect(incidents.likely).toBeLessThan(230);
      // A third goes straight to the desk, and one in ten of the others falls back.
      expect(desk.likely).toBeGreaterThan(115);
      expect(desk.likely).toBeLessThan(140);
      expect(deskHours.likely).toBeCloseTo(desk.likely / 2, 0);
      expect(desk.low).toBeLessThan(desk.likely);
      expect(desk.high).toBeGreaterThan(desk.likely);
    }
    expect(all.needs.likely).toBeGreaterThan(2400);
    expect(all.needs.likely).toBeLessThan(2700);
  });

  test('has a range of its own for all weeks, narrower than the sum of their bounds', () => {
    const { weeks, all } = made();

    const sums = weeks.reduce((sum, { needs }) => sum + needs.high - needs.low, 0);
    expect(all.needs.high - all.needs.low).toBeLessThanOrEqual(sums);
  });

  test('has no other coverage to compare with while none is forecast', () => {
    expect(made().all.deskWithoutFurtherCoverage).toBeNull();
  });

  test('sends fewer to the desk when coverage rises, and tells how many without', () => {
    const rising = Array.from({ length: 56 }, (_, index) => 0.5 + (0.2 * (index + 1)) / 56);
    const { weeks, all } = made({
      coverage: [
        { share: 0.1, values: rising.map((value) => value - 0.01) },
        { share: 0.9, values: rising.map((value) => value + 0.01) },
      ],
    });

    const first = weeks[0];
    const last = weeks.at(-1);
    expect(all.deskWithoutFurtherCoverage?.likely).toBeGreaterThan(all.desk.likely);
    const saved = (week = last) =>
      (week?.deskWithoutFurtherCoverage?.likely ?? 0) - (week?.desk.likely ?? 0);
    expect(saved()).toBeGreaterThan(saved(first));
    // Of some 318 needs 0.19 x 4 / 3 more try, of whom one in ten falls back: about 72.
    expect(saved()).toBeGreaterThan(55);
    expect(saved()).toBeLessThan(90);
  });

  test('never sends more than all needs to self-service', () => {
    const { weeks } = made({ coverage: [{ share: 0.5, values: Array(56).fill(1) }] });

    for (const { needs, incidents } of weeks)
      expect(incidents.high).toBeLessThanOrEqual(needs.high);
  });

  test('leaves days not collected out, and says when too few are left', () => {
    const days = steadyDays(40).map((day, index) =>
      index < 20 ? { ...day, incidents: null, bypasses: null } : day,
    );

    expect(resetOutlook(inputOf({ days }))).toEqual({
      state: 'too_short',
      needDays: 28,
      haveDays: 20,
    });
  });

  test('is the same for the same input', () => {
    expect(made()).toEqual(made());
  });
});

describe('coverage of a run at a level', () => {
  const quantiles = [
    { share: 0.1, values: [0.4] },
    { share: 0.5, values: [0.5] },
  ];

  test('lies between the quantiles around the level, and at the outer ones beyond', () => {
    expect(coverageAt(quantiles, 0, 0.3)).toBeCloseTo(0.45, 12);
    expect(coverageAt(quantiles, 0, 0.05)).toBe(0.4);
    expect(coverageAt(quantiles, 0, 0.99)).toBe(0.5);
  });

  test('is unknown on a day that no quantile tells of', () => {
    expect(coverageAt(quantiles, 1, 0.3)).toBeNull();
  });
});
