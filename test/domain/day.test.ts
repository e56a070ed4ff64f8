import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  bucketStart,
  type Day,
  dayCount,
  dayCutter,
  daysBetween,
  HOUR_MS,
  hourOf,
  isDay,
  isTimeZone,
  nextDay,
  parseDay,
} from '../../domain/day.ts';

const day = (text: string): Day => parseDay(text);
const iso = (instant: number) => new Date(instant).toISOString();

describe('a day', () => {
  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-3-1',
    '2026-03-01T00:00:00Z',
    '',
    'today',
    // A "never": the day after sorts before all others.
    '9999-12-31',
    '1899-12-31',
  ])('is not "%s"', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => parseDay(text)).toThrow(RangeError);
  });

  test('is a date that the calendar has', () => {
    expect(parseDay('2028-02-29')).toBe('2028-02-29');
  });

  test('moves over ends of months and years', () => {
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
    expect(addDays(day('2028-02-28'), 2)).toBe('2028-03-01');
    expect(nextDay(day('2026-12-31'))).toBe('2027-01-01');
  });

  test('is counted with both ends', () => {
    expect(dayCount(day('2026-03-28'), day('2026-03-30'))).toBe(3);
    expect(daysBetween(day('2026-03-28'), day('2026-03-30'))).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
    ]);
    expect(dayCount(day('2026-03-30'), day('2026-03-28'))).toBeLessThanOrEqual(0);
    expect(daysBetween(day('2026-03-30'), day('2026-03-28'))).toEqual([]);
  });
});

describe('buckets', () => {
  test.each([
    ['2026-03-01', '2026-02-23'], // a Sunday
    ['2026-03-02', '2026-03-02'], // a Monday
    ['2026-01-01', '2025-12-29'],
  ])('the week of %s starts on Monday %s', (text, monday) => {
    expect(bucketStart(day(text), 'week')).toBe(monday);
  });

  test('a month starts on its first, a day on itself', () => {
    expect(bucketStart(day('2026-03-31'), 'month')).toBe('2026-03-01');
    expect(bucketStart(day('2026-03-31'), 'day')).toBe('2026-03-31');
  });
});

describe('the days of a time zone', () => {
  test.each([
    ['Europe/Vienna', '2026-03-29', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Vienna', '2026-10-25', '2026-10-24T22:00:00.000Z', 25],
    ['Europe/Vienna', '2026-07-01', '2026-06-30T22:00:00.000Z', 24],
    ['America/St_Johns', '2026-03-08', '2026-03-08T03:30:00.000Z', 23],
    ['America/St_Johns', '2026-11-01', '2026-11-01T02:30:00.000Z', 25],
    ['Asia/Kathmandu', '2026-03-02', '2026-03-01T18:15:00.000Z', 24],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00.000Z', 24.5],
    ['Pacific/Kiritimati', '2026-03-02', '2026-03-01T10:00:00.000Z', 24],
    ['UTC', '2026-03-02', '2026-03-02T00:00:00.000Z', 24],
  ])('%s: %s starts at %s and lasts %d hours', (timeZone, text, start, hours) => {
    const cutter = dayCutter(timeZone);

    expect(iso(cutter.startOf(day(text)))).toBe(start);
    expect(cutter.endOf(day(text)) - cutter.startOf(day(text))).toBe(hours * HOUR_MS);
  });

  test('a day without a midnight starts at the first instant it has', () => {
    const cutter = dayCutter('America/Sao_Paulo'); // 2018-11-04: 00:00 was 01:00

    expect(iso(cutter.startOf(day('2018-11-04')))).toBe('2018-11-04T03:00:00.000Z');
    expect(cutter.endOf(day('2018-11-04')) - cutter.startOf(day('2018-11-04'))).toBe(23 * HOUR_MS);
  });

  test('a day with two midnights starts at the first', () => {
    const cutter = dayCutter('America/Sao_Paulo'); // 2018-02-18, 00:00 was 23:00 of the day before

    expect(cutter.endOf(day('2018-02-17')) - cutter.startOf(day('2018-02-17'))).toBe(25 * HOUR_MS);
  });

  test('a day that was skipped is empty: it starts where the next one does', () => {
    const cutter = dayCutter('Pacific/Apia'); // from 2011-12-29 to 2011-12-31
    const skipped = day('2011-12-30');

    expect(iso(cutter.startOf(skipped))).toBe('2011-12-30T10:00:00.000Z');
    expect(cutter.endOf(skipped)).toBe(cutter.startOf(skipped));
    expect(cutter.startOf(day('2011-12-31'))).toBe(cutter.startOf(skipped));
    expect(cutter.endOf(day('2011-12-29'))).toBe(cutter.startOf(skipped));
    expect(cutter.dayOf(cutter.startOf(skipped))).toBe('2011-12-31');
  });

  test('an evening in UTC is the next morning in Vienna', () => {
    expect(dayCutter('Europe/Vienna').dayOf(Date.parse('2026-03-01T23:00:00Z'))).toBe('2026-03-02');
    expect(dayCutter('Europe/Vienna').dayOf(Date.parse('2026-03-01T22:59:59.999Z'))).toBe(
      '2026-03-01',
    );
  });

  test('follow each other without gap or overlap, in every zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(zones, fc.nat(365 * 20), fc.nat(999_999), (timeZone, offset, part) => {
        const cutter = dayCutter(timeZone);
        const today = addDays(day('2013-01-01'), offset);
        const [start, end] = [cutter.startOf(today), cutter.endOf(today)];

        expect(end - start).toBeGreaterThanOrEqual(22 * HOUR_MS);
        expect(cutter.dayOf(start)).toBe(today);
        expect(cutter.dayOf(start - 1)).toBe(addDays(today, -1));
        expect(cutter.dayOf(start + Math.floor(((end - start) * part) / 1_000_000))).toBe(today);
        expect(cutter.startOf(nextDay(today))).toBe(end);
      }),
      { numRuns: 500 },
    );
  });

  test('a cutter is made once per zone', () => {
    expect(dayCutter('Europe/Vienna')).toBe(dayCutter('Europe/Vienna'));
  });

  test('a zone nobody knows is refused', () => {
    expect(isTimeZone('Europe/Vienna')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
    expect(() => dayCutter('Europe/Atlantis')).toThrow(RangeError);
  });
});

test('an hour is named by its start in UTC', () => {
  expect(iso(hourOf(Date.parse('2026-10-25T00:59:59.999Z')))).toBe('2026-10-25T00:00:00.000Z');
  expect(iso(hourOf(Date.parse('2026-10-25T01:00:00Z')))).toBe('2026-10-25T01:00:00.000Z');
});

test.each([
  ['UTC', '2026-03-02T00:00:00Z', 0],
  ['UTC', '2026-03-02T23:59:59.999Z', 23],
  ['Asia/Kathmandu', '2026-03-02T18:14:59Z', 23],
  ['Asia/Kathmandu', '2026-03-02T18:15:00Z', 0],
  ['Europe/Vienna', '2026-03-29T01:00:00Z', 3],
  ['Europe/Vienna', '2026-10-25T00:30:00Z', 2],
  ['Europe/Vienna', '2026-10-25T01:30:00Z', 2],
  ['America/New_York', '1969-07-20T20:17:40Z', 16],
])('the clocks of %s show the hour of %s as %d', (timeZone, instant, hour) => {
  expect(dayCutter(timeZone).localHourOf(Date.parse(instant))).toBe(hour);
});
