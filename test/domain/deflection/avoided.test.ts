import { describe, expect, test } from 'vitest';
import { WORLDS } from '../../../bench/deflection/made-up-tenant.ts';
import { productRange } from '../../../bench/deflection/product-range.ts';
import { scoreOver, tenantsOf } from '../../../bench/measures/deflection.ts';
import { DEFAULT_ASSUMPTIONS } from '../../../domain/deflection/assumptions.ts';
import { avoidedFromLogs } from '../../../domain/deflection/avoided-from-logs.ts';
import { avoidedFromTickets } from '../../../domain/deflection/avoided-from-tickets.ts';
import { calibratedShare } from '../../../domain/deflection/calibrated-share.ts';
import { avoidedShare, avoidedTickets } from '../../../domain/deflection/closed-form.ts';
import { displacement } from '../../../domain/deflection/displacement.ts';
import { editedBeta } from '../../../domain/deflection/edited-beta.ts';
import { placeboEffects } from '../../../domain/deflection/placebo.ts';
import { rangeOf } from '../../../domain/deflection/range.ts';
import { secondOpinion } from '../../../domain/deflection/second-opinion.ts';
import { betaTails } from '../../../domain/statistics/distributions.ts';

const SERVED = { reset: 4_000, unlock: 1_000 };

/** 24 months of 400 tickets and a wave; from month 12 on, 200 self-served incidents of which `delta` were tickets. */
function monthsOf(delta: number) {
  const wave = (month: number) => 20 * Math.sin((2 * Math.PI * month) / 12) + 7 * ((month * 5) % 3);
  const served = Array.from({ length: 24 }, (_, month) =>
    month < 12 ? 0 : 150 + 10 * (month % 8),
  );
  const tickets = served.map((count, month) => Math.round(400 + wave(month) - delta * count));
  return { tickets, served, periodsPerYear: 12 };
}

describe('tickets avoided, from logs only', () => {
  test('have the mean and spread of the closed form', () => {
    const { mean, sd, distribution } = avoidedTickets(SERVED.reset, DEFAULT_ASSUMPTIONS.reset);
    const told = avoidedFromLogs({ reset: SERVED.reset, unlock: 0 }, DEFAULT_ASSUMPTIONS);
    const drawn = told.draws.reduce((sum, draw) => sum + draw, 0) / told.draws.length;

    expect(Math.abs(drawn - mean)).toBeLessThan((5 * sd) / Math.sqrt(told.draws.length));
    expect(Math.abs(told.low - distribution.quantile(0.05))).toBeLessThan(0.02 * SERVED.reset);
    expect(Math.abs(told.high - distribution.quantile(0.95))).toBeLessThan(0.02 * SERVED.reset);
  });

  test('of both types have a narrower range than the bounds added up', () => {
    const both = avoidedFromLogs(SERVED, DEFAULT_ASSUMPTIONS);
    const resets = avoidedFromLogs({ ...SERVED, unlock: 0 }, DEFAULT_ASSUMPTIONS);
    const unlocks = avoidedFromLogs({ ...SERVED, reset: 0 }, DEFAULT_ASSUMPTIONS);

    expect(both.low).toBeGreaterThan(resets.low + unlocks.low);
    expect(both.high).toBeLessThan(resets.high + unlocks.high);
  });

  test('do not get surer with more months: what is assumed is drawn once', () => {
    const month = avoidedFromLogs({ reset: 5_000, unlock: 0 }, DEFAULT_ASSUMPTIONS);
    const year = avoidedFromLogs({ reset: 60_000, unlock: 0 }, DEFAULT_ASSUMPTIONS);
    const width = ({ low, likely, high }: typeof month) => (high - low) / likely;

    expect(width(year) / width(month)).toBeGreaterThan(0.97);
  });

  test('are the same figures for the same inputs, whole, and none of none', () => {
    expect(avoidedFromLogs(SERVED, DEFAULT_ASSUMPTIONS)).toEqual(
      avoidedFromLogs(SERVED, DEFAULT_ASSUMPTIONS),
    );
    const { low, likely, high } = avoidedFromLogs(SERVED, DEFAULT_ASSUMPTIONS);
    expect([low, likely, high].every(Number.isInteger)).toBe(true);
    expect(avoidedFromLogs({ reset: 0, unlock: 0 }, DEFAULT_ASSUMPTIONS)).toMatchObject({
      ...{ low: 0, likely: 0, high: 0 },
    });
  });
});

describe('an edited assumption', () => {
  test('has its mode at the likely value, and about nine tenths within the range', () => {
    const { a, b } = editedBeta({ likely: 0.8, low: 0.6, high: 0.95 });

    expect((a - 1) / (a + b - 2)).toBeCloseTo(0.8, 10);
    const inside = betaTails(0.95, a, b).lower - betaTails(0.6, a, b).lower;
    expect(Math.abs(inside - 0.9)).toBeLessThan(0.04);
  });

  test('is refused with a sentence where no Beta has it', () => {
    expect(() => editedBeta({ likely: 0.5, low: 0.6, high: 0.9 })).toThrow(
      'holds the likely value',
    );
    expect(() => editedBeta({ likely: 0.5, low: 0, high: 1 })).toThrow('too wide');
  });
});

