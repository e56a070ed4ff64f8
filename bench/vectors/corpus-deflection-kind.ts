import { z } from 'zod';
import { productRange } from '../deflection/product-range.ts';
import { scoreOf } from '../deflection/score.ts';
import { Numbers } from './numbers.ts';
import type { Comparison, VectorKind } from './vector.ts';

const CorpusVector = z.looseObject({
  series: z
    .array(
      z.looseObject({
        self_service_successes: Numbers,
        password_tickets: Numbers,
        truth_total: z.number().positive(),
      }),
    )
    .min(1),
});

/** What is asked of 60 tenants: the error at most, the part of the ranges that hold the truth, the middle width at most. */
const ERROR_MOST = 0.16;
const COVERAGE = { least: 0.82, most: 0.97 };
const WIDTH_MOST = 0.52;

/** `corpus_deflection`: made-up tenants whose truth is known; the scores of the product's ranges are what is compared. */
export const corpusDeflectionKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { series } = CorpusVector.parse(vector);
  const score = scoreOf(
    series.map(({ self_service_successes: served, password_tickets: tickets, truth_total }) => ({
      range: productRange({ tickets, served }),
      truth: truth_total,
    })),
  );
  const { meanAbsoluteError, coverage, width } = score;
  yield {
    name: `mean absolute error of at most ${ERROR_MOST}:`,
    ...{ expected: 0, actual: meanAbsoluteError, tolerance: ERROR_MOST },
  };
  const middle = (COVERAGE.least + COVERAGE.most) / 2;
  yield {
    name: `coverage of ${COVERAGE.least} to ${COVERAGE.most}:`,
    ...{ expected: middle, actual: coverage },
    tolerance: (COVERAGE.most - COVERAGE.least) / 2 / middle + 1e-12,
  };
  yield {
    name: `width of at most ${WIDTH_MOST}:`,
    ...{ expected: 0, actual: width, tolerance: WIDTH_MOST },
  };
};
