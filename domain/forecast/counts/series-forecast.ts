import { quantile } from '../../statistics/quantile.ts';
import { countForecast } from './count-forecast.ts';
import type { CountSeries } from './count-series.ts';

/** A forecast of a series in equal steps: what is expected and bands that hold 80 and 95 of 100 values. */
export interface SeriesForecast {
  mean: number[];
  lo80: number[];
  hi80: number[];
  lo95: number[];
  hi95: number[];
  members: { name: string; weight: number }[];
  dispersion: number;
}

/**
 * The next `h` steps of any series. `frequency`: steps after which a season repeats, 1 for none. Values below 0 are
 * forecast as their distance from the least one. Of nothing known it says 0.
 */
export function forecastSeries({
  train,
  frequency,
  h,
  random,
}: {
  train: readonly number[];
  frequency: number;
  h: number;
  random: () => number;
}): SeriesForecast {
  const known = train.filter(Number.isFinite);
  const least = Math.min(0, ...known);
  const season = Math.max(1, Math.round(frequency));
  const steps = train.length + h;
  const series: CountSeries = {
    counts: Float64Array.from(train, (value) =>
      Number.isFinite(value) ? value - least : Number.NaN,
    ),
    season,
    slots: Int32Array.from({ length: steps }, (_, i) => i % season),
    exposure: new Float64Array(steps).fill(1),
    year: 0,
    damping: DAMPING.find(([upTo]) => season <= upTo)?.[1] ?? 0.98,
  };
  const whole = known.every(Number.isInteger);
  const forecast = countForecast(series, { steps: h, whole, random });
  if (!forecast) return nothing(h);
  const band = (share: number) =>
    Array.from({ length: h }, (_, i) => {
      const values = forecast.paths.map((path) => path[i] as number);
      return (quantile(values, share) ?? 0) + least;
    });
  return {
    mean: Array.from(forecast.expected, (value) => value + least),
    ...{ lo80: band(0.1), hi80: band(0.9), lo95: band(0.025), hi95: band(0.975) },
    members: forecast.members,
    dispersion: forecast.errors.dispersion,
  };
}

/** What a trend keeps of its slope from a step to the next, by the steps of a season up to which it holds. */
const DAMPING: readonly (readonly [season: number, kept: number])[] = [
  [4, 0.9],
  [24, 0.98],
  [60, 0.9],
];

function nothing(h: number): SeriesForecast {
  const zeros = () => new Array<number>(h).fill(0);
  return {
    ...{ mean: zeros(), lo80: zeros(), hi80: zeros(), lo95: zeros(), hi95: zeros() },
    ...{ members: [], dispersion: 1 },
  };
}
