import { z } from 'zod';
import { durbinWatson } from '../../domain/statistics/durbin-watson.ts';
import type { LinearModel } from '../../domain/statistics/linear-model.ts';
import { explainedVariance, linearModel } from '../../domain/statistics/linear-model.ts';
import { rootsOfDiagonal } from '../../domain/statistics/matrix.ts';
import { automaticBandwidth, neweyWest } from '../../domain/statistics/newey-west.ts';
import { breuschGodfrey, breuschPagan } from '../../domain/statistics/residual-tests.ts';
import { compareAll, compareOne, compareRows } from './compare-all.ts';
import { modelFrame } from './model-frame.ts';
import { Numbers, Rows } from './numbers.ts';
import type { Comparison, VectorKind } from './vector.ts';

const NeweyWestOut = z.looseObject({
  lag: z.number(),
  prewhite: z.boolean().default(false),
  adjust_FALSE_vcov: Rows.optional(),
  adjust_TRUE_se: Numbers.optional(),
});
const OlsVector = z.looseObject({
  out: z.looseObject({
    coef: z.union([Numbers, z.record(z.string(), z.number()).transform(Object.values<number>)]),
    ols_se: Numbers.optional(),
    sigma: z.number().optional(),
    r2: z.number().optional(),
    residuals: Numbers.optional(),
    nw: z.union([z.array(NeweyWestOut), NeweyWestOut.transform((one) => [one])]).optional(),
    nw_auto_bw: z.number().optional(),
    nw_auto_se: Numbers.optional(),
    hac_default_prewhite_se: Numbers.optional(),
    dw: z.number().optional(),
    dw_p: z.number().optional(),
    bg12_stat: z.number().optional(),
    bg12_p: z.number().optional(),
    bptest: z.number().optional(),
  }),
});

/** Suggested for the standard errors of Newey and West. */
const TIGHT = 1e-8;

/** `ols_neweywest`: least squares, its tests, and Newey and West's errors, as R's `lm`, `sandwich` and `lmtest` have them. */
export const olsKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { out } = OlsVector.parse(vector);
  const { names, design, response } = modelFrame(vector);
  const model = linearModel(design, response);
  yield* compareAll('coef', out.coef, model.coefficients, TIGHT);
  yield* compareAll('ols_se', out.ols_se, model.standardErrors, TIGHT);
  yield* compareOne('sigma', out.sigma, model.sigma, TIGHT);
  yield* compareOne('r2', out.r2, explainedVariance(model), TIGHT);
  // A residual is a small difference of large numbers: their digits are what the reference keeps.
  const reach = Math.max(...response.map(Math.abs)) * 1e-11;
  for (const [i, expected] of (out.residuals ?? []).entries())
    yield {
      name: `residuals[${i}]`,
      ...{ expected, actual: model.residuals[i] ?? null },
      tolerance: TIGHT + reach / Math.abs(expected),
    };
  for (const { lag, prewhite: prewhitened, adjust_FALSE_vcov, adjust_TRUE_se } of out.nw ?? []) {
    const plain = neweyWest(model, { lag, prewhitened });
    yield* compareRows(`nw ${lag} vcov`, adjust_FALSE_vcov, plain, TIGHT);
    const adjusted = neweyWest(model, { lag, prewhitened, smallSample: true });
    yield* compareAll(`nw ${lag} se`, adjust_TRUE_se, rootsOfDiagonal(adjusted), TIGHT);
  }
  const intercept = names.indexOf('(Intercept)');
  yield* automaticComparisons(model, intercept < 0 ? null : intercept, out);
  const { statistic: dw, p: dwP } = durbinWatson(model);
  yield* compareOne('dw', out.dw, dw, TIGHT);
  yield* compareOne('dw_p', out.dw_p, dwP, 1e-6);
  if (out.bg12_stat !== undefined || out.bg12_p !== undefined) {
    const { statistic: bg, p: bgP } = breuschGodfrey(model, 12);
    yield* compareOne('bg12_stat', out.bg12_stat, bg, TIGHT);
    yield* compareOne('bg12_p', out.bg12_p, bgP, 1e-7);
  }
  yield* compareOne('bptest', out.bptest, breuschPagan(model).statistic, TIGHT);
};

/** The bandwidth that the data choose, without and with prewhitening. */
function* automaticComparisons(
  model: LinearModel,
  constant: number | null,
  out: z.output<typeof OlsVector>['out'],
): Iterable<Comparison> {
  const errors = (prewhitened: boolean): number[] => {
    const lag = Math.floor(automaticBandwidth(model, { prewhitened, constant }));
    return rootsOfDiagonal(neweyWest(model, { lag, prewhitened }));
  };
  const bandwidth = automaticBandwidth(model, { constant });
  yield* compareOne('nw_auto_bw', out.nw_auto_bw, bandwidth, TIGHT);
  yield* compareAll('nw_auto_se', out.nw_auto_se, errors(false), TIGHT);
  yield* compareAll('hac_default_prewhite_se', out.hac_default_prewhite_se, errors(true), TIGHT);
}
