import { describe, expect, test } from 'vitest';
import type { AssumptionSet } from '../../../domain/deflection/assumption-set.ts';
import { payback } from '../../../domain/money/payback.ts';
import { pert, pertQuantile } from '../../../domain/money/pert.ts';
import { saving } from '../../../domain/money/saving.ts';
import { twoPieceLognormal } from '../../../domain/money/two-piece-lognormal.ts';
import { uniformRandom } from '../../../domain/random.ts';
import { drawsOf } from '../../../domain/statistics/draws.ts';
import { setWith } from '../deflection/report-inputs.ts';

const certain = (value: number) => ({ low: value, likely: value, high: value });

/** 60 tickets avoided of 100 self-served incidents, in every future; 20 fell back; two months. */
function savingOf(money: Partial<AssumptionSet['money']>) {
  return saving({
    money: setWith({
      handleMinutes: certain(12),
      userMinutesDesk: certain(25),
      userMinutesSelfService: certain(5),
      ...money,
    }).money,
    avoided: new Float64Array(100).fill(60),
    ...{ served: { reset: 90, unlock: 10 }, fellBack: 20, secondsToReset: null, months: 2 },
  });
}

describe('the desk saving', () => {
  test('with the own rate is tickets times minutes times the rate', () => {
    const { desk, deskHours, defaultCost } = savingOf({ desk: { basis: 'own', hourlyRate: 50 } });

    expect(desk).toEqual(certain(600)); // 60 x 12 minutes x 50 an hour
    expect(deskHours).toEqual(certain(12));
    expect(defaultCost).toBe(false);
  });

  test('is net of fees and of what fallbacks cost more', () => {
    const { desk, deskHours } = savingOf({
      ...{ desk: { basis: 'own', hourlyRate: 60 }, selfServiceCost: 0.5, fallbackExtraMinutes: 3 },
    });

    expect(desk).toEqual(certain(720 - 50 - 60)); // 100 fees of 0.50, 20 fallbacks of 3 minutes
    expect(deskHours).toEqual(certain(12 - 1));
  });

  test('with a cost of a ticket prices a fallback minute by the handle minutes', () => {
    const perTicket = certain(24);
    const { desk } = savingOf({ desk: { basis: 'range', perTicket }, fallbackExtraMinutes: 3 });

    expect(desk).toEqual(certain(60 * 24 - 20 * 3 * 2));
  });

  test('grows as the cost of a ticket does', () => {
    const of = (factor: number) => {
      const perTicket = { low: 10 * factor, likely: 20 * factor, high: 50 * factor };
      return savingOf({ desk: { basis: 'range', perTicket } }).desk;
    };
    const [once, thrice] = [of(1), of(3)];

    expect(once.low).toBeLessThan(once.likely);
    expect(thrice.low).toBeCloseTo(3 * once.low, 1);
    expect(thrice.likely).toBeCloseTo(3 * once.likely, 1);
    expect(thrice.high).toBeCloseTo(3 * once.high, 1);
  });

  test('may be below nothing, where fees outweigh it', () => {
    expect(savingOf({ desk: { basis: 'own', hourlyRate: 50 }, selfServiceCost: 10 }).desk).toEqual(
      certain(-400),
    );
  });

  test('says where a default of the program is behind it', () => {
    expect(savingOf({}).defaultCost).toBe(true);
    expect(savingOf({ desk: { basis: 'preset', preset: 'MetricNet' } }).defaultCost).toBe(false);
    const handleMinutes = { low: 5, likely: 10, high: 20 };
    const desk = { basis: 'own', hourlyRate: 50 } as const;
    expect(savingOf({ desk, handleMinutes }).defaultCost).toBe(true);
  });
});

