import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callOrder, callsOfOrder } from '../../../domain/priority/call-order.ts';
import { concentration } from '../../../domain/priority/concentration.ts';
import { deciles, firstOf, Order } from '../../../domain/priority/order.ts';

const rank = (people: number, calls: number) => ({ people, calls, expected: 0 });

describe('the first of an order', () => {
  test('hold the calls of whole places, and of a cut place its share', () => {
    const ranks = [rank(2, 8), rank(10, 5)];

    expect(firstOf(ranks, 2)).toMatchObject({ people: 2, calls: 8 });
    expect(firstOf(ranks, 6)).toMatchObject({ people: 6, calls: 8 + 2 });
    expect(firstOf(ranks, 50)).toMatchObject({ people: 12, calls: 13 });
  });

  test('come by place, smallest first; equal places are one', () => {
    const order = new Order();
    order.add(Number.POSITIVE_INFINITY, rank(5, 1));
    order.add(3, rank(1, 2));
    order.add(3, rank(1, 4));

    expect(order.ranks()).toEqual([rank(2, 6), rank(5, 1)]);
  });

  test('make tenths that add up to everybody and to all calls', () => {
    const ranks = fc.array(
      fc.record({
        people: fc.integer({ min: 1, max: 50 }),
        calls: fc.nat(30),
        expected: fc.nat(30),
      }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(ranks, (list) => {
        const sum = (of: 'people' | 'calls') => list.reduce((all, one) => all + one[of], 0);
        const tenths = deciles(list);

        expect(tenths).toHaveLength(10);
        expect(tenths.reduce((all, one) => all + one.people, 0)).toBe(sum('people'));
        expect(tenths.reduce((all, one) => all + one.calls, 0)).toBe(sum('calls'));
      }),
    );
  });
});

describe('the concentration of calls', () => {
  test('is the share of calls by those who called most', () => {
    const peopleByCalls = new Map([
      [0, 80],
      [1, 15],
      [6, 5],
    ]);

    expect(concentration(peopleByCalls)?.map(({ people, calls }) => [people, calls])).toEqual([
      [
        { part: 1, whole: 100 },
        { part: 6, whole: 45 },
      ],
      [
        { part: 5, whole: 100 },
        { part: 30, whole: 45 },
      ],
      [
        { part: 10, whole: 100 },
        { part: 35, whole: 45 },
      ],
      [
        { part: 20, whole: 100 },
        { part: 45, whole: 45 },
      ],
    ]);
  });

  test('stands beside what equal rates would give by chance', () => {
    // 1,000 people, 100 calls: a Poisson mean of 0.1 leaves 905 people without a call, and about 4.7 with more than one.
    const [, , top] =
      concentration(
        new Map([
          [0, 900],
          [1, 100],
        ]),
      ) ?? [];

    expect(top?.chance).toBeGreaterThan(99);
    expect(top?.chance).toBeLessThanOrEqual(100);
    const [first] = concentration(new Map([[1, 1000]])) ?? [];
    expect(first?.chance).toBeGreaterThan(40);
    expect(first?.calls.part).toBe(10);
  });

  test('is nothing where nobody called', () => {
    expect(concentration(new Map([[0, 12]]))).toBeNull();
    expect(concentration(new Map())).toBeNull();
  });
});

describe('expected calls as they are stored', () => {
  test('keep two digits, and put who calls next first', () => {
    expect(callOrder(1.2345)).toBe(-1_200_000);
    expect(callOrder(0.0123)).toBe(-12_000);
    expect(callOrder(2)).toBeLessThan(callOrder(1));
  });

  test('are never 0, which says that nothing was worked out', () => {
    expect(callOrder(1e-12)).toBe(-1);
    expect(callsOfOrder(0)).toBeNull();
    expect(callsOfOrder(callOrder(0.25))).toBe(0.25);
  });
});
