import { HOUR_MS } from '../day.ts';
import type { AlertLevel, LeastEffect, LevelBounds } from './alert-level.ts';
import { alertLevel, HOURLY_LEVELS, LEAST_EFFECT } from './alert-level.ts';
import { type HourlyBaseline, hourlyBaseline } from './hourly-baseline.ts';
import { type HourlyCount, type HourlySeries, hourlySeries } from './hourly-series.ts';
import { leastWatched } from './least-watched.ts';
import { type LocalLevel, localLevel } from './local-level.ts';
import { chanceOf, type PredictedCount } from './predicted-count.ts';

/** How many hours, the tested one last, are taken together. */
export type HourWindow = 1 | 3;

/** What the detector says of an hour. */
export interface HourlyTold {
  /** Start of the hour, UTC milliseconds. */
  at: number;
  /** Null where not collected. */
  observed: number | null;
  /** Null before the eighth day, and where not collected; so are the others. */
  expected: number | null;
  /** From this count on the hour by itself would be watched; one below it may be with the hours before it. */
  upper: number | null;
  /** How likely as unusual an hour is by chance, over the windows of 1 and 3 hours. */
  p: number | null;
  /** The same of the last 24 hours, those that raised an alarm on their own left out: slow sprays. */
  slowP: number | null;
  level: AlertLevel | null;
  /** The window that is most unusual: 24 where it is the slow test that raises the level. */
  window: HourWindow | 24 | null;
  /** What was counted in that window, and what was expected of it; in one of 24, alarms of single hours left out. */
  windowObserved: number | null;
  windowExpected: number | null;
  /** Whether the slow test raises the alarm. */
  slow: boolean;
}

/** What was said of an hour before. */
export interface HourKnown {
  /** Its own windows raised an alarm. */
  alarmed: boolean;
  /** The slow test did. */
  slow: boolean;
}

export interface HourlyOptions {
  /** Hours to tell of, the newest ones; all where not given. */
  newest?: number;
  levels?: LevelBounds;
  leastEffect?: LeastEffect;
  /**
   * What was said of the hours before the newest, asked for those of the last day before them: they need not be judged
   * again. Of one that is not known (null) its own windows are judged, and the slow test was silent. Where not given, two
   * days before the newest hours are judged.
   */
  known?: (at: number) => HourKnown | null;
}

/** As many independent tests as the two windows, one of which holds the other, amount to. */
const TESTS = 2;
const SLOW_HOURS = 24 as const;
const REFIT_HOURS = 24;
const LEVEL = { hours: 168, leftOut: 2, priorWeight: 8 };
/** Of the level, beyond what its own counts tell. */
const LEVEL_VARIANCE = 0.0025;
/** Counts above the expected that an hour needs to be unusual at all. */
const EXCESS_LEAST = 3;
/** How unlikely the last hour of three must be: the least that leaves no alarm behind a burst. */
const RISING = 0.15;

/**
 * Which hours have more failed verifications than their hour of the week and the last week explain: counts of 1 and 3
 * hours against a robust profile, and of 24 hours for sprays too slow for either. Tells of the newest hours, oldest
 * first, whatever order the hours came in. The profile is made anew every 24 hours.
 */
export function hourlyDetector(
  hours: readonly HourlyCount[],
  { newest, levels = HOURLY_LEVELS, leastEffect = LEAST_EFFECT, known }: HourlyOptions = {},
): HourlyTold[] {
  const series = hourlySeries(hours);
  if (!series) return [];
  const from = Math.max(0, series.length - (newest ?? series.length));
  const told: HourlyTold[] = [];
  const baselines = baselinesOf(series);
  const slow = slowTest(series, levels);
  const judged = (at: number, test = slow.test) =>
    toldOf(series, at, { baseline: baselines(at), levels, leastEffect, slow: test });
  // The slow test looks back over a day and keeps silent for another: two days more are worked through.
  const since = Math.max(0, from - (known ? 1 : 2) * SLOW_HOURS);
  for (let at = since; at < from; at++) {
    if (!known) judged(at);
    else slow.remember(at, known(series.first + at * HOUR_MS) ?? alone(judged(at, NO_SLOW_TEST)));
  }
  for (let at = from; at < series.length; at++) told.push(judged(at));
  return told;
}

