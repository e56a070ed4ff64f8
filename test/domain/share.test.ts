import { expect, test } from 'vitest';
import { fraction } from '../../domain/share.ts';

test('a share is a fraction of one', () => {
  expect(fraction({ part: 30, whole: 40 })).toBe(0.75);
  expect(fraction({ part: 0, whole: 40 })).toBe(0);
});

test('a share of nothing is no number, not zero', () => {
  expect(fraction({ part: 0, whole: 0 })).toBeNull();
});
