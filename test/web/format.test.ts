import { describe, expect, test } from 'vitest';
import {
  ageText,
  count,
  lengthText,
  minutesText,
  percent,
  percentNumber,
  periodText,
  points,
  pointsText,
  readerLocale,
  signed,
  signedCount,
} from '../../web/format.ts';

const plain = (text: string) => text.replace(/\s/g, ' ');

describe('the language of the reader', () => {
  test.each([
    [['de-AT'], 'de-AT'],
    [['en-US@posix'], 'en-US'],
    [['de_DE'], 'de-DE'],
    [['C', 'fr'], 'fr'],
    [['not a language'], 'en-GB'],
    [[''], 'en-GB'],
    [[], 'en-GB'],
  ])('is read from %j without failing', (named, expected) => {
    expect(readerLocale(named)).toBe(expected);
  });
});

describe('figures for people', () => {
  test.each([
    [null, '–'],
    [undefined, '–'],
    [0, '0'],
    [5214, '5,214'],
  ])('count %j is %s', (value, text) => {
    expect(count(value)).toBe(text);
  });

  test.each([
    [{ part: 4284, whole: 5214 }, '82.2 %'],
    [{ part: 0, whole: 5 }, '0.0 %'],
    [{ part: 5, whole: 5 }, '100.0 %'],
    [{ part: 9999, whole: 10_000 }, '99.9 %'],
    [{ part: 1, whole: 10_000 }, '< 0.1 %'],
    [{ part: 0, whole: 0 }, '–'],
    [null, '–'],
  ])('share %j is %s', (share, text) => {
    expect(plain(percent(share))).toBe(text);
  });

  test('a share of nothing has no sign of percent', () => {
    expect(percentNumber({ part: 0, whole: 0 })).toBe('–');
  });

  test('a difference of shares is in points, and missing when one of them is', () => {
    expect(points({ part: 3, whole: 4 }, { part: 1, whole: 2 })).toBe(25);
    expect(points({ part: 3, whole: 4 }, null)).toBeNull();
    expect(points({ part: 0, whole: 0 }, { part: 1, whole: 2 })).toBeNull();
    expect(pointsText(-6.3)).toBe('6.3 points');
    expect(pointsText(1)).toBe('1.0 point');
  });

  test('a change carries its sign, none where it is nothing', () => {
    expect([signed(5.1), signed(-1.9), signed(0), signed(null)]).toEqual([
      '+5.1',
      '−1.9',
      '0.0',
      '–',
    ]);
    expect([signedCount(3), signedCount(-3), signedCount(0)]).toEqual(['+3', '−3', '0']);
  });
});

describe('times for people', () => {
  test.each([
    [null, '–'],
    [5, '0:05'],
    [134, '2:14'],
    [3599.6, '1:00:00'],
    [3725, '1:02:05'],
  ])('%j seconds are %s', (seconds, text) => {
    expect(minutesText(seconds)).toBe(text);
  });

  test('lengths are in words', () => {
    expect([lengthText(27), lengthText(120), lengthText(-185)]).toEqual([
      '27 s',
      '2 min',
      '3 min 5 s',
    ]);
  });

  test.each([
    ['2026-06-28T11:59:31Z', 'under 1 min'],
    ['2026-06-28T11:18:00Z', '42 min'],
    ['2026-06-28T10:18:00Z', '1 h 42 min'],
    ['2026-06-25T10:00:00Z', '3 d 2 h'],
    ['2026-06-28T13:00:00Z', 'under 1 min'],
  ])('%s is %s old at noon', (instant, text) => {
    expect(ageText(instant, Date.parse('2026-06-28T12:00:00Z'))).toBe(text);
  });

  test('a period says both years where they differ', () => {
    expect(periodText({ first: '2026-08-24', last: '2026-11-22' })).toBe('Aug 24 – Nov 22, 2026');
    expect(periodText({ first: '2025-12-30', last: '2026-01-02' })).toBe(
      'Dec 30, 2025 – Jan 2, 2026',
    );
    expect(periodText({ first: '2026-01-02', last: '2026-01-02' })).toBe('Jan 2, 2026');
  });
});
