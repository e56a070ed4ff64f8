import { describe, expect, test } from 'vitest';
import { isJudged } from '../../../domain/surveillance/judged-series.ts';
import { seriesOfFailure, seriesOfFlow } from '../../../domain/surveillance/watched-counts.ts';

const quiet = (days: number) => Array<number | null>(days).fill(0);

describe('a series', () => {
  test('of the tenant is judged whatever was counted', () => {
    expect(isJudged('admins', quiet(100))).toBe(true);
    expect(isJudged('failed', [])).toBe(true);
  });

  test('of a country is judged with 20 counts in its last 84 collected days', () => {
    const scattered = Array.from({ length: 84 }, (_, day) => (day % 4 === 0 ? 1 : 0));
    expect(scattered.filter(Boolean).length).toBe(21);
    expect(isJudged('country:Peru', scattered)).toBe(true);
    // Days that were not collected do not use the 84 up; days since then do.
    expect(isJudged('country:Peru', [...scattered, ...Array<null>(30).fill(null)])).toBe(true);
    expect(isJudged('country:Peru', [...scattered, ...quiet(8)])).toBe(false);
  });

  test('of a method is judged for good once 20 were counted on three days in a row', () => {
    const burst = [...quiet(10), 7, 7, 6, ...quiet(200)];
    expect(isJudged('method:email', burst)).toBe(true);
    expect(isJudged('method:email', [...quiet(10), 7, 7, 0, 6, ...quiet(200)])).toBe(false);
  });
});

describe('what counts in which series', () => {
  test('a failure counts for its country and as an admin’s, as far as they are known', () => {
    expect(seriesOfFailure({ country: 'Peru', admin: true })).toEqual(['admins', 'country:Peru']);
    expect(seriesOfFailure({ country: null, admin: null })).toEqual([]);
    expect(seriesOfFailure({ country: '', admin: false })).toEqual([]);
  });

  test('a flow counts once it has ended, a configuration stop only by its reason', () => {
    const options = { outcome: 'abandoned', stage: 1, reason: null, hasStep: false } as const;
    expect(seriesOfFlow(options)).toEqual(['options_only']);
    expect(seriesOfFlow({ ...options, outcome: 'in_progress' })).toEqual([]);
    expect(seriesOfFlow({ ...options, hasStep: true })).toEqual([]);
    expect(seriesOfFlow({ ...options, stage: 2 })).toEqual([]);
    expect(seriesOfFlow({ ...options, outcome: 'not_entitled', reason: 'disabled' })).toEqual([
      'stop:disabled',
    ]);
    expect(seriesOfFlow({ ...options, outcome: 'blocked', stage: 2 })).toEqual(['blocked']);
  });
});
