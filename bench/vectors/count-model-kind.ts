import { z } from 'zod';
import type { CountModel } from '../../domain/statistics/count-model.ts';
import { countModel, POISSON } from '../../domain/statistics/count-model.ts';
import { counterfactual } from '../../domain/statistics/counterfactual.ts';
import type { Matrix } from '../../domain/statistics/matrix.ts';
import { rootsOfDiagonal, scaled } from '../../domain/statistics/matrix.ts';
import { negativeBinomialModel } from '../../domain/statistics/negative-binomial-model.ts';
import { longRunScores, sandwich } from '../../domain/statistics/newey-west.ts';
import { normalQuantile } from '../../domain/statistics/normal.ts';
import { autocorrelations } from '../../domain/statistics/residual-tests.ts';
import { compareAll, compareOne, compareRows } from './compare-all.ts';
import type { ModelFrame } from './model-frame.ts';
import { modelFrame } from './model-frame.ts';
import { Numbers, Rows } from './numbers.ts';
import type { Comparison, VectorKind } from './vector.ts';

const Values = z.union([
  Numbers,
  z.record(z.string(), z.number()).transform(Object.values<number>),
]);
const CountVector = z.looseObject({
  model: z.string().default(''),
  out: z.looseObject({
    coef: Values,
    se: Values.optional(),
    theta: z.number().nullish(),
    se_theta: z.number().nullish(),
    twologlik: z.number().nullish(),
    dispersion: z.number().nullish(),
    pearson_dispersion: z.number().nullish(),
    deviance: z.number().nullish(),
    df_residual: z.number().nullish(),
    fitted: Numbers.optional(),
    vcov: Rows.optional(),
    vcovHC0: Rows.optional(),
    neweywest_lag3_noprewhite_adjust: Rows.optional(),
    bruschlike_acf_deviance_resid: Numbers.optional(),
    counterfactual: z
      .looseObject({
        post_index_1based: Numbers,
        counterfactual: Numbers.optional(),
        fitted: Numbers.optional(),
        cum_counterfactual: z.number().optional(),
        cum_observed: z.number().optional(),
        avoided_fit: z.number().optional(),
        avoided_obs: z.number().optional(),
        avoided_fit_se_delta: z.number().optional(),
      })
      .nullish(),
  }),
});
type Out = z.output<typeof CountVector>['out'];

interface Fitted {
  frame: ModelFrame;
  model: CountModel;
  covariance: Matrix;
}

/** Suggested for coefficients; what R computes after its last step but one is as near as that. */
const CLOSE = 1e-6;

/** `glm_nb` and `its_glm`: log-linear models of counts as R's `glm` and `MASS::glm.nb` fit them, and what would have been. */
export const countModelKind: VectorKind = function* (vector): Iterable<Comparison> {
  const { model: formula, out } = CountVector.parse(vector);
  const frame = modelFrame(vector);
  const { design, response: counts, offsets } = frame;
  const observations = { design, counts, ...(offsets && { offsets }) };
  if (typeof out.theta === 'number' || (out.theta === undefined && vector.kind === 'glm_nb')) {
    const model = negativeBinomialModel(observations);
    yield* compareOne('theta', out.theta, model.theta, CLOSE);
    yield* compareOne('se_theta', out.se_theta, model.thetaStandardError, CLOSE);
    yield* compareOne('twologlik', out.twologlik, 2 * model.logLikelihood, CLOSE);
    yield* modelComparisons({ frame, model, covariance: model.unscaled }, out);
    return;
  }
  const model = countModel(observations, POISSON);
  // A Poisson model by maximum likelihood: also what the negative binomial one falls back to.
  if (out.twologlik !== undefined) yield* fallbackComparisons(observations, out);
  const quasi = /quasi/.test(formula) || (out.dispersion ?? 1) !== 1;
  const dispersion = quasi ? lastStepDispersion(model) : 1;
  yield* compareOne('dispersion', out.dispersion, dispersion, CLOSE);
  const covariance = scaled(model.unscaled, dispersion);
  yield* modelComparisons({ frame, model, covariance }, out);
};

/** Pearson's dispersion as R's summary has it: with the weights that the last step began with. */
function lastStepDispersion({ weights, working, degrees }: CountModel): number {
  return working.reduce((sum, one, i) => sum + (weights[i] ?? 0) * one * one, 0) / degrees;
}

