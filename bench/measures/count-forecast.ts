import { forecastDailyCounts } from '../../domain/forecast/counts/daily-counts.ts';
import type { Share } from '../../domain/share.ts';
import type { Measure } from '../bench.ts';
import { madeUpDays } from '../forecast/made-up-days.ts';
import { sumsInBand } from '../forecast/sums-in-band.ts';
import { median } from '../statistics.ts';
import { judged, type Row } from '../table.ts';
import { ms, percent } from '../words.ts';

/** Seeds that nothing was chosen on. */
const SEED = 80_001;
const PAST_DAYS = [90, 200, 400, 730] as const;
const AHEAD_DAYS = 56;
/** Sums over a day, a week and the whole future. */
const SUMS = [1, 7, AHEAD_DAYS] as const;
const COVERAGE = { least: 0.72, most: 0.88 };
const TIME_MOST_MS = 2_000;

/** Whether the bands of the forecast of daily counts hold what they say on made-up tenants, and how long one takes. */
export const countForecastMeasure: Measure = async ({ quick }) => {
  const held = new Map<number, Share>(SUMS.map((days) => [days, { part: 0, whole: 0 }]));
  const took: number[] = [];
  for (let round = 0; round < (quick ? 4 : 40); round++)
    for (const past of PAST_DAYS) {
      const { history, came } = madeUpDays(SEED + 10 * round + past, { past, ahead: AHEAD_DAYS });
      const startedAt = performance.now();
      const forecast = forecastDailyCounts(history);
      if (past === Math.max(...PAST_DAYS)) took.push(performance.now() - startedAt);
      if (!forecast) continue;
      for (const [days, before] of held) {
        const { part, whole } = sumsInBand(forecast.paths, came, { days, share: 0.8 });
        held.set(days, { part: before.part + part, whole: before.whole + whole });
      }
    }
  return [...[...held].map(([days, share]) => bandRow(days, share)), timeRow(median(took))];
};

function bandRow(days: number, { part, whole }: Share): Row {
  const inBand = part / whole;
  const { least, most } = COVERAGE;
  return judged(
    {
      what: `forecast of daily counts, ${whole} sums over ${days} d: in the 80 % band`,
      ours: percent(inBand),
      wanted: `${percent(least)} to ${percent(most)}`,
    },
    { value: Math.abs(inBand - 0.8), most: (most - least) / 2 },
  );
}

function timeRow(took: number): Row {
  return judged(
    {
      what: `forecast of ${AHEAD_DAYS} days of counts from 730, 2,000 futures: time`,
      ours: ms(took),
      wanted: ms(TIME_MOST_MS),
    },
    { value: took, most: TIME_MOST_MS },
  );
}
