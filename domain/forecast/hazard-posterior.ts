import type { ForecastConstants } from './constants.ts';
import type { CoverageHistory } from './coverage-history.ts';
import type { HazardFit, HazardRows } from './hazard-fit.ts';
import { hazardFit } from './hazard-fit.ts';
import { weekLikelihoods } from './week-likelihoods.ts';
import { weekdayFactors, weekdayOf } from './weekday-factors.ts';

/** What the history says about K and the hazard. */
export interface HazardPosterior {
  ceilings: Float64Array;
  fits: HazardFit[];
  /** Probability of each ceiling; sums to 1. */
  probabilities: Float64Array;
  /** Probability of each ceiling with each s.d. of the drift, by ceilings and then by s.d.s. */
  cells: { probabilities: Float64Array; driftSds: readonly number[] };
  /** Width of a ceiling's cell. */
  cell: number;
  dispersion: number;
  weekdays: Float64Array;
}

/** Changes that count less are left out: they cost time and tell nothing. */
const WEIGHT_LEAST = 0.02;

/** No day's hazard is known better than to this part: in large tenants chance alone would make it look certain. */
const DAY_NOISE = 0.15;

/** Fits the hazard at each value of K above today's share and weighs them by likelihood and prior. */
export function hazardPosterior(
  history: CoverageHistory,
  campaigns: readonly number[],
  constants: ForecastConstants,
): HazardPosterior {
  const weekdays = weekdayFactors(history);
  const rows = rowsOf(history, { weekdays, campaigns, constants });
  const share = history.capable / history.people;
  const cell = (1 - share) / constants.ceilingGrid;
  const ceilings = Float64Array.from(
    { length: constants.ceilingGrid },
    (_, i) => share + (i + 0.5) * cell,
  );
  const rough = Array.from(ceilings, (ceiling) =>
    hazardFit(rows, { ceiling, dispersion: 1 }, constants),
  );
  const dispersion = Math.max(
    1 + DAY_NOISE ** 2 * meanGain(rows),
    Math.min(...rough.map((fit) => fit.dispersion)),
  );
  const fits = Array.from(ceilings, (ceiling) =>
    hazardFit(rows, { ceiling, dispersion }, constants),
  );
  const { sds: driftSds, weights } = constants.driftPrior;
  const likelihoods = fits.flatMap((fit, i) => {
    const at = { fit, ceiling: ceilings[i] as number, age: history.age, dispersion };
    return weekLikelihoods(rows, at, driftSds);
  });
  const logs = likelihoods.map((logLikelihood, index) => {
    const i = Math.floor(index / driftSds.length);
    const weight = Math.log(weights[index % driftSds.length] as number);
    return (
      logLikelihood + weight + logPrior(fits[i] as HazardFit, ceilings[i] as number, constants)
    );
  });
  const cells = { probabilities: normalised(logs), driftSds };
  const probabilities = ceilings.map((_, i) =>
    sum(cells.probabilities.subarray(i * driftSds.length, (i + 1) * driftSds.length)),
  );
  return { ceilings, fits, probabilities, cells, cell, dispersion, weekdays };
}

function logPrior(
  { theta }: HazardFit,
  ceiling: number,
  { ceilingPrior: [a, b], slopePrior: [mean, sd] }: ForecastConstants,
): number {
  const slope = (theta[1] - mean) / sd;
  return (a - 1) * Math.log(ceiling) + (b - 1) * Math.log(1 - ceiling) - 0.5 * slope * slope;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

function normalised(logs: readonly number[]): Float64Array {
  const most = Math.max(...logs);
  const raw = Float64Array.from(logs, (log) => Math.exp(log - most));
  const total = sum(raw);
  return raw.map((value) => value / total);
}

function meanGain({ gains, weights }: HazardRows): number {
  let [gained, weighed] = [0, 0];
  for (const [i, weight] of weights.entries()) {
    gained += weight * (gains[i] as number);
    weighed += weight;
  }
  return weighed > 0 ? gained / weighed : 0;
}

/** Pulse of the campaigns on a day: 1 on the first day of one, then falling. */
export function pulseOn(day: number, campaigns: readonly number[], pulseDays: number): number {
  let pulse = 0;
  for (const began of campaigns) if (day >= began) pulse += Math.exp((began - day) / pulseDays);
  return pulse;
}

function rowsOf(
  history: CoverageHistory,
  parts: { weekdays: Float64Array; campaigns: readonly number[]; constants: ForecastConstants },
): HazardRows {
  const { weekdays, campaigns, constants } = parts;
  const { ends, spans, ages, age, weights } = history;
  const used = [...weights.keys()].filter((i) => (weights[i] as number) >= WEIGHT_LEAST);
  const column = (value: (i: number) => number) => Float64Array.from(used, value);
  return {
    count: used.length,
    weights: column((i) => weights[i] as number),
    gains: column((i) => history.gains[i] as number),
    peopleBefore: column((i) => history.peopleBefore[i] as number),
    capableBefore: column((i) => history.capableBefore[i] as number),
    offsets: column((i) => {
      let days = 0;
      for (let back = 0; back < (spans[i] as number); back++)
        days += weekdays[weekdayOf((ends[i] as number) - back)] as number;
      return Math.log(days);
    }),
    slopes: column((i) => Math.log((1 + (ages[i] as number)) / (1 + age))),
    ago: column((i) => history.today - (ends[i] as number)),
    pulses: column((i) => pulseOn(ends[i] as number, campaigns, constants.pulseDays)),
  };
}
