import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainExcess, type Part } from '../../../domain/surveillance/explain-excess.ts';
import { unusualSeries } from '../../../domain/surveillance/false-discoveries.ts';

const WINDOW = { expected: 20, spread: 1.5, baselineWindows: 90 };

const part = (value: string, observed: number, before: number): Part<string> => ({
  ...{ value, observed, before },
});

describe('what made an excess', () => {
  test('is the one value that brought it, with the day as usual without it', () => {
    const { parts, covered } = explainExcess(
      [part('a', 11, 900), part('b', 9, 900), part('stranger', 60, 0)],
      WINDOW,
    );

    expect(parts).toHaveLength(1);
    expect(parts[0]).toMatchObject({ value: 'stranger', observed: 60, isNew: true });
    expect(parts[0]?.pWithout).toBeGreaterThan(0.2);
    expect(covered).toBeGreaterThan(0.95);
  });

  test('is several values where each brought a part, and the day stays unusual without any one of them', () => {
    const attacked = ['p', 'q', 'r', 's', 't'].map((value) => part(value, 20, 3));
    const { parts } = explainExcess([part('a', 15, 1700), ...attacked], WINDOW);

    expect(parts.map(({ value }) => value).sort()).toEqual(['p', 'q', 'r', 's', 't'].slice(0, 4));
    for (const { pWithout } of parts) expect(pWithout).toBeLessThan(0.001);
  });

  test('is nothing where nothing is in excess, or there is nothing', () => {
    expect(explainExcess([part('a', 5, 900)], WINDOW)).toEqual({ parts: [], covered: null });
    expect(explainExcess([], WINDOW)).toEqual({ parts: [], covered: null });
  });

  test('is the smallest set: without its least value it would not make up the share', () => {
    const values = fc.array(fc.record({ observed: fc.nat(200), before: fc.nat(500) }), {
      ...{ minLength: 1, maxLength: 30 },
    });
    fc.assert(
      fc.property(values, (given) => {
        const named = given.map((one, value) => ({ ...one, value }));
        const total = given.reduce((sum, { observed }) => sum + observed, 0) - WINDOW.expected;
        const { parts, covered } = explainExcess(named, WINDOW);
        const excesses = parts.map(({ excess }) => excess).sort((one, other) => one - other);
        const sum = excesses.reduce((all, one) => all + one, 0);
        if (covered === null) {
          expect(total).toBeLessThanOrEqual(0);
          return;
        }
        expect(sum - (excesses[0] ?? 0)).toBeLessThan(0.8 * total);
        expect(sum).toBeGreaterThanOrEqual(0.8 * total - 1e-9);
      }),
    );
  });
});

test('of many series few are unusual by chance, and one without a score is no test', () => {
  const chance = Array.from({ length: 60 }, (_, i) => (i + 1) / 61);

  expect(unusualSeries([...chance, null])).toEqual(new Array(61).fill(false));
  expect(unusualSeries([...chance, 1e-6]).at(-1)).toBe(true);
  expect(unusualSeries([0.01])).toEqual([true]);
  expect(unusualSeries([])).toEqual([]);
});
