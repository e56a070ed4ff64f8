import { describe, expect, test } from 'vitest';
import type { Day } from '../../domain/day.ts';
import {
  type ExclusionRule,
  exclusionState,
  firstDayAfter,
  holdsOn,
  isSameRule,
  type RuleView,
  ruleMatcher,
} from '../../domain/exclusion.ts';
import { registrationMoves } from '../../domain/registration-moves.ts';
import type { SummarisedState } from '../../domain/registration-summary.ts';

const NOBODY: RuleView = {
  userPrincipalName: null,
  name: null,
  department: null,
  country: null,
  office: null,
  company: null,
};
const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}` as Day;

describe('a rule', () => {
  const upn = (match: ExclusionRule['match'], value: string): ExclusionRule => {
    return { field: 'userPrincipalName', match, value };
  };
  const svc = { ...NOBODY, userPrincipalName: 'SVC-Backup@contoso.example' };

  test.each<[ExclusionRule['match'], string, boolean]>([
    ['starts_with', 'svc-', true],
    ['starts_with', 'backup', false],
    ['ends_with', '@CONTOSO.EXAMPLE', true],
    ['ends_with', 'svc-', false],
    ['contains', 'backup', true],
    ['contains', 'restore', false],
    ['equals', 'svc-backup@contoso.example', true],
    ['equals', 'svc-backup', false],
  ])('%s %j', (match, value, matched) => {
    expect(ruleMatcher(upn(match, value))(svc)).toBe(matched);
  });

  test('compares without upper and lower case in every script, accents as typed', () => {
    const matches = (value: string, name: string) =>
      ruleMatcher({ field: 'name', match: 'equals', value })({ ...NOBODY, name });

    expect(matches('ΟΔΟΣ', 'οδος')).toBe(true);
    expect(matches('strasse', 'Straße')).toBe(true);
    expect(matches('Zoe', 'Zoë')).toBe(false);
  });

  test('takes signs that mean something to databases as they are', () => {
    expect(ruleMatcher(upn('contains', '%'))(svc)).toBe(false);
    expect(ruleMatcher(upn('starts_with', 'svc_'))(svc)).toBe(false);
  });

  test('matches nobody whose value is missing', () => {
    for (const match of ['starts_with', 'ends_with', 'contains', 'equals'] as const)
      expect(ruleMatcher({ field: 'department', match, value: 'n' })(NOBODY)).toBe(false);
  });

  test('is the same as one that differs in upper and lower case only', () => {
    expect(isSameRule(upn('contains', 'SVC'), upn('contains', 'svc'))).toBe(true);
    expect(isSameRule(upn('contains', 'svc'), upn('equals', 'svc'))).toBe(false);
  });
});

describe('an exclusion', () => {
  test('holds from its first day up to, not including, its last', () => {
    const interval = { firstDay: day(5), endDay: day(8) };

    expect([4, 5, 7, 8].map((number) => holdsOn(interval, day(number)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(holdsOn({ firstDay: day(5), endDay: null }, day(31))).toBe(true);
  });

  test('that is ended on the day it was set holds on no day', () => {
    const interval = { firstDay: day(5), endDay: day(5) };

    expect([4, 5, 6].some((number) => holdsOn(interval, day(number)))).toBe(false);
  });

  test('ends by expiry or by hand, whichever comes first', () => {
    expect(firstDayAfter({ untilDay: null, endDay: null })).toBeNull();
    expect(firstDayAfter({ untilDay: day(9), endDay: null })).toBe(day(9));
    expect(firstDayAfter({ untilDay: day(9), endDay: day(7) })).toBe(day(7));
    expect(firstDayAfter({ untilDay: null, endDay: day(7) })).toBe(day(7));
  });

  test('is active, expired on the day of its expiry, or ended, and then stays so', () => {
    const open = { untilDay: day(9), endDay: null };

    expect(exclusionState(open, day(8))).toBe('active');
    expect(exclusionState(open, day(9))).toBe('expired');
    expect(exclusionState({ untilDay: day(9), endDay: day(6) }, day(10))).toBe('ended');
    expect(exclusionState({ untilDay: null, endDay: null }, day(31))).toBe('active');
  });
});

describe('moves between two snapshots', () => {
  const state = (userClass: SummarisedState['userClass'], capable: boolean | null) =>
    ({ userClass, capable }) as SummarisedState;
  const states = new Map([
    [1, state('member', true)],
    [2, state('unknown_type', false)],
    [3, state('guest', true)],
    [4, state('member', null)],
  ]);
  const at = (stateId: number | null, excluded = false) => ({ stateId, excluded });
  const moves = (before: ReturnType<typeof at>, now: ReturnType<typeof at>) =>
    Object.entries(registrationMoves([{ before, now, people: 3 }], states)).filter(
      ([, people]) => people !== 0,
    );

  test.each([
    ['gained', at(2), at(1)],
    ['gained', at(4), at(1)],
    ['lost', at(1), at(2)],
    ['lost', at(1), at(4)],
    ['arrived', at(null), at(1)],
    ['arrived', at(3), at(1)],
    ['arrived', at(1, true), at(1)],
    ['arrived', at(2, true), at(1)],
    ['departed', at(1), at(null)],
    ['departed', at(1), at(3)],
    ['departed', at(1), at(1, true)],
    ['departed', at(1), at(2, true)],
  ])('%s: from %j to %j', (move, before, now) => {
    expect(moves(before, now)).toEqual([[move, 3]]);
  });

  test.each([
    [at(null), at(2)],
    [at(3), at(null)],
    [at(1, true), at(2, true)],
    [at(3, true), at(3)],
    [at(2), at(2, true)],
    [at(1), at(1)],
  ])('none: from %j to %j', (before, now) => {
    expect(moves(before, now)).toEqual([]);
  });

  test('a state that nobody knows is a bug, and said so', () => {
    expect(() => moves(at(9), at(1))).toThrow(RangeError);
  });
});
