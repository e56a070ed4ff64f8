import { describe, expect, test } from 'vitest';
import { compareIds, compareInstants } from '../../domain/audit-record.ts';
import { NINE } from './records.ts';

function at(occurredText: string, occurredAt = NINE + 123) {
  return { occurredAt, occurredText };
}

describe('the order of two instants', () => {
  test('follows the millisecond first', () => {
    expect(compareInstants(at('', NINE), at('', NINE + 1))).toBeLessThan(0);
  });

  test.each([
    ['2026-03-02T09:00:00.1234566Z', '2026-03-02T09:00:00.1234567Z'],
    ['2026-03-02T09:00:00.123Z', '2026-03-02T09:00:00.1230001Z'],
    ['2026-03-02T09:00:00.12345678Z', '2026-03-02T09:00:00.1235Z'],
    ['2026-03-02T09:00:00.1239999+00:00', '2026-03-02T09:00:00.12399991Z'],
    ['2026-03-02T10:00:00.1231+01:00', '2026-03-02T09:00:00.1232Z'],
  ])('reads all digits below it: %s before %s', (earlier, later) => {
    expect(compareInstants(at(earlier), at(later))).toBeLessThan(0);
    expect(compareInstants(at(later), at(earlier))).toBeGreaterThan(0);
  });

  test.each([
    ['2026-03-02T09:00:00.123Z', '2026-03-02T09:00:00.1230000Z'],
    ['2026-03-02T09:00:00.1234567Z', '2026-03-02T14:30:00.1234567+05:30'],
    ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.0000000+00:00'],
  ])('takes other spellings of one instant for one: %s, %s', (a, b) => {
    expect(compareInstants(at(a), at(b))).toBe(0);
  });
});

test('ids are ordered by code unit, not by a locale', () => {
  expect(['b', 'ä', 'a', 'B', 'a'].sort(compareIds)).toEqual(['B', 'a', 'a', 'b', 'ä']);
});