describe('user time', () => {
  test('is apart: hours given back, and the usable share of them at the rate', () => {
    const { userHours, userTime, userTimeWhy } = savingOf({ userHourlyRate: 40, usableShare: 0.5 });

    expect(userHours).toEqual(certain(20)); // 60 x 20 minutes
    expect(userTime).toEqual(certain(400));
    expect(userTimeWhy).toBeNull();
  });

  test('is not added to a cost that holds it already, and says so', () => {
    const forrester = { basis: 'preset', preset: 'Forrester' } as const;
    const { userHours, userTime, userTimeWhy } = savingOf({ desk: forrester, userHourlyRate: 40 });

    expect(userHours).toEqual(certain(20));
    expect(userTime).toEqual(certain(0));
    expect(userTimeWhy).toMatch(/lost working time already\.$/);
  });

  test('without a rate is in hours alone', () => {
    expect(savingOf({})).toMatchObject({
      ...{ userTime: certain(0), userTimeWhy: 'No hourly rate of people is given.' },
    });
  });

  test('lost by self-service as long as by the desk is none given back', () => {
    expect(savingOf({ userMinutesSelfService: certain(30) }).userHours).toEqual(certain(0));
  });
});

describe('net and payback', () => {
  const desk = { basis: 'own', hourlyRate: 50 } as const; // 600 in two months

  test('take off what self-service costs to run; the setup cost is in the payback alone', () => {
    const { net, paybackMonths, paybackWhy } = savingOf({ desk, monthlyCost: 100, setupCost: 500 });

    expect(net).toEqual(certain(600 - 2 * 100));
    expect(paybackMonths).toEqual(certain(2.5)); // 500 at 300 - 100 a month
    expect(paybackWhy).toBeNull();
  });

  test('are null where nothing is said of costs', () => {
    expect(savingOf({ desk })).toMatchObject({
      ...{ net: null, paybackMonths: null, paybackWhy: 'No setup cost is given.' },
    });
    expect(savingOf({ desk, monthlyCost: 100 })).toMatchObject({ net: certain(400) });
  });

  test('do not charge the setup cost to every period: without a running cost there is no net', () => {
    expect(savingOf({ desk, setupCost: 500 })).toMatchObject({
      ...{ net: null, paybackMonths: certain(1.67), paybackWhy: null },
    });
  });

  test('never come where running costs eat the saving', () => {
    expect(savingOf({ desk, monthlyCost: 300, setupCost: 500 })).toMatchObject({
      ...{ paybackMonths: null, paybackWhy: expect.stringMatching(/^Never, /) },
    });
  });

  test('have no range where some futures never pay back', () => {
    const futures = Float64Array.from({ length: 100 }, (_, i) => (i < 10 ? 0 : 200));

    expect(payback(futures, { setupCost: 300, monthlyCost: null, months: 2 })).toEqual({
      paybackMonths: null,
      paybackWhy: expect.stringMatching(/^Likely after 3\.0 months .* 1 of 20 cases/),
    });
  });
});

describe('what is drawn', () => {
  test('a cost is its low, likely and high at 5, 50 and 95 %', () => {
    const cost = { low: 9.25, likely: 18.5, high: 40 };
    const at = (normal: number) => twoPieceLognormal(cost, normal);

    expect([at(-1.6448536), at(0), at(1.6448536)].map((value) => value.toFixed(4))).toEqual([
      ...['9.2500', '18.5000', '40.0000'],
    ]);
    expect(twoPieceLognormal(certain(0), 1)).toBe(0);
  });

  test('minutes have the mean of PERT, and never leave their range', () => {
    const range = { low: 5, likely: 10, high: 20 };
    const draws = drawsOf(uniformRandom(1));
    const values = Array.from({ length: 20_000 }, () => pert(range, draws));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;

    expect(mean).toBeCloseTo((5 + 40 + 20) / 6, 1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...values)).toBeLessThanOrEqual(20);
    const below = values.filter((value) => value < pertQuantile(range, 0.05)).length;
    expect(below / values.length).toBeCloseTo(0.05, 2);
    expect(pert(certain(7), draws)).toBe(7);
  });
});
