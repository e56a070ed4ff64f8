import { chiSquareTails } from './distributions.ts';
import type { LinearModel } from './linear-model.ts';
import { linearModel } from './linear-model.ts';
import { dot } from './matrix.ts';

export interface TestResult {
  statistic: number;
  /** The chance of a statistic as large if there were nothing to find. */
  p: number;
}

/**
 * Breusch and Godfrey's test (1978) whether residuals depend on those up to `order` before, with zeros before the
 * first; the same as `bgtest` of R's `lmtest`.
 */
export function breuschGodfrey({ design, residuals }: LinearModel, order: number): TestResult {
  const auxiliary = design.map((row, t) => [
    ...row,
    ...Array.from({ length: order }, (_, lag) => residuals[t - lag - 1] ?? 0),
  ]);
  const { fitted } = linearModel(auxiliary, residuals);
  const statistic = (residuals.length * dot(fitted, fitted)) / dot(residuals, residuals);
  return { statistic, p: chiSquareTails(statistic, order).upper };
}

/**
 * Whether the residuals' variance depends on the explanatory values: Breusch and Pagan 1979, in Koenker's form
 * (1981), which does not ask for normal residuals; the same as `bptest` of R's `lmtest`.
 */
export function breuschPagan({ design, residuals }: LinearModel): TestResult {
  const mean = dot(residuals, residuals) / residuals.length;
  const squares = residuals.map((residual) => residual * residual - mean);
  const { fitted } = linearModel(design, squares);
  const statistic = (residuals.length * dot(fitted, fitted)) / dot(squares, squares);
  return { statistic, p: chiSquareTails(statistic, (design[0]?.length ?? 1) - 1).upper };
}

/** Correlations of values with those 0, 1, 2, ... before, about their mean (Box and Jenkins 1970). */
export function autocorrelations(values: readonly number[], lags: number): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const from = values.map((value) => value - mean);
  const squares = dot(from, from);
  return Array.from(
    { length: lags + 1 },
    (_, lag) => dot(from.slice(0, from.length - lag), from.slice(lag)) / squares,
  );
}
