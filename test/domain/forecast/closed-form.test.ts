import { expect, test } from 'vitest';
import { coverageAfter, daysUntil } from '../../../domain/forecast/closed-form.ts';

const half = { now: 0.2, ceiling: 0.8, hazard: Math.LN2 / 30 };

test('with a constant chance half of the way is made in its half-life', () => {
  expect(coverageAfter(half, 30)).toBeCloseTo(0.5, 12);
  expect(daysUntil(half, 0.5)).toBeCloseTo(30, 10);
});

test('a target is reached never, or already', () => {
  expect(daysUntil(half, 0.8)).toBeNull();
  expect(daysUntil({ ...half, hazard: 0 }, 0.5)).toBeNull();
  expect(daysUntil(half, 0.2)).toBe(0);
  expect(coverageAfter({ ...half, ceiling: 0.1 }, 100)).toBe(0.2);
});
