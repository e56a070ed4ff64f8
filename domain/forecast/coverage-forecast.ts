import type { Day } from '../day.ts';
import type { Arrival } from './arrivals.ts';
import { arrivalsOf } from './arrivals.ts';
import type { ForecastConstants } from './constants.ts';
import { FORECAST_CONSTANTS } from './constants.ts';
import type { CoverageDay } from './coverage-history.ts';
import { coverageHistory, dayNumber, usableDays } from './coverage-history.ts';
import { coveragePaths } from './coverage-paths.ts';
import type { ForecastModel } from './forecast-model.ts';
import { forecastModel } from './forecast-model.ts';
import { hazardPosterior } from './hazard-posterior.ts';
import type { AtOrAbove } from './runs-at-or-above.ts';
import { weeklyRuns } from './runs-at-or-above.ts';

/** Names of the quantiles, and the share of runs below each. */
export const FORECAST_QUANTILES = {
  p2_5: 0.025,
  p10: 0.1,
  p25: 0.25,
  p50: 0.5,
  p75: 0.75,
  p90: 0.9,
  p97_5: 0.975,
} as const;

export type QuantileName = keyof typeof FORECAST_QUANTILES;

/** Coverage in the days to come. JSON as it is; about 50 kB for a year. */
export interface ForecastMade {
  state: 'ok';
  /** The last collected day, from which offsets count: 1 is the day after. */
  day: Day;
  population: number;
  capable: number;
  /** Futures that were simulated: the whole of every share of runs. */
  runs: number;
  /** Coverage (0 to 1) below which so many of the runs are; element 0 is offset 1. */
  quantiles: Record<QuantileName, number[]>;
  /** People expected in the population, same offsets: times a quantile, the capable people it stands for. */
  expectedPopulation: number[];
  /** When every whole percent above today's coverage is first reached, ascending; empty from 100 % on. */
  arrivals: Arrival[];
  /** Runs at or above a whole percent week by week: see `runsAtOrAbove`. */
  weekly: AtOrAbove[];
  model: ForecastModel;
}

/** Why there is no forecast. */
export type NoForecast =
  /** Fewer collected days than weekdays and trend can be told apart by. */
  | { state: 'too_short'; needDays: number; haveDays: number }
  /** Everybody is capable: there is nothing left to reach. */
  | { state: 'all_capable'; day: Day; population: number };

export type CoverageForecast = ForecastMade | NoForecast;

export interface CoverageForecastInput {
  /** Collected days only, ascending; those with nobody or more capable people than people are left out. */
  days: readonly CoverageDay[];
  /** First days of registration campaigns, past and planned. */
  campaigns: readonly Day[];
  /** Days to forecast, at least 1; arrivals look a year ahead in any case. */
  horizonDays: number;
  /** Uniform numbers in [0, 1). */
  random: () => number;
}

/** Two of each weekday: with fewer a weekday cannot be told from a trend. */
export const FORECAST_DAYS_LEAST = 14;
/** Arrivals are told within 12 months. */
export const ARRIVAL_DAYS_MAX = 365;

/**
 * How coverage will go on: a discrete-time hazard of becoming capable among those who ever will (a cure model:
 * Farewell 1982; Singer and Willett 1993), fitted day by day and simulated person by person.
 */
export function coverageForecast(
  { days, campaigns, horizonDays, random }: CoverageForecastInput,
  constants: ForecastConstants = FORECAST_CONSTANTS,
): CoverageForecast {
  const usable = usableDays(days);
  const last = usable.at(-1);
  if (!last || usable.length < FORECAST_DAYS_LEAST)
    return { state: 'too_short', needDays: FORECAST_DAYS_LEAST, haveDays: usable.length };
  const { day, population, capable } = last;
  if (capable === population) return { state: 'all_capable', day, population };
  const history = coverageHistory(usable, constants);
  const campaignDays = campaigns.map(dayNumber);
  const posterior = hazardPosterior(history, campaignDays, constants);
  const paths = coveragePaths(
    {
      ...{ history, posterior, campaigns: campaignDays, uniform: random },
      days: Math.max(horizonDays, ARRIVAL_DAYS_MAX),
    },
    constants,
  );
  const sorted = Array.from({ length: paths.days }, (_, d) =>
    paths.shares.slice(d * paths.paths, (d + 1) * paths.paths).sort(),
  );
  const told = sorted.slice(0, horizonDays);
  return {
    state: 'ok',
    ...{ day, population, capable, runs: paths.paths },
    quantiles: quantilesOf(told),
    expectedPopulation: [...paths.people.slice(0, horizonDays)],
    arrivals: arrivalsOf(paths, ARRIVAL_DAYS_MAX),
    weekly: weeklyRuns(told),
    model: forecastModel(history, posterior, constants),
  };
}

function quantilesOf(sorted: readonly Float32Array[]): ForecastMade['quantiles'] {
  const entries = Object.entries(FORECAST_QUANTILES).map(([name, below]) => [
    name,
    sorted.map((ofDay) => Number((ofDay[Math.floor(below * ofDay.length)] ?? 0).toFixed(4))),
  ]);
  return Object.fromEntries(entries);
}

/** The arrival of `targetPercent`; null where it is reached already or no whole percent. */
export function arrivalOf({ arrivals }: ForecastMade, targetPercent: number): Arrival | null {
  return arrivals.find((arrival) => arrival.targetPercent === targetPercent) ?? null;
}
