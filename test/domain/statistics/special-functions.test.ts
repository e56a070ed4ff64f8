import { describe, expect, test } from 'vitest';
import {
  digamma,
  incompleteBeta,
  incompleteGamma,
  logGamma,
  trigamma,
} from '../../../domain/statistics/special-functions.ts';

/** Worked out with 40 digits. */
const GAMMA = [
  [0.001, 0.5, 0.9994399333435292, 0.0005600666564707498],
  [0.5, 8, 0.9999366575163338, 6.334248366623985e-5],
  [4.5, 1, 0.008532393371186466, 0.9914676066288135],
  [300, 250, 0.0011623936310546183, 0.9988376063689454],
  [100_000, 100_949, 0.9986170023894217, 0.0013829976105782615],
] as const;
const BETA = [
  [0.5, 0.5, 0.001, 0.020135041633377492, 0.9798649583666225],
  [2, 3, 0.4, 0.5248, 0.4752],
  [50, 1200, 0.02, 5.27280864421414e-6, 0.9999947271913557],
  [50, 1200, 0.08, 0.999999996034315, 3.965685041058005e-9],
  [10_000, 25_000, 0.28, 0.008789900404338571, 0.9912100995956614],
] as const;
const POLYGAMMA = [
  [0.1, 2.252712651734206, -10.423754940411078, 101.43329915079276],
  [1.5, -0.12078223763524522, 0.03648997397857652, 0.9348022005446793],
  [3, Math.LN2, 0.9227843350984671, 0.39493406684822646],
  [1_000_000, 12815504.56914761, 13.815510057964191, 1.0000005000001667e-6],
] as const;

const apart = (ours: number, reference: number): number => Math.abs(ours / reference - 1);

describe('special functions', () => {
  test.each(GAMMA)('keep their digits in both tails: gamma %d at %d', (a, x, lower, upper) => {
    const tails = incompleteGamma(a, x);

    expect(apart(tails.lower, lower)).toBeLessThan(1e-12);
    expect(apart(tails.upper, upper)).toBeLessThan(1e-11);
  });

  test.each(BETA)('keep their digits in both tails: beta %d, %d at %d', (a, b, x, lower, upper) => {
    const tails = incompleteBeta(a, b, x);

    expect(apart(tails.lower, lower)).toBeLessThan(1e-11);
    expect(apart(tails.upper, upper)).toBeLessThan(1e-11);
  });

  test.each(POLYGAMMA)('ln gamma and its derivatives at %d', (x, log, first, second) => {
    expect(apart(logGamma(x), log)).toBeLessThan(1e-13);
    expect(apart(digamma(x), first)).toBeLessThan(1e-13);
    expect(apart(trigamma(x), second)).toBeLessThan(1e-13);
  });

  test('reach 0 and 1 at the ends', () => {
    expect(incompleteGamma(2, 0)).toEqual({ lower: 0, upper: 1 });
    expect(incompleteGamma(2, Number.POSITIVE_INFINITY)).toEqual({ lower: 1, upper: 0 });
    expect(incompleteBeta(2, 3, 0)).toEqual({ lower: 0, upper: 1 });
    expect(incompleteBeta(2, 3, 1)).toEqual({ lower: 1, upper: 0 });
  });
});
