import { expect, test } from 'vitest';
import { parseDay } from '../../domain/day.ts';
import { joinersOfMonth } from '../../domain/joiners.ts';

const joiner = (created: string, registered: string | null) => ({
  created: parseDay(created),
  registered: registered === null ? null : parseDay(registered),
});

test('the day counts on which the time is up, and only people for whom it is', () => {
  const joiners = [
    joiner('2026-03-01', '2026-03-01'),
    joiner('2026-03-01', '2026-03-08'), // the 7th day after
    joiner('2026-03-01', '2026-03-09'),
    joiner('2026-03-01', null),
    joiner('2026-03-10', '2026-03-11'), // its 7th day has not come
  ];

  expect(joinersOfMonth(joiners, parseDay('2026-03-16'))).toEqual({
    joined: 5,
    within7: { part: 2, whole: 4 },
    within14: { part: 3, whole: 4 },
    within30: { part: 0, whole: 0 },
  });
  expect(joinersOfMonth(joiners, parseDay('2026-03-17')).within7).toEqual({ part: 3, whole: 5 });
});

test('a person seen registered before the account was made, as a clock may tell, was in time', () => {
  const joiners = [joiner('2026-03-02', '2026-03-01')];

  expect(joinersOfMonth(joiners, parseDay('2026-04-30')).within7).toEqual({ part: 1, whole: 1 });
});

test('a month without anybody is not a share of anything', () => {
  const nobody = { part: 0, whole: 0 };

  expect(joinersOfMonth([], parseDay('2026-03-31'))).toEqual({
    joined: 0,
    within7: nobody,
    within14: nobody,
    within30: nobody,
  });
});
