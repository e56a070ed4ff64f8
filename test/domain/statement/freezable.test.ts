import { describe, expect, test } from 'vitest';
import { type Day, dayCutter } from '../../../domain/day.ts';
import { freezableFrom, whyNotFreezable } from '../../../domain/statement/freezable.ts';
import { addMonths, dayName, daysOfMonth, monthName } from '../../../domain/statement/month.ts';

const UTC = dayCutter('UTC');
const VIENNA = dayCutter('Europe/Vienna');
const HAVANA = dayCutter('America/Havana');

describe('a month can be frozen', () => {
  test.each([
    ['2026-02', UTC, '2026-03-05T00:00:00.000Z'],
    ['2026-12', UTC, '2027-01-05T00:00:00.000Z'],
    // Summer time begins on 29 March: the month ends an hour earlier.
    ['2026-03', VIENNA, '2026-04-04T22:00:00.000Z'],
    ['2026-10', VIENNA, '2026-11-04T23:00:00.000Z'],
    // Havana turns its clocks on 1 November: four times 24 hours end at 23:00 of the fourth day.
    ['2026-10', HAVANA, '2026-11-05T04:00:00.000Z'],
  ])('%s in zone %o once four times 24 hours after its end are read', (month, cutter, instant) => {
    expect(new Date(freezableFrom(month, cutter)).toISOString()).toBe(instant);
  });

  test('once everything of it has settled, and not an instant before', () => {
    const from = freezableFrom('2026-03', VIENNA);
    const read = { month: '2026-03', daysCollected: 1 };

    expect(whyNotFreezable({ ...read, asOf: from }, VIENNA)).toBeNull();
    expect(whyNotFreezable({ ...read, asOf: from - 1 }, VIENNA)).toBe(
      'March 2026 can be frozen once records have been read up to 5 April 2026, 00:00 (Europe/Vienna), when everything of it has settled. They have been read up to 4 April 2026, 23:59.',
    );
  });

  test('says the local time also in the days in which clocks turn', () => {
    const asOf = Date.parse('2026-11-01T12:00:00Z');

    const why = whyNotFreezable(
      { month: '2026-10', daysCollected: 31, asOf },
      dayCutter('America/New_York'),
    );

    expect(why).toContain('up to 4 November 2026, 23:00 (America/New_York)');
    expect(why).toContain('up to 1 November 2026, 07:00.');
  });

  test('only where a day of it was collected, and anything was read at all', () => {
    const asOf = Date.parse('2026-11-01T12:00:00Z');

    expect(whyNotFreezable({ month: '2026-05', daysCollected: 0, asOf }, UTC)).toBe(
      'No day of May 2026 was collected, so there is nothing to freeze.',
    );
    expect(whyNotFreezable({ month: '2026-05', daysCollected: 0, asOf: null }, UTC)).toBe(
      'No records have been read yet, so there is nothing to freeze of May 2026.',
    );
  });
});

test('months are counted over years, and named', () => {
  expect([addMonths('2026-01', -1), addMonths('2026-12', 1), addMonths('2026-03', -12)]).toEqual([
    ...['2025-12', '2027-01', '2025-03'],
  ]);
  expect(daysOfMonth('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29', days: 29 });
  expect([monthName('2026-12'), dayName('2026-05-09' as Day)]).toEqual([
    ...['December 2026', '9 May 2026'],
  ]);
});
