import { describe, expect, test } from 'vitest';
import { dayCutter } from '../../../domain/day.ts';
import { BadTicketFile } from '../../../domain/tickets/bad-ticket-file.ts';
import { type DateOrder, DateSurvey, readDate } from '../../../domain/tickets/read-date.ts';

const cutter = dayCutter('Europe/Vienna');
const read = (text: string, order: DateOrder | null = null) => readDate(text, { order, cutter });

describe('a date', () => {
  test.each([
    ['2026-03-31', '2026-03-31'],
    [' 2026-3-1 ', '2026-03-01'],
    ['2026/03/31 09:12', '2026-03-31'],
    ['2026-03-31 09:12:33', '2026-03-31'],
    ['2026-03-31T23:12:33.123', '2026-03-31'],
    ['31/Mar/26 9:12 AM', '2026-03-31'],
    ['1-Sep-2026', '2026-09-01'],
    ['31 March 2026, 09:12', '2026-03-31'],
  ])('%s is the day that is written', (text, day) => {
    expect(read(text)).toEqual({ day, isMonth: false });
  });

  test.each([
    ['2026-03-31T22:30:00Z', '2026-04-01'],
    ['2026-03-31T21:59:59Z', '2026-03-31'],
    ['2026-03-31 23:30:00 +0200', '2026-03-31'],
    ['2026-03-31T23:30:00-05:00', '2026-04-01'],
    ['2026-12-31 23:30:00 UTC', '2027-01-01'],
    ['31/Mar/26 11:30 PM UTC', '2026-04-01'],
  ])('%s, an instant, falls on its day in the tenant’s zone', (text, day) => {
    expect(read(text)).toEqual({ day, isMonth: false });
  });

  test('of day and month in numbers is read in the order that holds', () => {
    expect(read('03/04/2026', 'dmy')).toMatchObject({ day: '2026-04-03' });
    expect(read('03/04/2026', 'mdy')).toMatchObject({ day: '2026-03-04' });
    expect(read('3.4.26 17:05', 'dmy')).toMatchObject({ day: '2026-04-03' });
    expect(read('03/04/2026')).toMatch(/^has no date that can be read/);
  });

  test('may be a month', () => {
    expect(read('2026-03')).toEqual({ day: '2026-03-01', isMonth: true });
  });

  test.each([
    ['', /^has no date$/],
    ['soon', /^has no date that can be read: “soon”$/],
    ['2026-02-30', /^has a date that does not exist/],
    ['2026-13', /^has a date that does not exist/],
    ['31/Foo/26', /^has no date that can be read/],
    ['2026-03-31 25:00', /^has a time that does not exist/],
    ['31/Mar/26 13:12 PM', /^has a time that does not exist/],
    ['x'.repeat(200), /^has no date that can be read: “x{40}…”$/],
  ])('%s says what is wrong with it', (text, why) => {
    expect(read(text)).toMatch(why);
  });
});

describe('the order of day and month', () => {
  const order = (texts: string[], asked?: DateOrder) => {
    const survey = new DateSurvey();
    for (const text of texts) survey.see(text);
    return survey.order(asked);
  };

  test('is what the file proves by a day above 12', () => {
    expect(order(['03/04/2026', '13/04/2026'])).toBe('dmy');
    expect(order(['03/04/2026', '04/13/2026'])).toBe('mdy');
    expect(order(['2026-04-03', '31/Mar/26'])).toBeNull();
  });

  test('is asked for where the file leaves it open, or proves both', () => {
    expect(() => order(['03/04/2026', '05/06/2026'])).toThrow(BadTicketFile);
    expect(() => order(['03/04/2026'])).toThrow(/dateOrder: dmy or mdy/);
    expect(() => order(['13/04/2026', '04/13/2026'])).toThrow(/do not have the same order/);
    expect(order(['03/04/2026'], 'mdy')).toBe('mdy');
  });
});
