import { eq } from 'drizzle-orm';
import { type CoverageTarget, coverageTarget } from '../../domain/coverage-target.ts';
import { addDays, type Day, dayCount } from '../../domain/day.ts';
import {
  arrivalOf,
  type CoverageForecast,
  type ForecastMade,
  type NoForecast,
  type QuantileName,
} from '../../domain/forecast/coverage-forecast.ts';
import { modelInWords } from '../../domain/forecast/model-in-words.ts';
import { runsAtOrAbove } from '../../domain/forecast/runs-at-or-above.ts';
import { isoText } from '../../domain/instant.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import type { Store } from '../store-types.ts';

/**
 * How coverage is expected to go on, and when it reaches the target of the settings: read off the one stored
 * forecast, so that another target needs no new one. `forecast` null: `reason` says why.
 */
export async function registrationForecast(
  store: Store,
  { tenantId, defaults }: { tenantId: number; defaults: Settings },
) {
  const { coverageForecast: table } = store.t;
  const target = coverageTarget(await readSettings(store, tenantId, defaults));
  const [row] = await store.read.select().from(table).where(eq(table.tenantId, tenantId));
  if (!row) return { target, forecast: null, reason: 'No forecast has been made yet.' };
  const body = row.body as CoverageForecast;
  if (body.state !== 'ok') return { target, forecast: null, reason: reasonOf(body) };
  const { day, capable, population } = body;
  return {
    target,
    forecast: {
      day,
      madeAt: isoText(row.madeAt),
      now: { part: capable, whole: population },
      days: daysOf(body),
      arrival: target && arrivalAt(body, target),
      model: modelInWords(body.model),
    },
    reason: null,
  };
}

function reasonOf(body: NoForecast): string {
  return body.state === 'all_capable'
    ? 'Everybody of the population can reset already: there is nothing left to forecast.'
    : `A forecast takes ${body.needDays} collected days; there are ${body.haveDays} so far.`;
}

function daysOf({ day, quantiles }: ForecastMade) {
  const names = Object.keys(quantiles) as QuantileName[];
  return quantiles.p50.map((_, index) => {
    const bands = names.map((name) => [name, quantiles[name][index] ?? 0] as const);
    const ofDay = Object.fromEntries(bands) as Record<QuantileName, number>;
    return { day: addDays(day, index + 1), ...ofDay };
  });
}

function arrivalAt(forecast: ForecastMade, { percent, day: by }: CoverageTarget) {
  const { day, capable, population, runs } = forecast;
  const reached = 100 * capable >= percent * population;
  const found = arrivalOf(forecast, percent);
  const on = (offset: number | null | undefined): Day | null =>
    offset == null ? null : addDays(day, offset);
  const inTime =
    by && runsAtOrAbove(forecast, { targetPercent: percent, offset: dayCount(day, by) - 1 });
  return {
    reached,
    ...(reached
      ? { p10: day, p50: day, p90: day, notReached: { part: 0, whole: runs } }
      : {
          ...{ p10: on(found?.p10), p50: on(found?.p50), p90: on(found?.p90) },
          notReached: found?.notReached ?? { part: runs, whole: runs },
        }),
    onTime: inTime === null ? null : { part: inTime, whole: runs },
  };
}