function alone({ level }: HourlyTold): HourKnown {
  return { alarmed: level !== null, slow: false };
}

/** The profile of each day, made when it is first asked for. */
function baselinesOf(series: HourlySeries): (at: number) => Prepared | null {
  // At the same hour whatever the first one is.
  const firstHour = Math.round(series.first / HOUR_MS);
  const known = new Map<number, Prepared | null>();
  return (at) => {
    const fittedAt = at - ((firstHour + at) % REFIT_HOURS);
    let baseline = known.get(fittedAt);
    if (baseline === undefined) {
      baseline = prepared(series, fittedAt);
      known.set(fittedAt, baseline);
    }
    return baseline;
  };
}

/** A profile with the sums that a level needs, kept while the hours move on. */
interface Prepared extends HourlyBaseline {
  levelAt(at: number): LocalLevel;
}

function prepared(series: HourlySeries, fittedAt: number): Prepared | null {
  const baseline = hourlyBaseline(series, fittedAt);
  if (!baseline) return null;
  // From the first hour that a level of this day looks at to the last hour of the day.
  const since = fittedAt - LEVEL.hours - LEVEL.leftOut;
  const length = LEVEL.hours + LEVEL.leftOut + REFIT_HOURS;
  const [sums, means] = [new Float64Array(length + 1), new Float64Array(length + 1)];
  for (let i = 0; i < length; i++) {
    const at = since + i;
    const count = at >= 0 && at < series.length ? (series.counts[at] as number) : Number.NaN;
    const known = !Number.isNaN(count);
    sums[i + 1] = (sums[i] as number) + (known ? baseline.usualOf(at, count) : 0);
    means[i + 1] = (means[i] as number) + (known ? baseline.meanOf(at) : 0);
  }
  const over = (totals: Float64Array, at: number): number => {
    const end = at - LEVEL.leftOut - since;
    return (totals[end + 1] as number) - (totals[Math.max(0, end + 1 - LEVEL.hours)] as number);
  };
  return {
    ...baseline,
    levelAt: (at) =>
      localLevel(
        { sum: over(sums, at), mean: over(means, at) },
        { spread: baseline.spread, weight: LEVEL.priorWeight },
      ),
  };
}

function toldOf(
  series: HourlySeries,
  at: number,
  {
    baseline,
    levels,
    leastEffect,
    slow,
  }: {
    baseline: Prepared | null;
    levels: LevelBounds;
    leastEffect: LeastEffect;
    slow: SlowTest;
  },
): HourlyTold {
  const count = series.counts[at] as number;
  const observed = Number.isNaN(count) ? null : count;
  const start = series.first + at * HOUR_MS;
  if (observed === null || !baseline)
    return {
      ...{ at: start, observed, expected: null, upper: null, p: null, slowP: null },
      ...{ level: null, window: null, windowObserved: null, windowExpected: null, slow: false },
    };
  const level = baseline.levelAt(at);
  const expected = level.ratio * baseline.meanOf(at);
  const windowOf = (hours: HourWindow) => windowAt(series, at, { baseline, level, hours });
  const [single, several] = [windowOf(1), windowOf(3)];
  const best = several.p < single.p ? several : single;
  const p = Math.min(1, TESTS * best.p);
  const own = alertLevel(
    { p, observed: best.sum, expected: best.predicted.mean },
    levels,
    leastEffect,
  );
  const spray = slow(at, { baseline, level, expected, alarmed: own !== null });
  const window = spray.alarm
    ? { window: SLOW_HOURS, windowObserved: spray.sum, windowExpected: spray.mean }
    : { window: best.hours, windowObserved: best.sum, windowExpected: best.predicted.mean };
  return {
    ...{ at: start, observed, expected, p, slowP: spray.p, slow: spray.alarm, ...window },
    level: own ?? (spray.alarm ? 'watch' : null),
    upper: Math.max(
      leastWatched(single.predicted, { bound: levels.watch, tests: TESTS }),
      Math.ceil(single.predicted.mean + EXCESS_LEAST),
    ),
  };
}

