import { describe, expect, test } from 'vitest';
import { recoverablePerMonth } from '../../domain/recoverable.ts';

const all = { settled: 100, selfServed: 60 };
const met = { settled: 20, selfServed: 4 };

describe('resets that would come back if a reason were gone', () => {
  test('are those that were lost, as often as others succeed, in 30.44 days', () => {
    // 16 were not self-served; of the 80 others 56 were.
    const month = recoverablePerMonth({ met, all, days: 28 });

    expect(month).toBeCloseTo((16 * (56 / 80) * 30.44) / 28, 12);
    expect(recoverablePerMonth({ met, all, days: 56 })).toBeCloseTo((month ?? 0) / 2, 12);
  });

  test('are not told from less than four weeks, or without an incident to compare with', () => {
    expect(recoverablePerMonth({ met, all, days: 27 })).toBeNull();
    expect(recoverablePerMonth({ met: all, all, days: 365 })).toBeNull();
    const nothing = { settled: 0, selfServed: 0 };
    expect(recoverablePerMonth({ met: nothing, all: nothing, days: 365 })).toBeNull();
  });

  test('are none where everybody who met the reason succeeded all the same', () => {
    expect(recoverablePerMonth({ met: { settled: 5, selfServed: 5 }, all, days: 30 })).toBe(0);
  });
});
