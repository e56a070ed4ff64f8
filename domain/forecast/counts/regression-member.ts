import type { CountModel, CountObservations } from '../../statistics/count-model.ts';
import { countModel, meansOf } from '../../statistics/count-model.ts';
import { negativeBinomialModel } from '../../statistics/negative-binomial-model.ts';
import type { CountSeries, Member } from './count-series.ts';
import type { RegressionColumns, RegressionForm } from './regression-columns.ts';
import { columnsOf, PLACES_MAX, rowOf, widthOf } from './regression-columns.ts';

/** Counts, as multiples of the dispersion, that the belief in an unchanged level is worth. */
const LEVEL_PRIOR = 4;

const FORMS: readonly RegressionForm[] = [
  { trend: true, wave: true },
  { trend: false, wave: true },
  { trend: true, wave: false },
  { trend: false, wave: false },
];

/**
 * A negative binomial regression with a place of the season, yearly waves and a damped linear trend, exposure as its
 * offset (Cameron and Trivedi 2013), times the level of the latest steps next to it.
 */
export function regressionMember(form: RegressionForm): Member {
  return {
    name: 'regression with season and trend',
    expected(series, steps) {
      const known = knownSteps(series);
      const plainer = FORMS.filter(
        ({ trend, wave }) => (!trend || form.trend) && (!wave || form.wave),
      );
      for (const one of plainer) {
        const columns = columnsOf(series, known, one);
        const model = columns && fitted(series, known, columns, negativeBinomialModel);
        if (columns && model) return told(series, { steps, known, columns, model });
      }
      return null;
    },
  };
}

/**
 * The form that suits a series: by the quasi-likelihood's form of Schwarz's criterion (1978), the dispersion being that
 * of the fullest form.
 */
export function likelyRegression(series: CountSeries): RegressionForm {
  const known = knownSteps(series);
  const fits = FORMS.flatMap((form) => {
    const columns = columnsOf(series, known, form);
    const model = columns && fitted(series, known, columns, countModel);
    return columns && model ? [{ form, model, parameters: widthOf(columns) }] : [];
  });
  const dispersion = Math.max(1e-9, fits[0]?.model.dispersion ?? 1);
  const costs = fits.map(
    ({ model, parameters }) => model.deviance / dispersion + parameters * Math.log(known.length),
  );
  return fits[costs.indexOf(Math.min(...costs))]?.form ?? { trend: false, wave: false };
}

function knownSteps({ counts }: CountSeries): number[] {
  const known: number[] = [];
  for (const [i, count] of counts.entries()) if (!Number.isNaN(count)) known.push(i);
  return known;
}

function fitted(
  series: CountSeries,
  known: number[],
  columns: RegressionColumns,
  modelOf: (observations: CountObservations) => CountModel,
): CountModel | null {
  const end = series.counts.length - 1;
  try {
    return modelOf({
      design: known.map((i) => rowOf(series, i, i - end, columns)),
      counts: known.map((i) => series.counts[i] as number),
      offsets: known.map((i) => Math.log(series.exposure[i] as number)),
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function told(
  series: CountSeries,
  parts: { steps: number; known: number[]; columns: RegressionColumns; model: CountModel },
): Float64Array | null {
  const { steps, known, columns, model } = parts;
  const n = series.counts.length;
  let [time, step] = [0, 1];
  const rows = Array.from({ length: steps }, (_, i) => {
    step *= series.damping;
    time += step;
    return rowOf(series, n + i, time, columns);
  });
  const offsets = rows.map((_, i) => Math.log(series.exposure[n + i] as number));
  const level = latestLevel(series, known, model);
  const means = meansOf({ design: rows, offsets }, model.coefficients);
  const counts = Float64Array.from(means, (mean) => mean * level);
  return counts.every(Number.isFinite) ? counts : null;
}

/** The latest counts over what the model says of them: gamma-Poisson, so that few counts change little. */
function latestLevel(series: CountSeries, known: number[], model: CountModel): number {
  const recent = recentSteps(series.season);
  const means = model.fitted.slice(-recent);
  const counts = known.slice(-recent).map((i) => series.counts[i] as number);
  const seen = sum(counts);
  const expected = sum(means);
  const ratio = (seen + 1) / (expected + 1);
  const squares = sum(means.map((mean, k) => ((counts[k] as number) / ratio - mean) ** 2 / mean));
  const prior = LEVEL_PRIOR * Math.max(1, squares / means.length);
  return (seen + prior) / (expected + prior);
}

/** How many of the latest steps tell the level: four weeks of days, half a year of months, two months of weeks. */
const recentSteps = (season: number): number =>
  season <= 7 ? Math.max(8, 4 * season) : season <= PLACES_MAX ? Math.ceil(season / 2) : 8;

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
