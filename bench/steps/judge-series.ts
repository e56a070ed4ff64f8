import { addDays, HOUR_MS, parseDay } from '../../domain/day.ts';
import { uniformRandom } from '../../domain/random.ts';
import { drawsOf } from '../../domain/statistics/draws.ts';
import { dailyDetector } from '../../domain/surveillance/daily-detector.ts';
import type { DailyCount } from '../../domain/surveillance/daily-series.ts';
import { hourlyDetector } from '../../domain/surveillance/hourly-detector.ts';
import type { HourlyCount } from '../../domain/surveillance/hourly-series.ts';

/** What it takes to judge a tenant's series, in milliseconds. */
export interface Judging {
  /** The newest hour of every series, and the same by the mean and deviation of the same hour of eight weeks. */
  hourMs: number;
  plainHourMs: number;
  /** Every day of three years of one series, with three more years before them. */
  backtestMs: number;
  plainBacktestMs: number;
}

/** An hour's failures, from a breakdown to the total of a tenant of a million people. */
const MEANS = [0.05, 0.5, 8, 2000] as const;
const HOURS = 13 * 7 * 24;
const DAYS = 3 * 365;
const PLAIN_WEEKS = 8;
const WEEK = { hours: 168, days: 7 };

/** Judges `series` made-up series. The same counts in every run. */
export function judgeSeries({ series }: { series: number }): Judging {
  const hourly = Array.from({ length: series }, (_, seed) => hoursOf(seed));
  const days = daysOf();
  hourlyDetector(hoursOf(series), { newest: 1 });
  return {
    hourMs: timed(() => {
      for (const hours of hourly) hourlyDetector(hours, { newest: 1, known: () => SILENT });
    }),
    plainHourMs: timed(() => {
      for (const hours of hourly) plainScore(hours, hours.length - 1, WEEK.hours);
    }),
    backtestMs: timed(() => dailyDetector(days, { newest: DAYS })),
    plainBacktestMs: timed(() => {
      for (let at = DAYS; at < 2 * DAYS; at++) plainScore(days, at, WEEK.days);
    }),
  };
}

/** What the step knows of the hours before the newest one: the database holds it. */
const SILENT = { alarmed: false, slow: false };

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** How many deviations a count is above the mean of the same hour, or weekday, of the last eight weeks. */
function plainScore(
  counts: readonly { count: number | null }[],
  at: number,
  period: number,
): number {
  const past = Array.from(
    { length: PLAIN_WEEKS },
    (_, back) => counts[at - (back + 1) * period]?.count ?? 0,
  );
  const mean = past.reduce((sum, one) => sum + one, 0) / PLAIN_WEEKS;
  const squares = past.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return ((counts[at]?.count ?? 0) - mean) / Math.max(0.5, Math.sqrt(squares / (PLAIN_WEEKS - 1)));
}

function hoursOf(seed: number): HourlyCount[] {
  const draws = drawsOf(uniformRandom(seed));
  const mean = MEANS[seed % MEANS.length] ?? 1;
  return Array.from({ length: HOURS }, (_, i) => ({
    ...{ at: Date.UTC(2024, 0, 1) + i * HOUR_MS, localHour: i % 24, holiday: false },
    ...{ count: draws.negativeBinomial(mean, 1.5), weekday: Math.floor(i / 24) % 7 },
  }));
}

function daysOf(): DailyCount[] {
  const draws = drawsOf(uniformRandom(1));
  const first = parseDay('2020-01-01');
  return Array.from({ length: 2 * DAYS }, (_, i) => ({
    ...{ day: addDays(first, i), count: draws.negativeBinomial(100, 2), holiday: i % 40 === 0 },
  }));
}
