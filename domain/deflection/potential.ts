import { FORECAST_CONSTANTS } from '../forecast/constants.ts';
import { uniformRandom } from '../random.ts';
import type { Share } from '../share.ts';
import { drawsOf } from '../statistics/draws.ts';
import { seedOf } from '../statistics/seed-of.ts';
import type { Range } from './range.ts';
import { rangeOf } from './range.ts';

const DRAWS = 4_000;

/**
 * Tickets that covering the uncovered could have avoided: needs of people who are not capable that an admin reset ended,
 * times the part of people who ever register (the coverage forecast's prior), times the success rate, Beta of one
 * success and one failure more than were seen (Laplace). They were tickets, so nothing is taken off as induced. Null
 * where nobody uncovered was reset, that is not known, or no incident has settled.
 */
export function potential(
  uncoveredResets: number | null,
  { part, whole }: Share,
): { resets: number; avoided: Range } | null {
  if (!uncoveredResets || whole === 0) return null;
  const { beta, binomial } = drawsOf(uniformRandom(seedOf([uncoveredResets, part, whole])));
  const [a, b] = FORECAST_CONSTANTS.ceilingPrior;
  const draws = Array.from({ length: DRAWS }, () =>
    binomial(uncoveredResets, beta(a, b) * beta(part + 1, whole - part + 1)),
  );
  return { resets: uncoveredResets, avoided: rangeOf(draws) };
}
