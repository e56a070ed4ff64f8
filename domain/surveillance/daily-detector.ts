import type { Day } from '../day.ts';
import { addDays } from '../day.ts';
import type { LeastEffect, LevelBounds } from './alert-level.ts';
import { type AlertLevel, alertLevel, DAILY_LEVELS, LEAST_EFFECT } from './alert-level.ts';
import { type DailyBaseline, dailyBaseline, FIRST_DAYS } from './daily-baseline.ts';
import { type DailyCount, type DailySeries, dailySeries } from './daily-series.ts';
import { leastWatched } from './least-watched.ts';
import { type LocalLevel, localLevel } from './local-level.ts';
import { chanceOf, type PredictedCount } from './predicted-count.ts';
import { dayNumber } from './reference-dates.ts';
import { weeklyFarrington } from './weekly-farrington.ts';

/** How many days, the tested one last, are taken together. */
export type DayWindow = 1 | 3 | 7;

/** What the detector says of a day. */
export interface DailyTold {
  day: Day;
  /** Null where not collected. */
  observed: number | null;
  /** Null before the 8th day, and where not collected; so are the others. */
  expected: number | null;
  /** From this count on the day by itself would be watched; one below it may be with the days before it. */
  upper: number | null;
  /** How likely as unusual a day is by chance, over all windows. */
  p: number | null;
  level: AlertLevel | null;
  /** The window that is most unusual, what was counted in it, and what was expected of it. */
  window: DayWindow | null;
  windowObserved: number | null;
  windowExpected: number | null;
  /** What Farrington Flexible says of the week that ends on it; null: nothing, for want of a year of history. */
  farrington: boolean | null;
  /**
   * Whether the day is unusual beyond doubt, or somewhat unusual with Farrington's method on its week in agreement: the
   * rule with the fewest false alarms.
   */
  agreed: boolean;
}

export interface DailyOptions {
  /** Days to tell of, the newest ones; all where not given. */
  newest?: number;
  levels?: LevelBounds;
  leastEffect?: LeastEffect;
  /** Length of a year in days. */
  yearDays?: number;
  /** Ask Farrington's method only where `agreed` hangs on it: it is what takes the time. */
  onlyIfAsked?: boolean;
}

const WINDOWS: readonly DayWindow[] = [1, 3, 7];
/** As many independent tests as the windows, which hold each other, amount to. */
const TESTS = 2;
const REFIT_DAYS = 7;
/** Days that tell the level, fewer where the shape of a year is not known; the last ones are left out. */
const LEVEL = { days: 28, shortDays: 14, leftOut: 3, priorWeight: 4 };
const DAYS_PER_YEAR = 365.25;

/**
 * Which days have more failed verifications than their weekday, their season and the last weeks explain: counts of 1, 3
 * and 7 days against a robust baseline (Farrington et al. 1996, Noufaily et al. 2013; the direct daily model after
 * Noufaily et al. 2019). Tells of the newest days, oldest first, whatever order the days came in. The baseline is made
 * anew every 7 days.
 */
export function dailyDetector(
  days: readonly DailyCount[],
  {
    newest,
    levels = DAILY_LEVELS,
    leastEffect = LEAST_EFFECT,
    yearDays = DAYS_PER_YEAR,
    onlyIfAsked = false,
  }: DailyOptions = {},
): DailyTold[] {
  const series = dailySeries(days);
  if (!series) return [];
  const from = Math.max(0, series.length - (newest ?? series.length));
  const firstDay = dayNumber(series.first);
  const baselines = new Map<number, Prepared | null>();
  const told: DailyTold[] = [];
  for (let at = from; at < series.length; at++) {
    // In the first weeks a day more is much: the baseline is made every day. Later on the same weekday whatever the first day is.
    const fittedAt = at < FIRST_DAYS ? at : at - ((firstDay + at) % REFIT_DAYS);
    if (!baselines.has(fittedAt)) baselines.set(fittedAt, prepared(series, fittedAt, yearDays));
    const baseline = baselines.get(fittedAt) ?? null;
    told.push(toldOf(series, at, { baseline, levels, leastEffect, onlyIfAsked }));
  }
  return told;
}

/** A baseline with the values of each day kept: each is asked for by up to 35 days. */
interface Prepared extends DailyBaseline {
  levelDays: number;
}

