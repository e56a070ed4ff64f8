import { describe, expect, test } from 'vitest';
import { learnedThreshold } from '../../../domain/surveillance/learned-threshold.ts';

const days = (count: number, value = 0) => Array.from({ length: count }, () => value);

describe('a learned threshold', () => {
  test('is one more than the largest day of the last ninety', () => {
    const maxima = [...days(88, 2), 7, 4];

    expect(learnedThreshold(maxima, 5)).toEqual({ threshold: 8, point: 7, days: 90 });
  });

  test('passes over the largest of a hundred days, and over the two largest of two hundred', () => {
    expect(learnedThreshold([...days(98, 2), 6, 40], 5)).toMatchObject({ threshold: 7, point: 6 });
    expect(learnedThreshold([...days(197, 2), 6, 40, 41], 5)).toMatchObject({ point: 6 });
  });

  test('is never less than the floor', () => {
    expect(learnedThreshold(days(30, 3), 5)).toEqual({ threshold: 5, point: 3, days: 30 });
    expect(learnedThreshold(days(30, 4), 5)).toMatchObject({ threshold: 5 });
    expect(learnedThreshold(days(30, 5), 5)).toMatchObject({ threshold: 6 });
  });

  test('is the floor alone while fewer than eight days are known', () => {
    expect(learnedThreshold(days(7, 20), 5)).toEqual({ threshold: 5, point: null, days: 7 });
    expect(learnedThreshold(days(8, 20), 5)).toEqual({ threshold: 21, point: 20, days: 8 });
    expect(learnedThreshold([], 1)).toEqual({ threshold: 1, point: null, days: 0 });
  });

  test('learns of one attack no more than three usual days at their tenth, or three floors', () => {
    expect(learnedThreshold([...days(89, 2), 54], 5)).toEqual({
      ...{ threshold: 16, point: 15, days: 90 },
    });
    expect(learnedThreshold([...days(79, 2), ...days(10, 8), 300], 5)).toMatchObject({ point: 24 });
    expect(learnedThreshold([...days(79, 2), ...days(10, 8), 20], 5)).toMatchObject({ point: 20 });
  });

  test('orders days as numbers, and leaves the list as it was', () => {
    const maxima = [10, 9, 8, 1, 1, 1, 1, 1];

    expect(learnedThreshold(maxima, 1)).toMatchObject({ point: 10 });
    expect(maxima[0]).toBe(10);
  });
});
