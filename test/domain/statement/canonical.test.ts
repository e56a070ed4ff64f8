import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../domain/statement/canonical.ts';

/** The same value with the keys of every object put in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([key, one]) => [key, reordered(one)]));
}

describe('canonical JSON', () => {
  test('is the same text for the same value, in whatever order it was put together', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reordered(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('sorts keys by code units, leaves blanks and missing values out, and knows one nothing', () => {
    const value = { b: [1.5, -0, 1e21], a: undefined, 10: 'ä', 9: null, '\ufb33': 1, '😀': 2 };

    expect(canonicalJson(value)).toBe('{"10":"ä","9":null,"b":[1.5,0,1e+21],"😀":2,"\ufb33":1}');
  });

  test.each([
    ['no number', { a: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a missing element', [undefined]],
    ['a hole', Array(1)],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a large integer', 1n],
  ])('refuses what JSON cannot say: %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
