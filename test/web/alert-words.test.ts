import { describe, expect, test } from 'vitest';
import { SURVEILLANCE_DEFAULTS } from '../../domain/surveillance/settings.ts';
import { spanText } from '../../web/words/security/alerts.ts';
import { healthFinding } from '../../web/words/security/method-health.ts';
import { settingsOf, textsOf } from '../../web/words/security/settings-texts.ts';

describe('the time of an alert', () => {
  const span = (startedAt: string, endedAt: string | null, timeZone = 'UTC') =>
    spanText({ startedAt, endedAt }, timeZone);

  test('names a day once, as days are on the clocks of the tenant', () => {
    const [one, five] = ['2026-11-03T01:00:00Z', '2026-11-03T05:00:00Z'];

    expect(span(one, five)).toMatch(/^Nov 3, 01:00 until 05:00$/);
    expect(span(one, five, 'America/New_York')).toBe('Nov 2, 20:00 until Nov 3, 00:00');
    expect(span(one, null)).toBe('since Nov 3, 01:00, and it lasts');
  });
});

describe('the headline about methods', () => {
  const health = (method: string, [passed, started]: number[], [usualPassed, usual]: number[]) => {
    return {
      ...{ method, started: started ?? 0, passed: passed ?? 0 },
      ...{ usualStarted: usual ?? 0, usualPassed: usualPassed ?? 0 },
    };
  };

  test('names none of which too little is known, now or usually', () => {
    const few = [
      health('email', [0, 200], [19, 19]),
      health('security questions', [0, 4], [90, 100]),
    ];

    expect(healthFinding(few)).toBe('No method passes less than half as often as usual');
    expect(healthFinding([...few, health('mobile SMS', [10, 100], [90, 100])])).toMatch(
      /^Mobile SMS: 10\.0.% pass, 90\.0.% usually$/,
    );
  });
});

test('a chance of more than 1 in 20 is refused where it was typed in', () => {
  const read = (oneIn: string) =>
    settingsOf({ ...textsOf(SURVEILLANCE_DEFAULTS), 'daily.watch': oneIn }, SURVEILLANCE_DEFAULTS);

  expect(read('19').complaints).toEqual(new Map([['daily.watch', 'Must be at least 20.']]));
  expect(read('20').settings?.daily.watch).toBe(0.05);
});
