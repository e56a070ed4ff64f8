import { studentTails } from '../statistics/distributions.ts';
import { outbreakWeights, standardisedResiduals } from './anscombe.ts';
import { type CountFit, countFit } from './count-fit.ts';
import { type Entry, sparseDesign } from './sparse-design.ts';

/** What Farrington's method compares a period with. */
export interface Baseline {
  /** Past counts, oldest first. */
  counts: readonly number[];
  /** Their time, in periods before the tested one: below 0. */
  times: readonly number[];
  /** Their part of the year, 0 being that of the tested period. */
  groups: readonly number[];
}

export interface FarringtonFitOptions {
  trend: boolean;
  reweight: boolean;
  weightsThreshold: number;
  /** Above this p-value a trend is dropped. */
  pThresholdTrend: number;
  /** Years of baseline: a trend needs three. */
  years: number;
  /**
   * As R's `farringtonFlexible`: no answer where a fit does not settle, and errors that follow the weights of outbreaks
   * alone, which it has by accident.
   */
  flexible: boolean;
}

/** The period's mean, were it like its baseline. */
export interface FarringtonPrediction {
  /** ln of the mean, and the standard error of that. */
  eta: number;
  standardError: number;
  /** At least 1. */
  dispersion: number;
  /** ln of the mean by which a period exceeds the one before; null where the trend was dropped. */
  trend: number | null;
}

/** Null where the model cannot be fitted. */
export function farringtonPrediction(
  baseline: Baseline,
  options: FarringtonFitOptions,
): FarringtonPrediction | null {
  if (options.trend) {
    const fit = reweightedFit(baseline, { ...options, trend: true });
    if (fit && trendHolds(fit, baseline, options)) return predictionOf(fit, options);
  }
  const fit = reweightedFit(baseline, { ...options, trend: false });
  return fit && predictionOf(fit, options);
}

interface Reweighted {
  fit: CountFit;
  weights: Float64Array | null;
  /** How many columns are groups; the trend's is after them. */
  groups: number;
  /** By what times were divided; null without a trend. */
  span: number | null;
}

/** The quasi-Poisson fit, and once more with past outbreaks weighted down. */
function reweightedFit(
  { counts, times, groups: groupOf }: Baseline,
  { trend, reweight, weightsThreshold, flexible }: FarringtonFitOptions,
): Reweighted | null {
  const found = [0, ...new Set(groupOf.filter((group) => group !== 0))];
  const columnOf = new Map(found.map((group, column) => [group, column]));
  const span = trend ? Math.max(1, ...times.map(Math.abs)) : null;
  const rows: Entry[][] = times.map((time, i) => {
    const group: Entry = [columnOf.get(groupOf[i] ?? 0) ?? 0, 1];
    return span === null ? [group] : [group, [found.length, time / span]];
  });
  const design = sparseDesign(found.length + (trend ? 1 : 0), rows);
  if (design.rows <= design.columns) return null;
  const first = countFit(design, counts);
  if (!first || ((trend || flexible) && !first.converged)) return null;
  const columns = { groups: found.length, span };
  if (!reweight) return { fit: first, weights: null, ...columns };
  const dispersion = Math.max(1, first.dispersion);
  const residuals = standardisedResiduals(first, rows, { counts, dispersion });
  const weights = outbreakWeights(residuals, weightsThreshold);
  const fit = countFit(design, counts, { weights });
  return fit && { fit, weights, ...columns };
}

/** Significant, on three years or more, and not beyond every count of the baseline. */
function trendHolds(
  { fit, weights, groups, span }: Reweighted,
  { counts }: Baseline,
  { pThresholdTrend, years, flexible }: FarringtonFitOptions,
): boolean {
  if (span === null || years < 3) return false;
  const slope = fit.coefficients[groups] as number;
  const scale = flexible ? accidentalDispersion(fit, weights) : fit.dispersion;
  const error = Math.sqrt(scale * fit.leverage([[groups, 1]]));
  const p = 2 * studentTails(Math.abs(slope / error), fit.degrees).upper;
  return p < pThresholdTrend && Math.exp(fit.coefficients[0] as number) <= Math.max(...counts);
}

/** What R's summary takes for the dispersion once the fit's weights have been put in the place of its working weights. */
function accidentalDispersion(fit: CountFit, weights: Float64Array | null): number {
  if (!weights) return fit.dispersion;
  const sum = weights.reduce(
    (total, weight, i) => total + weight * (fit.residuals[i] as number) ** 2,
    0,
  );
  return sum / fit.degrees;
}

function predictionOf(
  { fit, weights, groups, span }: Reweighted,
  { flexible }: FarringtonFitOptions,
): FarringtonPrediction {
  const dispersion = Math.max(1, fit.dispersion);
  const scale = flexible ? accidentalDispersion(fit, weights) : dispersion;
  return {
    eta: fit.coefficients[0] as number,
    standardError: Math.sqrt(scale * fit.leverage([[0, 1]])),
    dispersion,
    trend: span === null ? null : (fit.coefficients[groups] as number) / span,
  };
}
