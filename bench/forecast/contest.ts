import { dayNumber } from '../../domain/forecast/coverage-history.ts';
import { hazardForecast } from '../../domain/forecast/hazard-forecast.ts';
import { dampedTrendForecast } from '../../domain/forecast/reference/damped-trend-forecast.ts';
import { linearForecast } from '../../domain/forecast/reference/linear-forecast.ts';
import { logisticForecast } from '../../domain/forecast/reference/logistic-forecast.ts';
import type { ShareForecaster } from '../../domain/forecast/reference/share-forecast.ts';
import type { Accuracy } from './accuracy.ts';
import { accuracyOf, added, noAccuracy } from './accuracy.ts';
import { coverageOfCurve } from './growth-curves.ts';
import { sampleCoverage } from './sample-coverage.ts';
import { vectorCurves } from './vector-curves.ts';

/** Days that are held out after each origin. */
export const HORIZON = 90;
/** Days of history of the sample tenant at which it is forecast. */
export const ORIGINS = [60, 120, 180, 240, 300];
/** Parts of a growth curve that are known when it is forecast. */
const KNOWN_PARTS = [0.25, 0.4, 0.55, 0.7, 0.85];
/** How growth curves are told as coverage. */
const SPANS = [
  { days: 180, top: 0.6 },
  { days: 240, top: 0.85 },
  { days: 330, top: 0.95 },
];
const PEOPLE = [1_000, 2_500, 5_000];

/** The product's forecast, and the ones that it has to beat. The windows suited the yardsticks best. */
const METHODS: Record<string, ShareForecaster> = {
  product: hazardForecast({ days: HORIZON, seed: 7 }),
  line: linearForecast(28),
  logistic: logisticForecast(28),
  damped: dampedTrendForecast,
};

/** Per case (an origin, a curve) and method. */
export type Contest = Map<string, Record<string, Accuracy>>;

/** Forecasts the sample tenant of each seed from each origin. */
export function contestOnSamples(seeds: readonly number[], origins = ORIGINS): Contest {
  const contest: Contest = new Map();
  for (const seed of seeds) {
    const { first, days } = sampleCoverage(seed);
    for (const origin of origins)
      enter(contest, `day ${origin}`, days, dayNumber(first) + origin - 1);
  }
  return contest;
}

/** Forecasts the growth curves of the reference files, told `rounds` times with other chance. */
export function contestOnCurves({
  seed,
  rounds,
  sizes = PEOPLE,
}: {
  seed: number;
  rounds: number;
  sizes?: readonly number[];
}): Contest {
  const contest: Contest = new Map();
  const tellings = sizes.flatMap((people) => SPANS.map((span) => ({ people, ...span })));
  for (const { id, curve } of vectorCurves())
    for (let round = 0; round < rounds; round++)
      for (const [i, telling] of tellings.entries()) {
        const days = coverageOfCurve(curve, { ...telling, seed: seed + 100 * round + i });
        const first = days[0];
        if (!first) continue;
        for (const part of KNOWN_PARTS)
          enter(contest, id, days, dayNumber(first.day) + Math.round(part * telling.days));
      }
  return contest;
}

function enter(
  contest: Contest,
  name: string,
  days: Parameters<typeof accuracyOf>[1],
  origin: number,
): void {
  const before = contest.get(name) ?? {};
  contest.set(name, before);
  for (const [method, forecaster] of Object.entries(METHODS)) {
    const now = accuracyOf(forecaster, days, { origin, horizon: HORIZON });
    before[method] = added(before[method] ?? noAccuracy(), now);
  }
}

/** All cases of a contest together, per method. */
export function overall(contest: Contest): Record<string, Accuracy> {
  const sum: Record<string, Accuracy> = {};
  for (const ofCase of contest.values())
    for (const [method, accuracy] of Object.entries(ofCase))
      sum[method] = added(sum[method] ?? noAccuracy(), accuracy);
  return sum;
}
