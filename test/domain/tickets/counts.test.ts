import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, bucketEnd, type Day, dayCount } from '../../../domain/day.ts';
import { countGrain } from '../../../domain/tickets/count-grain.ts';
import { CountSurvey, readCount } from '../../../domain/tickets/read-count.ts';
import { spokenFor } from '../../../domain/tickets/spoken-for.ts';
import { monthSums, ticketMonths } from '../../../domain/tickets/ticket-months.ts';

const day = (text: string) => text as Day;

function counts(texts: string[]): (number | string)[] {
  const survey = new CountSurvey();
  for (const text of texts) survey.see(text);
  return texts.map((text) => readCount(text, survey));
}

describe('a count', () => {
  test('is a whole number from 0, with thousands apart where that is certain', () => {
    expect(counts(['0', '12', ' 999 ', '1,234'])).toEqual([0, 12, 999, 1234]);
    expect(counts(['7', '1.234', '12.345.678'])).toEqual([7, 1234, 12_345_678]);
    expect(counts(['1 234', '1’234', '1\u202f234'])).toEqual([1234, 1234, 1234]);
  });

  test('may not be guessed: 1.234 may be a fraction', () => {
    const open = expect.stringMatching(/thousands or a fraction/);
    expect(counts(['1.234', '2.345'])).toEqual([open, open]);
    expect(counts(['12', '1,234', '1.5'])).toEqual([12, 1234, expect.stringMatching(/whole/)]);
    expect(counts(['12', '1.234', '1.5'])).toEqual([12, open, expect.stringMatching(/whole/)]);
    expect(counts(['1234', '1,234'])).toEqual([1234, open]);
  });

  test.each([
    ['', /^is empty: a count that is missing is not 0$/],
    ['-3', /^is negative: “-3”$/],
    ['−3', /^is negative/],
    ['(3)', /^is negative/],
    ['3.5', /^is not a whole number/],
    ['1e3', /^is not a whole number/],
    ['n/a', /^is not a whole number/],
    ['12345678901', /^is too large/],
  ])('“%s” says what is wrong with it', (text, why) => {
    expect(counts([text])).toEqual([expect.stringMatching(why)]);
  });
});

describe('what a line of counts is', () => {
  const from = (first: string, ...gaps: number[]) => {
    const days = [day(first)];
    for (const gap of gaps) days.push(addDays(days.at(-1) ?? day(first), gap));
    return days;
  };

  test('follows from how far the days lie apart', () => {
    expect(countGrain(from('2026-03-02', 1, 1, 1, 3))).toBe('day');
    expect(countGrain(from('2026-03-02', 2, 5))).toBe('day');
    expect(countGrain(from('2026-03-02', 7, 7, 14))).toBe('week');
    expect(countGrain(from('2026-01-01', 31, 28, 31))).toBe('month');
    expect(countGrain(from('2026-02-01', 28))).toBe('month');
  });

  test.each([
    ['one day', []],
    ['two weeks, or two days', [7]],
    ['fortnights', [14, 14]],
    ['tens', [10, 10]],
  ])('is not guessed from %s', (_, gaps) => {
    expect(() => countGrain(from('2026-03-02', ...gaps))).toThrow(/do not tell whether/);
  });
});

describe('the days a file of tickets speaks for', () => {
  const today = day('2026-11-22');
  const of = (first: string, last: string, asked = {}) =>
    spokenFor({ first: day(first), last: day(last) }, asked, today);

  test('are widened to whole months where at most three days are missing', () => {
    expect(of('2026-01-04', '2026-03-28')).toEqual({ first: '2026-01-01', last: '2026-03-31' });
    expect(of('2026-01-05', '2026-03-27')).toEqual({ first: '2026-01-05', last: '2026-03-27' });
  });

  test('are as asked, and never today or later', () => {
    const asked = { first: day('2026-01-01'), last: day('2026-12-31') };
    expect(of('2026-01-20', '2026-03-10', asked)).toEqual({
      first: '2026-01-01',
      last: '2026-11-21',
    });
    expect(of('2026-11-02', '2026-11-22')).toEqual({ first: '2026-11-01', last: '2026-11-21' });
    expect(of('2026-11-22', '2026-11-22')).toEqual({ first: '2026-11-22', last: '2026-11-22' });
  });
});

describe('months', () => {
  const period = { first: day('2026-01-15'), last: day('2026-03-01') };
  const count = (first: string, last: string, password: number, other: number | null = null) => ({
    ...{ firstDay: day(first), lastDay: day(last), password, other },
  });

  test('have a figure only where every day is spoken for', () => {
    const spoken = (first: string, last: string, tellsOther = true) => ({
      ...{ firstDay: day(first), lastDay: day(last), tellsOther },
    });
    const given = {
      spokenFor: [spoken('2026-01-01', '2026-01-20'), spoken('2026-01-21', '2026-02-28', false)],
      counts: [count('2026-01-03', '2026-01-03', 4, 9), count('2026-02-10', '2026-02-10', 2)],
    };

    expect(ticketMonths(given, period)).toEqual([
      { month: '2026-01', tickets: 4, otherTickets: null },
      { month: '2026-02', tickets: 2, otherTickets: null },
      { month: '2026-03', tickets: null, otherTickets: null },
    ]);
  });

  test('share a week by its days, and nothing is lost or made', () => {
    const week = monthSums([count('2026-01-29', '2026-02-04', 10, 21)]);
    expect([...week]).toEqual([
      ['2026-01', { password: 4, other: 9 }],
      ['2026-02', { password: 6, other: 12 }],
    ]);
    fc.assert(
      fc.property(fc.nat(800), fc.integer({ min: 1, max: 70 }), fc.nat(5000), (at, days, total) => {
        const first = addDays(day('2025-01-01'), at);
        const sums = monthSums([{ ...count(first, addDays(first, days - 1), total), other: 0 }]);
        const parts = [...sums.values()].map(({ password }) => password);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
        expect(parts.every((part) => part >= 0)).toBe(true);
        const whole = dayCount(first, bucketEnd(first, 'month'));
        if (days <= whole) expect(parts).toHaveLength(1);
      }),
    );
  });
});
