import {
  negativeBinomialQuantile,
  negativeBinomialTails,
  poissonQuantile,
  poissonTails,
} from '../../domain/statistics/counts.ts';
import {
  betaQuantile,
  chiSquareQuantile,
  chiSquareTails,
  fTails,
  gammaQuantile,
  studentQuantile,
  studentTails,
} from '../../domain/statistics/distributions.ts';
import { normalQuantile } from '../../domain/statistics/normal.ts';

/** A table of one function: its arguments and results as columns. */
export interface Table {
  arguments: readonly string[];
  result: string;
  of: (...given: number[]) => number;
  tolerance: number;
}

/** `q...` are quantiles; `..._upper` are P(X >= y) of counts and P(X > x) of numbers. */
export const TABLES: Readonly<Record<string, Table>> = {
  qnorm: { arguments: ['p'], result: 'q', of: normalQuantile, tolerance: 1e-9 },
  qt: { arguments: ['p', 'df'], result: 'q', of: studentQuantile, tolerance: 1e-9 },
  qchisq: { arguments: ['p', 'df'], result: 'q', of: chiSquareQuantile, tolerance: 1e-9 },
  qgamma: { arguments: ['p', 'shape'], result: 'q', of: gammaQuantile, tolerance: 1e-7 },
  qbeta: { arguments: ['p', 'a', 'b'], result: 'q', of: betaQuantile, tolerance: 1e-7 },
  qpois: { arguments: ['p', 'mu'], result: 'q', of: poissonQuantile, tolerance: 0 },
  qnbinom: {
    arguments: ['p', 'mu', 'phi'],
    result: 'q',
    of: negativeBinomialQuantile,
    tolerance: 0,
  },
  pf_upper: {
    arguments: ['f', 'd1', 'd2'],
    result: 'sf',
    of: (f, d1, d2) => fTails(f, d1, d2).upper,
    tolerance: 1e-9,
  },
  pt_upper: {
    arguments: ['t', 'df'],
    result: 'sf',
    of: (t, df) => studentTails(t, df).upper,
    tolerance: 1e-9,
  },
  pchisq_upper: {
    arguments: ['x', 'df'],
    result: 'sf',
    of: (x, df) => chiSquareTails(x, df).upper,
    tolerance: 1e-9,
  },
  ppois_upper: {
    arguments: ['y', 'mu'],
    result: 'sf',
    of: (y, mu) => poissonTails(y - 1, mu).upper,
    tolerance: 1e-9,
  },
  pnbinom_upper: {
    arguments: ['y', 'mu', 'phi'],
    result: 'sf',
    of: (y, mu, phi) => negativeBinomialTails(y - 1, mu, phi).upper,
    tolerance: 1e-9,
  },
};
