import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../domain/day.ts';
import { featuresAt } from '../../../domain/priority/features.ts';
import { callStarts, isTrouble } from '../../../domain/priority/history.ts';
import { observedDays } from '../../../domain/priority/observed.ts';
import { isDormant, passwordExpires } from '../../../domain/priority/password-expiry.ts';
import { aHistory, daysAgo, NOVEMBER, onNovember } from './people.ts';

describe('a call', () => {
  test('is one for each chain of resets less than 24 hours apart', () => {
    const hours = [0, 5, 28, 52, 80];

    expect(callStarts(hours.map((hour) => hour * HOUR_MS))).toEqual([
      0,
      52 * HOUR_MS,
      80 * HOUR_MS,
    ]);
  });
});

describe('the features of a person', () => {
  test('count needs and calls of the 360 days before', () => {
    const history = aHistory({
      needs: [daysAgo(364), daysAgo(300), daysAgo(100), daysAgo(3)],
      calls: [daysAgo(364), daysAgo(300)],
      troubles: [daysAgo(95)],
    });

    expect(featuresAt(history, onNovember({ capable: true }))).toEqual({
      ...{ capable: true, tenure: 'longer', observedDays: 360, needs: 3, calls: 1 },
      ...{ needLately: true, trouble: false, passwordExpires: null, dormant: null },
    });
  });

  test('never change with what happened later', () => {
    const later = fc.array(fc.integer({ min: 0, max: 500 * DAY_MS }));
    fc.assert(
      fc.property(later, later, later, (needs, calls, troubles) => {
        const from = (list: number[]) => list.map((ms) => NOVEMBER + ms);
        const history = { needs: from(needs), calls: from(calls), troubles: from(troubles) };

        expect(featuresAt(aHistory(history), onNovember())).toEqual(
          featuresAt(aHistory(), onNovember()),
        );
      }),
    );
  });

  test('of a new account count only its own days', () => {
    const history = aHistory({ createdAt: daysAgo(20) });

    expect(featuresAt(history, onNovember())).toMatchObject({
      tenure: 'first_30_days',
      observedDays: 30,
    });
  });

  test('are unknown, not zero, where no log was read', () => {
    expect(featuresAt(aHistory(), onNovember({ observedDays: () => 0 }))).toMatchObject({
      observedDays: 0,
      needLately: null,
      trouble: null,
    });
  });

  test('leave the tenure unknown where the account is older than its own date', () => {
    expect(featuresAt(aHistory({ createdAt: null }), onNovember()).tenure).toBeNull();
    expect(featuresAt(aHistory({ createdAt: daysAgo(-5) }), onNovember()).tenure).toBeNull();
  });

  test('know days of the log by the windows read, gaps left out', () => {
    const windows = [
      { since: daysAgo(100), until: daysAgo(60) },
      { since: daysAgo(50), until: NOVEMBER },
    ];

    expect(observedDays(windows, daysAgo(80), daysAgo(10))).toBe(20 + 40);
  });

  test('take every end of a flow for trouble that is no success, but not one in progress', () => {
    expect((['completed', 'unlocked', 'in_progress'] as const).filter(isTrouble)).toEqual([]);
    expect((['failed', 'abandoned', 'not_entitled'] as const).every(isTrouble)).toBe(true);
  });
});

describe('a password', () => {
  const password = { changedAt: daysAgo(100), policies: null, synced: null };

  test('expires where its age limit falls into the next 90 days', () => {
    expect(passwordExpires(password, 180, NOVEMBER)).toBe(true);
    expect(passwordExpires(password, 190, NOVEMBER)).toBe(false);
    expect(passwordExpires(password, 99, NOVEMBER)).toBe(false);
  });

  test('does not expire where the domain or the account says never', () => {
    expect(passwordExpires(password, 2_147_483_647, NOVEMBER)).toBe(false);
    const policies = 'DisableStrongPassword, DisablePasswordExpiration';
    expect(passwordExpires({ ...password, policies }, 120, NOVEMBER)).toBe(false);
  });

  test('is unknown where the domain does not say, a local directory decides, or the date is missing or later', () => {
    expect(passwordExpires(password, null, NOVEMBER)).toBeNull();
    expect(passwordExpires({ ...password, synced: true }, 180, NOVEMBER)).toBeNull();
    expect(passwordExpires({ ...password, changedAt: null }, 180, NOVEMBER)).toBeNull();
    expect(passwordExpires({ ...password, changedAt: NOVEMBER + 1 }, 180, NOVEMBER)).toBeNull();
  });

  test('of an account without a sign-in for 90 days is hardly needed; unknown sign-ins stay unknown', () => {
    expect(isDormant(daysAgo(90), NOVEMBER)).toBe(true);
    expect(isDormant(daysAgo(89), NOVEMBER)).toBe(false);
    expect(isDormant(null, NOVEMBER)).toBeNull();
  });
});