function prepared(series: DailySeries, at: number, yearDays: number): Prepared | null {
  const baseline = dailyBaseline(series, at, { yearDays });
  if (!baseline) return null;
  const levelDays = baseline.long ? LEVEL.days : LEVEL.shortDays;
  return {
    ...baseline,
    levelDays,
    meanOf: remembered(baseline.meanOf),
  };
}

function remembered(of: (at: number) => number): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    let value = known.get(at);
    if (value === undefined) {
      value = of(at);
      known.set(at, value);
    }
    return value;
  };
}

function toldOf(
  series: DailySeries,
  at: number,
  {
    baseline,
    levels,
    leastEffect,
    onlyIfAsked,
  }: {
    baseline: Prepared | null;
    levels: LevelBounds;
    leastEffect: LeastEffect;
    onlyIfAsked: boolean;
  },
): DailyTold {
  const day = addDays(series.first, at);
  const count = series.counts[at] as number;
  const observed = Number.isNaN(count) ? null : count;
  const nothing = {
    ...{ expected: null, upper: null, p: null, level: null, window: null },
    ...{ windowObserved: null, windowExpected: null, farrington: null, agreed: false },
  };
  if (observed === null || !baseline) return { day, observed, ...nothing };
  const level = levelAt(series, at, baseline);
  const expected = level.ratio * baseline.meanOf(at);
  const windows = WINDOWS.map((days) => windowAt(series, at, { baseline, level, days })).filter(
    (window) => window !== null,
  );
  const [own] = windows;
  if (!own) return { day, observed, ...nothing };
  const best = windows.reduce((one, other) => (other.p < one.p ? other : one));
  const p = Math.min(1, TESTS * best.p);
  const asked = !onlyIfAsked || (p >= AGREED.alone && p < AGREED.together);
  const farrington = asked ? weeklyFarrington(series, at) : null;
  return {
    ...{ day, observed, expected, p, farrington, agreed: agreedOn(p, farrington) },
    ...{ window: best.days, windowObserved: best.sum, windowExpected: best.predicted.mean },
    level: alertLevel(
      { p, observed: best.sum, expected: best.predicted.mean },
      levels,
      leastEffect,
    ),
    upper: Math.max(1, leastWatched(own.predicted, { bound: levels.watch, tests: TESTS })),
  };
}

/** Scores below the first need nobody's consent, above the second none helps. */
const AGREED = { alone: 0.002, together: 0.05 };

function agreedOn(p: number, farrington: boolean | null): boolean {
  return p < AGREED.alone || (p < AGREED.together && farrington === true);
}

function levelAt(series: DailySeries, at: number, baseline: Prepared): LocalLevel {
  let [sum, mean] = [0, 0];
  const until = at - LEVEL.leftOut;
  for (let day = Math.max(0, until - baseline.levelDays + 1); day <= until; day++) {
    const count = series.counts[day] as number;
    if (Number.isNaN(count)) continue;
    sum += baseline.usualOf(day, count);
    mean += baseline.meanOf(day);
  }
  return localLevel({ sum, mean }, { spread: baseline.spread, weight: LEVEL.priorWeight });
}

interface Window {
  days: DayWindow;
  sum: number;
  predicted: PredictedCount;
  p: number;
}

/** Null where it is longer than the series. */
function windowAt(
  series: DailySeries,
  at: number,
  { baseline, level, days }: { baseline: Prepared; level: LocalLevel; days: DayWindow },
): Window | null {
  if (days > 1 && at < days) return null;
  let [sum, mean] = [0, 0];
  for (let day = at - days + 1; day <= at; day++) {
    const count = series.counts[day] as number;
    if (Number.isNaN(count)) continue;
    sum += count;
    mean += level.ratio * baseline.meanOf(day);
  }
  const relative = level.relativeVariance + baseline.relativeVarianceOf(at);
  const predicted = { mean, variance: baseline.spread * mean + mean * mean * relative };
  const chance = chanceOf(sum, predicted);
  const today = (series.counts[at] as number) > level.ratio * baseline.meanOf(at);
  // A window whose own day is usual is only remembering an outbreak that is over.
  return { days, sum, predicted, p: days > 1 && !today ? Math.max(0.5, chance) : chance };
}