interface Window {
  hours: HourWindow;
  sum: number;
  predicted: PredictedCount;
  p: number;
}

function windowAt(
  series: HourlySeries,
  at: number,
  { baseline, level, hours }: { baseline: Prepared; level: LocalLevel; hours: HourWindow },
): Window {
  let [sum, mean, variance] = [0, 0, 0];
  for (let hour = Math.max(0, at - hours + 1); hour <= at; hour++) {
    const count = series.counts[hour] as number;
    if (Number.isNaN(count)) continue;
    const own = level.ratio * baseline.meanOf(hour);
    sum += count;
    mean += own;
    variance += baseline.spreadOf(own) * own + own * own * baseline.relativeVarianceOf(hour);
  }
  const predicted = {
    mean,
    variance: variance + mean * mean * (level.relativeVariance + LEVEL_VARIANCE),
  };
  // A window whose own hour is usual is only remembering a burst that is over.
  const rising = hours === 1 || isUnusual(series.counts[at] as number, { baseline, level, at });
  const unusual = sum - mean >= EXCESS_LEAST && rising;
  return { hours, sum, predicted, p: unusual ? chanceOf(sum, predicted) : 1 };
}

function isUnusual(
  count: number,
  { baseline, level, at }: { baseline: Prepared; level: LocalLevel; at: number },
): boolean {
  const mean = level.ratio * baseline.meanOf(at);
  return chanceOf(count, { mean, variance: mean * baseline.spreadOf(mean) }) < RISING;
}

type SlowTest = (
  at: number,
  hour: { baseline: Prepared; level: LocalLevel; expected: number; alarmed: boolean },
) => { p: number | null; alarm: boolean; sum: number; mean: number };

const NO_SLOW_TEST: SlowTest = () => ({ p: null, alarm: false, sum: 0, mean: 0 });

/** The last 24 hours together, hours that raised an alarm counted as expected; one alarm in 24 hours. */
function slowTest(
  series: HourlySeries,
  levels: LevelBounds,
): { test: SlowTest; remember(at: number, hour: HourKnown): void } {
  const alarmed = new Set<number>();
  let silentUntil = Number.NEGATIVE_INFINITY;
  const test: SlowTest = (at, { baseline, level, expected, alarmed: own }) => {
    if (own) alarmed.add(at);
    let [sum, mean, variance] = [0, 0, 0];
    for (let hour = Math.max(0, at - SLOW_HOURS + 1); hour <= at; hour++) {
      const count = series.counts[hour] as number;
      if (Number.isNaN(count)) continue;
      const usual = level.ratio * baseline.meanOf(hour);
      sum += alarmed.has(hour) ? usual : count;
      mean += usual;
      variance +=
        baseline.spreadOf(usual) * usual + usual * usual * baseline.relativeVarianceOf(hour);
    }
    const spread = variance + mean * mean * (level.relativeVariance + LEVEL_VARIANCE);
    const rising = (series.counts[at] as number) > expected;
    const unusual = sum - mean >= EXCESS_LEAST && rising;
    const p = unusual ? chanceOf(sum, { mean, variance: spread }) : 1;
    const alarm = !own && p < levels.watch && at >= silentUntil;
    if (alarm) silentUntil = at + SLOW_HOURS;
    return { p, alarm, sum, mean };
  };
  return {
    test,
    remember: (at, hour) => {
      if (hour.alarmed) alarmed.add(at);
      if (hour.slow) silentUntil = at + SLOW_HOURS;
    },
  };
}
