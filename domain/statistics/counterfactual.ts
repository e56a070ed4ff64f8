import type { CountModel, CountObservations } from './count-model.ts';
import { meansOf } from './count-model.ts';
import { dot, timesColumn } from './matrix.ts';

/** What counts would have been without an intervention, beside what they were. */
export interface Counterfactual {
  /** Means without it, for the rows after it began. */
  without: number[];
  /** Their sum, and the sums of the counts and of the model's means with it. */
  sumWithout: number;
  sumObserved: number;
  sumFitted: number;
  /** `sumWithout` less `sumFitted`. */
  avoided: number;
  /** Standard error of `avoided` by the delta method. */
  standardError: number;
}

/**
 * The counterfactual of an interrupted time series (Lopez Bernal, Cummins and Gasparrini 2017): the model with every
 * column that belongs to the intervention at 0. `covariance` is that of the coefficients, scaled for overdispersion
 * where the model is quasi-Poisson.
 */
export function counterfactual(
  { design, counts, offsets }: CountObservations,
  model: Pick<CountModel, 'coefficients' | 'fitted'>,
  intervention: {
    /** Rows after the intervention, by index. */
    rows: readonly number[];
    /** Columns of the intervention, by index. */
    columns: readonly number[];
    covariance: readonly (readonly number[])[];
  },
): Counterfactual {
  const { rows, columns, covariance } = intervention;
  const bare = rows.map((i) =>
    (design[i] ?? []).map((value, j) => (columns.includes(j) ? 0 : value)),
  );
  const without = meansOf(
    { design: bare, ...(offsets && { offsets: rows.map((i) => offsets[i] ?? 0) }) },
    model.coefficients,
  );
  const fitted = rows.map((i) => model.fitted[i] ?? Number.NaN);
  const gradient = model.coefficients.map((_, j) =>
    rows.reduce(
      (sum, row, i) =>
        sum + (without[i] ?? 0) * (bare[i]?.[j] ?? 0) - (fitted[i] ?? 0) * (design[row]?.[j] ?? 0),
      0,
    ),
  );
  const [sumWithout, sumFitted] = [total(without), total(fitted)];
  return {
    ...{ without, sumWithout, sumFitted },
    sumObserved: total(rows.map((i) => counts[i] ?? Number.NaN)),
    avoided: sumWithout - sumFitted,
    standardError: Math.sqrt(dot(gradient, timesColumn(covariance, gradient))),
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
