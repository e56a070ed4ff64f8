import { z } from 'zod';
import { nls } from '../../domain/forecast/nls.ts';
import { Numbers } from './numbers.ts';
import type { Comparison, VectorKind } from './vector.ts';

const NlsVector = z.looseObject({
  model: z.string(),
  x: Numbers,
  y: Numbers,
  out: z.looseObject({
    coef: z.record(z.string(), z.number()),
    se: z.record(z.string(), z.number()).optional(),
    rss: z.number().optional(),
    sigma: z.number().optional(),
    fitted: Numbers.optional(),
    vcov: z.array(Numbers).optional(),
  }),
  /** Values of NIST's Statistical Reference Datasets, where there are some. */
  certified: z.record(z.string(), z.number()).nullish(),
});

/** `nls`: a curve fitted by least squares, as R's `nls` does; R stops at an offset of 1e-5, which shows in `se`. */
export const nlsKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { model, x, y, out, certified } = NlsVector.parse(vector);
  const parameters = Object.keys(out.coef);
  const fit = nls({ model, parameters, x, y });
  const ours = (values: number[]) =>
    new Map(parameters.map((name, i) => [name, values[i] ?? Number.NaN]));
  const [coef, se] = [ours(fit.coef), ours(fit.se)];
  for (const [name, expected] of Object.entries(out.coef))
    yield { name: `coef.${name}`, expected, actual: coef.get(name) ?? null, tolerance: 1e-5 };
  for (const [name, expected] of Object.entries(out.se ?? {}))
    yield { name: `se.${name}`, expected, actual: se.get(name) ?? null, tolerance: 1e-4 };
  if (out.rss !== undefined)
    yield { name: 'rss', expected: out.rss, actual: fit.rss, tolerance: 1e-7 };
  if (out.sigma !== undefined)
    yield { name: 'sigma', expected: out.sigma, actual: fit.sigma, tolerance: 1e-7 };
  for (const [i, expected] of (out.fitted ?? []).entries())
    yield { name: `fitted[${i}]`, expected, actual: fit.fitted[i] ?? null, tolerance: 1e-5 };
  for (const [i, row] of (out.vcov ?? []).entries())
    for (const [j, expected] of row.entries())
      yield {
        name: `vcov[${i}][${j}]`,
        ...{ expected, actual: fit.vcov[i]?.[j] ?? null, tolerance: 2e-4 },
      };
  for (const [name, expected] of Object.entries(certified ?? {})) {
    const actual = name === 'rss' ? fit.rss : (coef.get(name) ?? null);
    yield { name: `certified.${name}`, expected, actual, tolerance: 1e-5 };
  }
};
