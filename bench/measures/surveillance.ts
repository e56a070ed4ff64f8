import { addDays, HOUR_MS, parseDay } from '../../domain/day.ts';
import { uniformRandom } from '../../domain/random.ts';
import { dailyDetector } from '../../domain/surveillance/daily-detector.ts';
import type { DailyCount } from '../../domain/surveillance/daily-series.ts';
import { hourlyDetector } from '../../domain/surveillance/hourly-detector.ts';
import type { HourlyCount } from '../../domain/surveillance/hourly-series.ts';
import type { Measure } from '../bench.ts';
import { judged } from '../table.ts';
import { seconds } from '../words.ts';

/** Totals, methods, people and addresses of a tenant, by the hour; how large it is does not matter to a count. */
const SERIES = 20;
const MEANS = [0.5, 8, 2000] as const;
const HOURS = 12 * 7 * 24;
const DAYS = 2 * 1095;
const STEP_MOST_MS = 1_000;
const BACKTEST_MOST_MS = 30_000;

/** What the detectors of failed verifications take: the newest hour of every series, and three years of days told again. */
export const surveillanceMeasure: Measure = async () => {
  const hourly = Array.from({ length: SERIES }, (_, seed) => hoursOf(seed));
  hourlyDetector(hoursOf(SERIES), { newest: 1 });
  const step = timed(() => {
    for (const hours of hourly) hourlyDetector(hours, { newest: 1 });
  });
  const backtest = timed(() => dailyDetector(daysOf(SERIES), { newest: DAYS / 2 }));
  return [
    judged(
      {
        what: `failed verifications, the newest hour of ${SERIES} series`,
        ...{ ours: seconds(step), wanted: seconds(STEP_MOST_MS) },
      },
      { value: step, most: STEP_MOST_MS },
    ),
    judged(
      {
        what: 'failed verifications, three years of days told again',
        ...{ ours: seconds(backtest), wanted: seconds(BACKTEST_MOST_MS) },
      },
      { value: backtest, most: BACKTEST_MOST_MS },
    ),
  ];
};

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

const meanOf = (seed: number): number => MEANS[seed % MEANS.length] ?? 1;

function hoursOf(seed: number): HourlyCount[] {
  const random = uniformRandom(seed);
  return Array.from({ length: HOURS }, (_, i) => ({
    ...{ at: Date.UTC(2024, 0, 1) + i * HOUR_MS, localHour: i % 24, holiday: false },
    ...{ count: Math.floor(2 * meanOf(seed) * random()), weekday: Math.floor(i / 24) % 7 },
  }));
}

function daysOf(seed: number): DailyCount[] {
  const random = uniformRandom(seed);
  const first = parseDay('2020-01-01');
  return Array.from({ length: DAYS }, (_, i) => ({
    ...{ day: addDays(first, i), count: Math.floor(48 * meanOf(seed) * random()) },
    holiday: i % 40 === 0,
  }));
}
