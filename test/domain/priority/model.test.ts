import { describe, expect, test } from 'vitest';
import { type Cell, CellTable } from '../../../domain/priority/cells.ts';
import type { PriorityFeatures } from '../../../domain/priority/features.ts';
import {
  expectedCalls,
  fittedModel,
  statedModel,
  withPresentMeans,
} from '../../../domain/priority/model.ts';
import { ownCallShare, ownNeedRate, ownRateScale } from '../../../domain/priority/own-rate.ts';
import { ridgePoisson } from '../../../domain/priority/ridge-poisson.ts';
import { dot, inverse } from '../../../domain/priority/solve.ts';
import { factorOf, logWeight, WEIGHTS } from '../../../domain/priority/weights.ts';
import { someFeatures } from './people.ts';

/** A cell of so many people, of whom the first `calls` called once. */
function cell(over: Partial<PriorityFeatures>, people: number, calls: number): Cell {
  return { features: someFeatures(over), people, calls, squares: calls };
}

describe('a matrix', () => {
  test('times its inverse is one', () => {
    const matrix = [
      [4, 1, 0.5],
      [1, 3, -1],
      [0.5, -1, 5],
    ];
    const found = inverse(matrix);

    for (const [i, row] of matrix.entries())
      for (const [j, column] of found.entries())
        expect(dot(row, column)).toBeCloseTo(i === j ? 1 : 0, 12);
  });

  test('that is not positive definite is refused', () => {
    expect(() =>
      inverse([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow(RangeError);
  });
});

describe('the ridge', () => {
  const rows = [
    { x: [1, 0], people: 400, calls: 40, squares: 40 },
    { x: [1, 1], people: 100, calls: 30, squares: 30 },
  ];

  const regressed = (data: typeof rows, priorDeviation: number, prior = [0, 0]) =>
    ridgePoisson({ rows: data, prior, priorDeviation });

  test('finds the rates of two groups where the prior is weak', () => {
    const [level, difference] = regressed(rows, 1e4);

    expect(level).toBeCloseTo(Math.log(0.1), 6);
    expect(difference).toBeCloseTo(Math.log(3), 6);
  });

  test('stays at the prior where the data say nothing of a coefficient', () => {
    const silent = rows.map((row) => ({ ...row, x: [...row.x, 0] }));

    expect(regressed(silent, 0.5, [0, 0, 0.7])[2]).toBeCloseTo(0.7, 9);
  });

  test('lies between prior and data, nearer to the data the more there are', () => {
    const more = rows.map((row) => ({
      ...row,
      ...{ people: row.people * 100, calls: row.calls * 100, squares: row.squares * 100 },
    }));
    const [, few = 0] = regressed(rows, 0.5);
    const [, many = 0] = regressed(more, 0.5);

    expect(few).toBeGreaterThan(0.5);
    expect(few).toBeLessThan(many);
    expect(many).toBeLessThan(Math.log(3));
  });

  test('trusts counts less that scatter more than by chance', () => {
    const wild = rows.map((row) => ({ ...row, squares: row.calls * 10 }));

    expect(regressed(wild, 0.5)[1]).toBeLessThan((regressed(rows, 0.5)[1] ?? 0) * 0.8);
    expect(regressed(wild, 1e4)[1]).toBeCloseTo(Math.log(3), 6);
  });

  test('refuses to be fitted on no calls', () => {
    const none = rows.map((row) => ({ ...row, calls: 0, squares: 0 }));

    expect(() => ridgePoisson({ rows: none, prior: [0, 0], priorDeviation: 1 })).toThrow(
      RangeError,
    );
  });
});

describe("a person's own rate", () => {
  const scale = {
    needsPerDay: 0.01,
    shape: 1,
    callShare: { capable: 0.2, notCapable: 0.8, unknown: 0.5 },
  };

  test('is the posterior mean of a gamma rate', () => {
    // 300 days at 0.01 are 3 usual needs: (1 + 7) / (1 + 3).
    expect(ownNeedRate(someFeatures({ observedDays: 300, needs: 7 }), scale)).toBe(2);
    expect(ownNeedRate(someFeatures({ observedDays: 300, needs: 0 }), scale)).toBe(0.25);
  });

  test('says nothing where nothing was observed', () => {
    expect(ownNeedRate(someFeatures({ observedDays: 0 }), scale)).toBe(1);
    expect(ownCallShare(someFeatures({ capable: true }), scale)).toBeCloseTo(1, 12);
  });

  test('of calling is held against people who are as capable', () => {
    const often = { needs: 3, calls: 3 };

    expect(ownCallShare(someFeatures({ capable: true, ...often }), scale)).toBeCloseTo(3, 9);
    expect(ownCallShare(someFeatures({ capable: false, ...often }), scale)).toBeCloseTo(1.125, 9);
  });

  test('takes the shape of the spread from the counts', () => {
    // Negative binomial with shape 2 and mean 2: probability of k is (k + 1) / 2^(k + 2).
    const cells = Array.from({ length: 40 }, (_, k) =>
      cell({ needs: k }, (1e6 * (k + 1)) / 2 ** (k + 2), 0),
    );

    expect(ownRateScale(cells).shape).toBeCloseTo(2, 3);
  });

  test('takes people for nearly alike where their needs scatter like chance', () => {
    expect(ownRateScale([cell({ needs: 1 }, 500, 0)]).shape).toBe(5);
  });

  test('keeps the stated shape where there are few needs', () => {
    expect(ownRateScale([cell({ needs: 9 }, 5, 0), cell({ needs: 0 }, 500, 0)]).shape).toBe(1);
  });
});

describe('the stated model', () => {
  const cells = [
    cell({ capable: true, needs: 1, calls: 0 }, 600, 0),
    cell({ capable: false, needs: 1, calls: 1 }, 300, 0),
    cell({ capable: null, needs: 1, calls: 0 }, 100, 0),
  ];
  const model = statedModel(cells);
  const calls = (over: Partial<PriorityFeatures>) =>
    expectedCalls(model, someFeatures({ needs: 1, ...over }));

  test('expects a capable person to call a quarter as often', () => {
    expect(calls({ capable: true }) / calls({ capable: false })).toBeLessThan(0.3);
  });

  test('lets the unknown count neither way', () => {
    expect(calls({ capable: null })).toBeGreaterThan(calls({ capable: true }));
    expect(calls({ capable: null })).toBeLessThan(calls({ capable: false }));
  });

  test('has the level of the calls that were seen', () => {
    const expected = cells.reduce(
      (sum, { people, features }) => sum + people * expectedCalls(model, features),
      0,
    );

    // 300 calls in 360 days, and as little of the prior as 100 of 12,100 months: 75 calls in 90 days.
    expect(expected).toBeGreaterThan(73);
    expect(expected).toBeLessThan(79);
  });

  test('lets newness and a recent need wear off within the 90 days', () => {
    const { level } = model;
    const fresh = expectedCalls({ ...model, level }, someFeatures({ needLately: true }));
    const rested = expectedCalls({ ...model, level }, someFeatures({ needLately: false }));

    expect(fresh / rested).toBeCloseTo((1.2 + 2) / 3, 9);
  });

  test('works where nothing at all is known', () => {
    const nothing = statedModel([]);

    expect(expectedCalls(nothing, someFeatures({ observedDays: 0 }))).toBeGreaterThan(0);
  });
});

describe('the fitted model', () => {
  test('learns from the history what contradicts the stated weights', () => {
    // Here capable people call twice as often, whatever anybody would think.
    const cells = [cell({ capable: true }, 20_000, 4000), cell({ capable: false }, 20_000, 2000)];
    const model = fittedModel(cells);
    const calls = (capable: boolean) => expectedCalls(model, someFeatures({ capable }));

    expect(calls(true) / calls(false)).toBeGreaterThan(1.8);
    expect(calls(false)).toBeCloseTo(3 * 0.1, 1);
  });

  test('keeps stated what no past day can tell', () => {
    const model = fittedModel([cell({ capable: true }, 500, 300)]);
    const at = WEIGHTS.findIndex(({ feature }) => feature === 'password_expires');

    expect(factorOf('password_expires', model.weights[at] ?? 0)).toBeCloseTo(1.3, 9);
  });

  test('takes what is usual today from the present', () => {
    const present = [cell({ dormant: true }, 300, 0), cell({ dormant: false }, 700, 0)];
    const model = withPresentMeans(fittedModel([cell({}, 500, 300)]), present);

    expect(model.means[WEIGHTS.findIndex(({ feature }) => feature === 'dormant')]).toBe(0.3);
  });
});

describe('weights', () => {
  test('are factors for people and logarithms for arithmetic, and back', () => {
    for (const { feature, factor } of WEIGHTS)
      expect(factorOf(feature, logWeight(feature, factor))).toBeCloseTo(factor, 12);
    // Of a ratio, the factor is what twice the ratio does.
    expect(logWeight('own_need_rate', 2)).toBe(1);
  });

  test('count people with the same features as one cell', () => {
    const table = new CellTable();

    expect(table.add(someFeatures({ needs: 2 }), 3)).toBe(0);
    expect(table.add(someFeatures({ needs: 1 }), 0)).toBe(1);
    expect(table.add(someFeatures({ needs: 2 }), 1)).toBe(0);
    expect(table.cells[0]).toMatchObject({ people: 2, calls: 4, squares: 10 });
  });
});
