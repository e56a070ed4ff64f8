import { describe, expect, test } from 'vitest';
import { parseDay, weekdayOf } from '../../domain/day.ts';
import { isOfficeDay, isOfficeHour, readWeekday, WEEKDAYS } from '../../domain/office-hours.ts';

const HOURS = { weekdays: [1, 2, 3, 4, 5], from: 8, until: 18 };
const NONE: ReadonlySet<never> = new Set<never>();

describe('office hours', () => {
  test('begin with the first hour and end before the last', () => {
    const inside = [7, 8, 17, 18].map((hour) => isOfficeHour(hour, HOURS));

    expect(inside).toEqual([false, true, true, false]);
  });

  test('are on the weekdays given, and on no holiday', () => {
    const [friday, saturday] = ['2026-03-06', '2026-03-07'].map(parseDay);
    if (!friday || !saturday) throw new Error('no days');

    expect([weekdayOf(friday), weekdayOf(saturday)]).toEqual([5, 6]);
    expect(isOfficeDay(friday, HOURS, NONE)).toBe(true);
    expect(isOfficeDay(saturday, HOURS, NONE)).toBe(false);
    expect(isOfficeDay(friday, HOURS, new Set([friday]))).toBe(false);
  });

  test('take weekdays by name, by three letters, and by number from Monday', () => {
    expect(WEEKDAYS.map(readWeekday)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(['mon', ' SUN ', '3'].map(readWeekday)).toEqual([1, 7, 3]);
    expect(['Montag', '0', '8', '', 'Mo'].map(readWeekday)).toEqual([null, null, null, null, null]);
  });
});

test('the weekday of a day is that of the calendar', () => {
  const days = ['2024-02-29', '2026-11-22', '2000-01-01', '1999-12-27'].map(parseDay);

  expect(days.map(weekdayOf)).toEqual([4, 7, 6, 1]);
});
