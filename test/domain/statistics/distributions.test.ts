import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustedP } from '../../../domain/statistics/adjusted-p.ts';
import { betaBinomial } from '../../../domain/statistics/beta-binomial.ts';
import {
  clopperPearsonInterval,
  wilsonInterval,
} from '../../../domain/statistics/binomial-interval.ts';
import {
  binomialQuantile,
  binomialTails,
  negativeBinomialQuantile,
  negativeBinomialTails,
  poissonQuantile,
  poissonTails,
} from '../../../domain/statistics/counts.ts';
import {
  betaQuantile,
  betaTails,
  chiSquareQuantile,
  gammaQuantile,
  gammaTails,
  studentQuantile,
  studentTails,
} from '../../../domain/statistics/distributions.ts';
import { normalQuantile, normalTails } from '../../../domain/statistics/normal.ts';
import { quantile } from '../../../domain/statistics/quantile.ts';
import type { Tails } from '../../../domain/statistics/special-functions.ts';

const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
const parameter = fc.double({ min: 0.05, max: 3000, noNaN: true });

/** Of the smaller tail, as a part of it. */
function error({ lower, upper }: Tails, p: number): number {
  return p < 0.5 ? Math.abs(lower / p - 1) : Math.abs(upper / (1 - p) - 1);
}

describe('quantiles', () => {
  test('undo the tails of numbers', () => {
    fc.assert(
      fc.property(probability, parameter, parameter, (p, a, b) => {
        expect(error(normalTails(normalQuantile(p)), p)).toBeLessThan(1e-9);
        expect(error(gammaTails(gammaQuantile(p, a), a), p)).toBeLessThan(1e-9);
        // With next to no degrees the square of t is beyond the largest number.
        if (a > 0.5) expect(error(studentTails(studentQuantile(p, a), a), p)).toBeLessThan(1e-8);
        // Nearer to 1 than numbers are to each other, x cannot tell its tail.
        const x = betaQuantile(p, a, b);
        if (x < 0.999) expect(error(betaTails(x, a, b), p)).toBeLessThan(1e-9);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  test('of counts are the least count whose tail reaches the probability', () => {
    const mean = fc.double({ min: 0.01, max: 5000, noNaN: true });
    const dispersion = fc.double({ min: 1, max: 30, noNaN: true });
    const chance = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    const holds = (count: number, p: number, tails: (y: number) => Tails) => {
      expect(tails(count).lower).toBeGreaterThanOrEqual(p * (1 - 1e-12));
      expect(tails(count - 1).lower).toBeLessThan(p * (1 + 1e-12));
    };
    fc.assert(
      fc.property(probability, mean, dispersion, chance, (p, m, phi, c) => {
        holds(poissonQuantile(p, m), p, (y) => poissonTails(y, m));
        holds(negativeBinomialQuantile(p, m, phi), p, (y) => negativeBinomialTails(y, m, phi));
        const trials = Math.ceil(m);
        holds(binomialQuantile(p, trials, c), p, (y) => binomialTails(y, trials, c));
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  test('are those of the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(studentQuantile(0.975, 6)).toBeCloseTo(2.4469118511449786, 12);
    expect(chiSquareQuantile(0.95, 3)).toBeCloseTo(7.814727903251178, 12);
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNull();
  });

  test('refuse what is no probability or no parameter', () => {
    expect(() => normalQuantile(1)).toThrow(RangeError);
    expect(() => gammaQuantile(1.2, 3)).toThrow('A probability is between 0 and 1.');
    expect(() => betaQuantile(0.5, 0, 3)).toThrow('A parameter of a distribution is above 0.');
  });
});

test('a beta-binomial of one and one is uniform, and a certain Beta makes it binomial', () => {
  const uniform = betaBinomial(9, { a: 1, b: 1 });
  const certain = betaBinomial(40, { a: 3e9, b: 7e9 });

  expect(uniform.lower(4)).toBeCloseTo(0.5, 14);
  expect(uniform.quantile(0.95)).toBe(9);
  expect(certain.lower(12)).toBeCloseTo(binomialTails(12, 40, 0.3).lower, 7);
  expect(betaBinomial(0, { a: 2, b: 3 }).quantile(0.95)).toBe(0);
  expect(betaBinomial(1_000_000, { a: 11, b: 6 }).quantile(0.5)).toBeGreaterThan(600_000);
});

test('intervals of none and of all end at 0 and at 1', () => {
  expect(wilsonInterval({ part: 0, whole: 10 })[0]).toBe(0);
  expect(clopperPearsonInterval({ part: 50, whole: 50 })[1]).toBe(1);
  expect(wilsonInterval({ part: 0, whole: 0 })).toEqual([0, 1]);
});

test('adjusted p-values stay in the order given, and of none are none', () => {
  expect(adjustedP([0.04, 0.01], 'holm')).toEqual([0.04, 0.02]);
  expect(adjustedP([0.04, 0.01], 'benjamini-hochberg')).toEqual([0.04, 0.02]);
  expect(adjustedP([], 'benjamini-yekutieli')).toEqual([]);
});