describe('tickets avoided, calibrated on tickets', () => {
  test('follow the tickets where they speak clearly, with narrower bounds', () => {
    const months = monthsOf(0.7);
    const estimate = displacement(months);
    if (!estimate) throw new Error('There was no estimate.');
    const served = { reset: months.served.reduce((sum, count) => sum + count, 0), unlock: 0 };
    const share = calibratedShare({ served, assumptions: DEFAULT_ASSUMPTIONS, estimate });
    const told = avoidedFromTickets(served.reset, share);
    const logs = avoidedFromLogs(served, DEFAULT_ASSUMPTIONS);

    expect(estimate.delta).toBeCloseTo(0.7, 1);
    expect(Math.abs(told.likely / served.reset - 0.7)).toBeLessThan(0.03);
    expect(told.high - told.low).toBeLessThan(0.7 * (logs.high - logs.low));
    expect(share.contradicted).toBe(false);
  });

  test('say so when the tickets contradict what is assumed, and may be below none', () => {
    const served = { reset: 2_000, unlock: 0 };
    const estimate = { delta: -0.05, standardError: 0.01, periods: 24 };
    const share = calibratedShare({ served, assumptions: DEFAULT_ASSUMPTIONS, estimate });
    const told = avoidedFromTickets(served.reset, share);

    expect(share.contradicted).toBe(true);
    expect(share.flatWeight).toBeGreaterThan(0.9);
    expect(told.low).toBeLessThan(0);
    expect(told.likely).toBeLessThan(0.15 * served.reset);
  });

  test('lean on what is assumed where the tickets say nothing', () => {
    const estimate = { delta: 0.3, standardError: 4, periods: 24 };
    const share = calibratedShare({ served: SERVED, assumptions: DEFAULT_ASSUMPTIONS, estimate });
    const reset = avoidedShare(DEFAULT_ASSUMPTIONS.reset).mean;

    expect(share.flatWeight).toBeCloseTo(0.2, 1);
    expect(Math.abs(share.range.likely - reset)).toBeLessThan(0.08);
  });

  test('are not told from a short history, or where self-service never changed', () => {
    const { tickets, served, periodsPerYear } = monthsOf(0.7);

    expect(displacement({ tickets: tickets.slice(0, 7), served, periodsPerYear })).toBeNull();
    expect(displacement({ tickets, served: served.map(() => 0), periodsPerYear })).toBeNull();
    const gaps = served.map((count, month) => (month % 5 === 0 ? null : count));
    expect(displacement({ tickets, served: gaps, periodsPerYear })?.periods).toBe(19);
  });
});

describe('the second opinion', () => {
  test('expects the time before to go on, and counts what did not come', () => {
    const { tickets, served, periodsPerYear } = monthsOf(0.7);
    const truth = 0.7 * served.reduce((sum, count) => sum + count, 0);
    const told = secondOpinion({ tickets, liveFrom: 12, periodsPerYear });

    expect(told).toMatchObject({ before: 12, after: 12 });
    expect(Math.abs((told?.likely ?? 0) / truth - 1)).toBeLessThan(0.1);
    expect(told?.low).toBeLessThan(truth);
    expect(told?.high).toBeGreaterThan(truth);
  });

  test('is withheld without six periods before, and without any after', () => {
    const { tickets, periodsPerYear } = monthsOf(0.7);

    expect(secondOpinion({ tickets, liveFrom: 5, periodsPerYear })).toBeNull();
    expect(secondOpinion({ tickets, liveFrom: 24, periodsPerYear })).toBeNull();
  });

  test('is held against beginnings that never were', () => {
    const { tickets, periodsPerYear } = monthsOf(0.7);
    const nothing = monthsOf(0);

    expect(placeboEffects({ tickets, liveFrom: 12, periodsPerYear })).toEqual({
      part: 0,
      whole: 5,
    });
    const of = placeboEffects({ tickets: nothing.tickets, liveFrom: 12, periodsPerYear });
    expect(of?.part).toBeGreaterThan(0);
    expect(placeboEffects({ tickets, liveFrom: 7, periodsPerYear })).toBeNull();
  });
});

test('a range is of drawn values, and of none there is none', () => {
  expect(rangeOf(Array.from({ length: 100 }, (_, i) => 100 - i))).toEqual({
    ...{ low: 5, likely: 50, high: 95 },
  });
  expect(() => rangeOf([])).toThrow(RangeError);
});

describe('on tenants whose truth is known', () => {
  test('the range holds it as often as it says, and survives wrong assumptions', () => {
    const right = scoreOver(tenantsOf(WORLDS.right, { count: 120, seed: 70_001 }), productRange);
    const wrong = scoreOver(tenantsOf(WORLDS.wrong, { count: 120, seed: 80_001 }), productRange);

    // Two standard errors of 120 tenants wider than what `npm run bench` asks of 400.
    expect(right.meanAbsoluteError).toBeLessThan(0.15);
    expect(right.coverage).toBeGreaterThan(0.82);
    expect(right.width).toBeLessThan(0.55);
    expect(wrong.coverage).toBeGreaterThan(0.8);
  });
});
