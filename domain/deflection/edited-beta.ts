import type { Beta } from '../statistics/beta-binomial.ts';
import { solveIncreasing } from '../statistics/solve-increasing.ts';

/** What people say of a share between 0 and 1: the likeliest value, and a range that holds it in 9 cases of 10. */
export interface SaidShare {
  likely: number;
  low: number;
  high: number;
}

/** Half of a normal's central 90 % in standard deviations. */
const HALF_WIDTH = 1.6448536269514722;

/**
 * The Beta distribution with that mode, and with the standard deviation that a range of 90 % stands for: its second
 * moment is matched. Throws a RangeError, for people, for a range that no such Beta has.
 */
export function editedBeta({ likely, low, high }: SaidShare): Beta {
  if (!(low >= 0 && low <= likely && likely <= high && high <= 1 && low < high))
    throw new RangeError('A range runs from 0 or more to 1 or less and holds the likely value.');
  const variance = ((high - low) / (2 * HALF_WIDTH)) ** 2;
  const betaOf = (weight: number): Beta => ({
    a: 1 + likely * weight,
    b: 1 + (1 - likely) * weight,
  });
  if (varianceOf(betaOf(0)) <= variance)
    throw new RangeError('The range is too wide to tell anything.');
  const logWeight = solveIncreasing((u) => {
    const at = (v: number) => Math.log(variance / varianceOf(betaOf(Math.exp(v))));
    return [at(u), (at(u + STEP) - at(u - STEP)) / (2 * STEP)];
  }, 2);
  return betaOf(Math.exp(logWeight));
}

const STEP = 1e-5;

function varianceOf({ a, b }: Beta): number {
  return (a * b) / ((a + b) ** 2 * (a + b + 1));
}
