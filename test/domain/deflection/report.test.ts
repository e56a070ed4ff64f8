import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SET } from '../../../domain/deflection/assumption-set.ts';
import { DEFAULT_ASSUMPTIONS } from '../../../domain/deflection/assumptions.ts';
import { avoidedFromLogs } from '../../../domain/deflection/avoided-from-logs.ts';
import { evidenceOf } from '../../../domain/deflection/evidence.ts';
import { monthReports } from '../../../domain/deflection/month-report.ts';
import type { Range } from '../../../domain/deflection/range.ts';
import { deflectionReport } from '../../../domain/deflection/report.ts';
import type { HistoryMonth } from '../../../domain/deflection/report-input.ts';
import { DeflectionFigures } from '../../../server/contract/deflection.ts';
import { aHistory, anInput, setWith } from './report-inputs.ts';

const SINCE_2026 = { ...DEFAULT_SET, selfServiceSince: '2026-01-01' };

describe('the report of a period', () => {
  test('is what its contract says, and the same again from the JSON of its input', () => {
    const input = anInput({ set: SINCE_2026, history: aHistory(0.7) });

    const figures = deflectionReport(input);

    expect(DeflectionFigures.strict().parse(figures)).toEqual(figures);
    const again = deflectionReport(JSON.parse(JSON.stringify(input)));
    expect(JSON.stringify(again)).toBe(JSON.stringify(figures));
    expect(JSON.parse(JSON.stringify(figures))).toEqual(figures);
  });

  test('without tickets is by assumption, as the logs alone tell, and says why', () => {
    const input = anInput();

    const figures = deflectionReport(input);

    const { low, likely, high } = avoidedFromLogs(
      { reset: 1_000, unlock: 200 },
      DEFAULT_ASSUMPTIONS,
    );
    expect(figures).toMatchObject({
      ...{ avoided: { low, likely, high }, evidence: 'logs', calibration: null },
      whyLogs: 'No month of tickets is imported.',
      counts: { selfServed: 1_200, settling: 7, tickets: null },
    });
  });

  test('with too few months of both says how many there are, and what would make more', () => {
    const history = aHistory(0.7).slice(0, 15);

    expect(deflectionReport(anInput({ history })).whyLogs).toBe(
      'Tickets and self-service are both known for 3 whole months, and 8 are needed. Say since when people can reset by themselves: then months of tickets from before count too.',
    );
    const set = { ...DEFAULT_SET, selfServiceSince: '2026-01-15' };
    expect(deflectionReport(anInput({ history, set })).calibration).toMatchObject({
      ...{ firstMonth: '2025-01', lastMonth: '2026-03', months: 15 },
    });
  });

  test('with months in which self-service never changed stays with the logs', () => {
    const history = aHistory(0.7).map((month) => ({ ...month, served: { reset: 9, unlock: 0 } }));

    expect(deflectionReport(anInput({ history }))).toMatchObject({
      evidence: 'logs',
      whyLogs: expect.stringContaining('hardly changed'),
    });
  });

  test('with months of one season only stays with the logs', () => {
    const history = Array.from({ length: 120 }, (_, i) => ({
      month: `${2017 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
      served: i % 12 === 0 ? { reset: i, unlock: 0 } : null,
      ...{ tickets: 500 - i, otherTickets: null },
    }));

    expect(deflectionReport(anInput({ history })).evidence).toBe('logs');
  });

  test('follows tickets that speak clearly, and tells what they said', () => {
    const figures = deflectionReport(anInput({ set: SINCE_2026, history: aHistory(0.7) }));

    expect(figures).toMatchObject({ evidence: 'tickets', whyLogs: null });
    expect(figures.calibration).toMatchObject({
      months: 30,
      contradicted: false,
      controlled: false,
    });
    expect(figures.calibration?.estimate.share).toBeCloseTo(0.7, 1);
    expect((figures.avoided?.likely ?? 0) / 1_200).toBeCloseTo(0.7, 1);
    expect(figures.counts.tickets).toBe(
      aHistory(0.7)
        .slice(12, 18)
        .reduce((sum, { tickets }) => sum + (tickets ?? 0), 0),
    );
  });

  test('says so when the tickets contradict the assumptions', () => {
    const figures = deflectionReport(anInput({ set: SINCE_2026, history: aHistory(0) }));

    expect(figures.calibration?.contradicted).toBe(true);
    expect(figures.calibration?.flatWeight).toBeGreaterThan(0.5);
    expect(figures.avoided?.likely).toBeLessThan(0.2 * 1_200);
  });

  test('has a second opinion of the whole months of the period, beside the answer', () => {
    const input = anInput({ set: SINCE_2026, history: aHistory(0.7) });

    const { secondOpinion, avoided } = deflectionReport(input);

    const served = aHistory(0.7)
      .slice(12, 18)
      .reduce((sum, month) => sum + (month.served?.reset ?? 0), 0);
    expect(secondOpinion).toMatchObject({ monthsBefore: 12, monthsAfter: 6 });
    expect(secondOpinion?.placebo?.whole).toBeGreaterThan(0);
    expect(Math.abs((secondOpinion?.avoided.likely ?? 0) / (0.7 * served) - 1)).toBeLessThan(0.15);
    expect(avoided).not.toEqual(secondOpinion?.avoided);
    const ofSameMonths = deflectionReport({ ...input, served: { reset: served, unlock: 0 } });
    expect(secondOpinion?.answer).toEqual(ofSameMonths.avoided);
    expect(deflectionReport({ ...input, wholeMonths: null }).secondOpinion).toBeNull();
    expect(deflectionReport({ ...input, set: DEFAULT_SET }).secondOpinion).toBeNull();
  });

  test('of days that were not collected is null, and not 0', () => {
    const counts = {
      ...{ selfServed: 0, fellBack: 0, abandoned: 0, settling: 0 },
      ...{ adminResets: 0, bypasses: 0, settlingBypasses: 0 },
    };
    const nothing = { served: null, counts, daysCollected: 0, uncoveredResets: null, people: null };

    const figures = deflectionReport(anInput(nothing));

    expect(figures).toMatchObject({
      ...{ served: null, avoided: null, saving: null, potential: null, tornado: [] },
      ratios: { selfServiceShare: { part: 0, whole: 0 }, adminResetsPerPeople: null },
    });
  });

  test('of a period in which every incident is still settling is not known, and not 0', () => {
    const { counts } = anInput();
    const unsettled = { ...counts, selfServed: 0, fellBack: 0, abandoned: 0, settling: 12 };
    const served = { reset: 0, unlock: 0 };

    const figures = deflectionReport(anInput({ served, counts: unsettled }));

    expect(figures).toMatchObject({ served, avoided: null, saving: null });
    const oneGaveUp = anInput({ served, counts: { ...unsettled, abandoned: 1 } });
    expect(deflectionReport(oneGaveUp).avoided).toEqual({ low: 0, likely: 0, high: 0 });
  });

  test('of a collected period without resets is 0 and not null', () => {
    const figures = deflectionReport(anInput({ served: { reset: 0, unlock: 0 } }));

    expect(figures.avoided).toEqual({ low: 0, likely: 0, high: 0 });
    expect(figures.saving?.desk).toEqual({ low: 0, likely: 0, high: 0 });
  });

  test('has ratios that need no assumption, settling ones in none', () => {
    expect(deflectionReport(anInput()).ratios).toEqual({
      selfServiceShare: { part: 1_200, whole: 1_550 },
      successRate: { part: 1_200, whole: 1_360 },
      fellBackOfUnserved: { part: 100, whole: 160 },
      adminResetsPerPeople: { adminResets: 400, people: 5_000 },
    });
  });
});

describe('what more coverage could avoid', () => {
  test('is the uncovered resets times those who register times the success rate', () => {
    const { potential, avoided } = deflectionReport(anInput({ uncoveredResets: 10_000 }));

    // Means: 0.9 of Beta(18, 2), 1201 / 1362 of Laplace's success rate.
    expect(potential?.resets).toBe(10_000);
    expect(
      Math.abs((potential?.avoided.likely ?? 0) / (10_000 * 0.9 * (1_201 / 1_362)) - 1),
    ).toBeLessThan(0.03);
    expect(deflectionReport(anInput()).avoided).toEqual(avoided);
  });

  test('is null where nobody uncovered was reset, or that is not known', () => {
    expect(deflectionReport(anInput({ uncoveredResets: 0 })).potential).toBeNull();
    expect(deflectionReport(anInput({ uncoveredResets: null })).potential).toBeNull();
  });
});

describe('the tornado', () => {
  test('moves one assumption at a time, all others at their medians, largest first', () => {
    const { tornado, tornadoOf } = deflectionReport(anInput());

    expect(tornadoOf).toBe('desk_saving');
    expect(tornado.map(({ path }) => path)).toEqual([
      'money.desk.preset',
      'deflection.reset.induced',
      'deflection.reset.propensity',
      'deflection.unlock.propensity',
      'deflection.unlock.induced',
    ]);
    const [cost] = tornado;
    if (!cost) throw new Error('There was no bar.');
    expect([cost.low.at, cost.high.at]).toEqual([9.25, 40]);
    expect(cost.high.answer / cost.low.answer).toBeCloseTo(40 / 9.25, 3);
    const widths = tornado.map(({ low, high }) => Math.abs(high.answer - low.answer));
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });

  test('has one bar for what assumptions and tickets say together', () => {
    const { tornado, calibration } = deflectionReport(
      anInput({ set: SINCE_2026, history: aHistory(0.7) }),
    );

    expect(tornado.map(({ path }) => path)).toEqual(['money.desk.preset', 'calibration.share']);
    expect(tornado[1]).toMatchObject({
      low: { at: calibration?.share.low },
      high: { at: calibration?.share.high },
    });
  });

  test('is of tickets where a ticket costs nothing', () => {
    const set = setWith({ desk: { basis: 'own', hourlyRate: 0 } });

    const { tornado, tornadoOf } = deflectionReport(anInput({ set }));

    expect(tornadoOf).toBe('avoided');
    expect(tornado.map(({ path }) => path)).not.toContain('money.handleMinutes');
    expect(tornado[0]?.high.answer).toBeLessThan(1_200);
  });
});

test('a month of a trend says what the report of that month alone says', () => {
  const input = anInput({ set: SINCE_2026, history: aHistory(0.7) });
  const { served, counts } = input;
  const reportOf = monthReports(input.set, evidenceOf(input.set, input.history));

  const { avoided, saving } = deflectionReport(input);

  expect(reportOf({ served: { reset: 3, unlock: 1 }, fellBack: 0 }).avoided.high).toBeLessThan(5);
  expect(served && reportOf({ served, fellBack: counts.fellBack })).toEqual({
    ...{ avoided, desk: saving?.desk },
  });
});

describe('whatever the counts are', () => {
  const inOrder = ({ low, likely, high }: Range) => low <= likely && likely <= high;
  const counts = fc.record({ reset: fc.nat(60_000), unlock: fc.nat(5_000) });

  test('low, likely and high are in order, and more served is more avoided', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(null, 0.1, 0.7), (served, share) => {
        const history = share === null ? [] : aHistory(share);
        const of = (factor: number) =>
          deflectionReport(
            anInput({
              ...{ set: SINCE_2026, history },
              served: { reset: factor * (served.reset + 20), unlock: factor * served.unlock },
            }),
          );
        const [less, more] = [of(1), of(2)];

        for (const { avoided, saving } of [less, more]) {
          if (!avoided || !saving) throw new Error('There was no answer.');
          expect([avoided, saving.desk, saving.deskHours, saving.userHours].every(inOrder)).toBe(
            true,
          );
        }
        expect(more.avoided?.likely).toBeGreaterThan(less.avoided?.likely ?? 0);
        expect(more.avoided?.high).toBeGreaterThan(less.avoided?.high ?? 0);
      }),
      { numRuns: 12 },
    );
  });

  test('every figure is a number that JSON holds', () => {
    const ranges = fc
      .tuple(fc.integer({ min: 1, max: 500 }), fc.nat(500), fc.nat(500))
      .map(([low, a, b]) => ({ low, likely: low + a, high: low + a + b }));
    fc.assert(
      fc.property(
        fc.record({
          ...{ served: counts, perTicket: ranges, fellBack: fc.nat(500) },
          ...{ fee: fc.nat(9), extra: fc.nat(60), setup: fc.nat(90_000), monthly: fc.nat(5_000) },
        }),
        ({ served, perTicket, fellBack, fee, extra, setup, monthly }) => {
          const set = setWith({
            ...{ desk: { basis: 'range', perTicket }, selfServiceCost: fee },
            ...{ fallbackExtraMinutes: extra, setupCost: setup, monthlyCost: monthly },
          });
          const input = anInput({ set, served });
          const figures = deflectionReport({ ...input, counts: { ...input.counts, fellBack } });

          expect(JSON.parse(JSON.stringify(figures))).toEqual(figures);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('other tickets', () => {
  /** People come and go: both kinds of tickets follow, and self-service grows meanwhile. */
  const history = aHistory(0.7).map((month, i): HistoryMonth => {
    const growth = 1 + 0.02 * i + 0.1 * Math.sin(i * 2.3);
    const tickets = Math.round(400 * growth + (month.tickets ?? 0) - 400);
    return { ...month, tickets, otherTickets: Math.round(3_000 * growth) };
  });
  const shareOf = (months: HistoryMonth[]) =>
    deflectionReport(anInput({ set: SINCE_2026, history: months })).calibration;

  test('keep what moves the whole desk from being taken for self-service', () => {
    const [controlled, alone] = [
      shareOf(history),
      shareOf(history.map((month) => ({ ...month, otherTickets: null }))),
    ];

    expect([controlled?.controlled, alone?.controlled]).toEqual([true, false]);
    expect(controlled?.estimate.share).toBeCloseTo(0.7, 1);
    expect(Math.abs((alone?.estimate.share ?? 0) - 0.7)).toBeGreaterThan(0.3);
  });

  test('are left aside where a month does not tell them, there are few months, or none at all', () => {
    const gap = history.map((month, i) => (i === 5 ? { ...month, otherTickets: null } : month));
    const none = history.map((month) => ({ ...month, otherTickets: 0 }));

    expect(shareOf(gap)?.controlled).toBe(false);
    expect(shareOf(history.slice(4, 19))?.controlled).toBe(false);
    expect(shareOf(none)?.controlled).toBe(false);
  });
});