function* fallbackComparisons(
  observations: Parameters<typeof negativeBinomialModel>[0],
  out: Out,
): Iterable<Comparison> {
  const model = negativeBinomialModel(observations);
  if (model.theta === null)
    yield* compareOne('twologlik', out.twologlik, 2 * model.logLikelihood, CLOSE);
}

function* modelComparisons(fitted: Fitted, out: Out): Iterable<Comparison> {
  const { model, covariance } = fitted;
  yield* compareAll('coef', out.coef, model.coefficients, CLOSE);
  yield* compareAll('se', out.se, rootsOfDiagonal(covariance), CLOSE);
  yield* compareAll('fitted', out.fitted, model.fitted, CLOSE);
  yield* compareOne('deviance', out.deviance, model.deviance, CLOSE);
  yield* compareOne('df_residual', out.df_residual, model.degrees, 0);
  yield* compareOne('pearson_dispersion', out.pearson_dispersion, model.dispersion, CLOSE);
  yield* compareRows('vcov', out.vcov, covariance, CLOSE);
  yield* robustComparisons(fitted, out);
  yield* counterfactualComparisons(fitted, out);
}

/** Covariances that do not trust the variance function, and what the residuals still have in common. */
function* robustComparisons({ frame, model, covariance }: Fitted, out: Out): Iterable<Comparison> {
  const scores = frame.design.map((row, i) =>
    row.map((value) => value * (model.weights[i] ?? 0) * (model.working[i] ?? 0)),
  );
  const plain = sandwich(model.unscaled, longRunScores(scores, { lag: 0 }));
  yield* compareRows('vcovHC0', out.vcovHC0, plain, CLOSE);
  const third = sandwich(model.unscaled, longRunScores(scores, { lag: 3, smallSample: true }));
  const { neweywest_lag3_noprewhite_adjust: neweyWest } = out;
  yield* compareRows('neweywest_lag3', neweyWest, third, CLOSE);
  const residuals = frame.response.map((count, i) => {
    const mean = model.fitted[i] ?? Number.NaN;
    return Math.sign(count - mean) * Math.sqrt(Math.max(0, POISSON.deviance(count, mean)));
  });
  const { bruschlike_acf_deviance_resid: acf } = out;
  if (acf) yield* compareAll('acf', acf, autocorrelations(residuals, acf.length - 1), CLOSE);
  const [name, rr] = Object.entries(out).find(([key]) => /^rr_.+_95$/.test(key)) ?? [];
  if (!name) return;
  const RateRatio = z.looseObject({ rr: z.number(), lo: z.number(), hi: z.number() });
  const { rr: ratio, lo, hi } = RateRatio.parse(rr);
  const column = frame.names.indexOf(name.slice('rr_'.length, -'_95'.length));
  const coefficient = model.coefficients[column] ?? Number.NaN;
  const half = normalQuantile(0.975) * (rootsOfDiagonal(covariance)[column] ?? Number.NaN);
  yield* compareOne(name, ratio, Math.exp(coefficient), CLOSE);
  yield* compareOne(`${name} lo`, lo, Math.exp(coefficient - half), CLOSE);
  yield* compareOne(`${name} hi`, hi, Math.exp(coefficient + half), CLOSE);
}

function* counterfactualComparisons(
  { frame, model, covariance }: Fitted,
  { counterfactual: expected }: Out,
): Iterable<Comparison> {
  if (!expected) return;
  const { design, response: counts, offsets } = frame;
  const rows = expected.post_index_1based.map((index) => index - 1);
  // What is 0 in every row before belongs to the intervention.
  const columns = (design[0] ?? []).flatMap((_, j) =>
    design.every((row, i) => rows.includes(i) || row[j] === 0) ? [j] : [],
  );
  const ours = counterfactual({ design, counts, ...(offsets && { offsets }) }, model, {
    ...{ rows, columns, covariance },
  });
  yield* compareAll('counterfactual', expected.counterfactual, ours.without, CLOSE);
  yield* compareOne('cum_counterfactual', expected.cum_counterfactual, ours.sumWithout, CLOSE);
  yield* compareOne('cum_observed', expected.cum_observed, ours.sumObserved, 0);
  yield* compareOne('avoided_fit', expected.avoided_fit, ours.avoided, CLOSE);
  const observed = ours.sumWithout - ours.sumObserved;
  yield* compareOne('avoided_obs', expected.avoided_obs, observed, CLOSE);
  const { avoided_fit_se_delta: error } = expected;
  yield* compareOne('avoided_fit_se_delta', error, ours.standardError, CLOSE);
}
