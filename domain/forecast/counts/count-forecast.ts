import { drawsOf } from '../../statistics/draws.ts';
import { countPaths } from './count-paths.ts';
import type { CountSeries, Member } from './count-series.ts';
import { isUsable } from './count-series.ts';
import type { ForecastErrors } from './forecast-errors.ts';
import { forecastErrors } from './forecast-errors.ts';
import { memberWeights, weighted } from './member-weights.ts';
import { likelyRegression, regressionMember } from './regression-member.ts';
import { rollingOrigins } from './rolling-origins.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { likelyForms, smoothingMember } from './smoothing-member.ts';
import type { Told } from './told-blocks.ts';

/** Futures of a series of counts. */
export interface CountForecast {
  /** What is expected of each step: the members together. */
  expected: Float64Array;
  paths: Float64Array[];
  members: { name: string; weight: number }[];
  errors: ForecastErrors;
}

const PATHS = 2000;
/** Forms of smoothing that are fitted again at past origins. */
const FORMS = 3;
/** Seasons of days; and up to which the last season tells more than the middle of several. */
const DAYS = 7;
const MONTHS_MOST = 24;

/**
 * The next `steps` steps of a series, by members that are weighted by how they did at past origins. Bands come from
 * the errors at those origins. `whole`: counts are whole numbers. Null where no member can tell.
 */
export function countForecast(
  series: CountSeries,
  { steps, whole, random }: { steps: number; whole: boolean; random: () => number },
): CountForecast | null {
  const members = membersFor(series);
  const told = members.map((member) => {
    const expected = member.expected(series, steps);
    return expected && isUsable(expected) ? expected : null;
  });
  const origins = rollingOrigins(series, members, steps);
  const weights = memberWeights(
    origins,
    told.map((expected) => expected !== null),
  );
  const expected = weighted(told, weights);
  if (!expected) return null;
  const past = origins.flatMap((origin): Told[] => {
    const together = weighted(origin.told, weights);
    return together ? [{ came: origin.came, expected: together }] : [];
  });
  const errors = forecastErrors(past, { block: blockOf(series.season), whole });
  return {
    expected,
    paths: countPaths(expected, errors, {
      ...{ paths: PATHS, whole, draws: drawsOf(random) },
      drift: series.season === DAYS ? DRIFT_A_DAY : 0,
    }),
    members: members.map(({ name }, i) => ({ name, weight: weights[i] as number })),
    errors,
  };
}

function membersFor(series: CountSeries): Member[] {
  return [
    regressionMember(likelyRegression(series)),
    smoothingMember(likelyForms(series, FORMS)),
    series.season === DAYS
      ? seasonalNaive(4, 'same weekdays')
      : seasonalNaive(series.season > DAYS && series.season <= MONTHS_MOST ? 1 : 4),
  ];
}

/**
 * A slow change of daily counts that past origins, days or weeks long, do not show: a yearly rhythm not yet seen, growth.
 * Chosen on made-up tenants (bench/forecast) so that sums of 8 weeks lie in their bands as often as said.
 */
const DRIFT_A_DAY = 0.0015;

/** Steps whose sum shows the level: a week of days, a quarter of months. */
const blockOf = (season: number): number =>
  season < 4 ? 2 : season <= 8 ? season : season <= 24 ? Math.ceil(season / 4) : 4;
