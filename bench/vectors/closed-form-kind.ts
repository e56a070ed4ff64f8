import { z } from 'zod';
import { avoidedTickets } from '../../domain/deflection/closed-form.ts';
import { compareAll, compareOne } from './compare-all.ts';
import { Numbers } from './numbers.ts';
import type { Comparison, VectorKind } from './vector.ts';

const Parameters = z.tuple([z.number(), z.number()]);
const ClosedFormVector = z.looseObject({
  cases: z.array(
    z.looseObject({
      S: z.number().int(),
      induced_beta: Parameters,
      propensity_beta: Parameters,
      mean: z.number(),
      sd: z.number(),
      delta_mean: z.number(),
      delta_sd: z.number(),
      matched_beta: Parameters,
      prob: Numbers,
      quantile_exact: Numbers,
    }),
  ),
});

/** `deflection_closed_form`: tickets avoided from logs; quantiles within max(1, 0.5 % of the served) of the exact mixture's. */
export const closedFormKind: VectorKind = function* (vector): Iterable<Comparison> {
  for (const one of ClosedFormVector.parse(vector).cases) {
    const { S: served, induced_beta, propensity_beta, prob, quantile_exact } = one;
    const induced = { a: induced_beta[0], b: induced_beta[1] };
    const propensity = { a: propensity_beta[0], b: propensity_beta[1] };
    const { mean, sd, share, distribution } = avoidedTickets(served, { induced, propensity });
    const name = `S = ${served}`;
    yield* compareOne(`${name} mean`, one.mean, mean, 1e-9);
    yield* compareOne(`${name} sd`, one.sd, sd, 1e-9);
    yield* compareOne(`${name} delta mean`, one.delta_mean, share.mean, 1e-9);
    yield* compareOne(`${name} delta sd`, one.delta_sd, share.sd, 1e-9);
    const { a, b } = share.matched;
    yield* compareAll(`${name} matched`, one.matched_beta, [a, b], 1e-9);
    for (const [i, probability] of prob.entries()) {
      const expected = quantile_exact[i] ?? Number.NaN;
      const reach = Math.max(1, 0.005 * served);
      yield {
        name: `${name} quantile(${probability})`,
        ...{ expected, actual: distribution.quantile(probability) },
        tolerance: expected === 0 ? reach : reach / expected,
      };
    }
  }
};
