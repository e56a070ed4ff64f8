import type { Day } from '../day.ts';
import { type AlertLevel, alertLevel, type LevelBounds } from './alert-level.ts';
import { unusualSeries } from './false-discoveries.ts';
import { isTotal, type SeriesName } from './series.ts';
import type { SurveillanceSettings } from './settings.ts';

/** What was judged of one hour or day of a series; no level, because settings say the level. */
export interface JudgedPoint {
  bucket: 'hour' | 'day';
  series: SeriesName;
  day: Day;
  /** UTC start of the hour; 0 for a day. */
  startAt: number;
  observed: number;
  /** Null, as the others: too little history before it. */
  expected: number | null;
  /** From this count on it would be watched by itself; a longer window may mark a count below it. */
  upper: number | null;
  /** Chance of as unusual a count, over all windows. */
  p: number | null;
  /** Hours or days, this one last, that are most unusual together: 1, 3, 7; of hours 1, 3, 24. */
  window: number | null;
  windowObserved: number | null;
  windowExpected: number | null;
  /** Of an hour: whether the last 24 hours raise an alarm as a slow spray. */
  slow: boolean;
  /** Of a day: what Farrington Flexible says of the week that ends on it; null: nothing. */
  farrington: boolean | null;
}

export type LevelSettings = Pick<
  SurveillanceSettings,
  'detector' | 'daily' | 'hourly' | 'leastEffect'
>;

export interface Judged {
  settings: LevelSettings;
  /** How many series were judged on a day, by the day or by the hour. */
  judged: (bucket: 'hour' | 'day', day: Day) => number;
}

/** Scores below the first need nobody's consent, above the second none helps (the vote of daily-detector.ts). */
const VOTE = { alone: 0.002, together: 0.05 };

/** Fewer counts above the expected of a method, a country or a reason are nobody's business, however rare they are. */
const LEAST_PART = 3;

/** A series judged by the hour is tested so often a day. */
const HOURS = 24;

/**
 * How unusual a point is by itself. A series that is none of the tenant's totals is watched at most, and whether it is
 * hangs on the other series of its day too: `levelsOf` asks them.
 */
export function levelOf(point: JudgedPoint, settings: LevelSettings): AlertLevel | null {
  const level = point.bucket === 'hour' ? hourLevel(point, settings) : dayLevel(point, settings);
  if (level === null || isTotal(point.series)) return level;
  const told = counted(point);
  return told && told.observed - told.expected >= LEAST_PART ? 'watch' : null;
}

/**
 * The level of each point, in the order given. A series that is none of the totals is watched where Benjamini and
 * Yekutieli's limit on false discoveries over all series that were judged on the day, each hour a test, says so as well.
 * Points with a chance of 0.05 or more may be left out: they count as judged.
 */
export function levelsOf(
  points: readonly JudgedPoint[],
  { settings, judged }: Judged,
): (AlertLevel | null)[] {
  const ofDay = Map.groupBy(points, ({ bucket, day }) => `${bucket} ${day}`);
  const unusual = new Set([...ofDay.values()].flatMap((day) => unusualOf(day, judged)));
  return points.map((point) =>
    isTotal(point.series) || unusual.has(point) ? levelOf(point, settings) : null,
  );
}

/** Those of the points of one day that the limit on false discoveries lets through. */
function unusualOf(points: readonly JudgedPoint[], judged: Judged['judged']): JudgedPoint[] {
  const [first] = points;
  if (!first) return [];
  const tests = judged(first.bucket, first.day) * (first.bucket === 'hour' ? HOURS : 1);
  const scores = points.map(({ p }) => p);
  const others = Math.max(0, tests - scores.filter((p) => p !== null).length);
  const told = unusualSeries([...scores, ...new Array<number>(others).fill(1)]);
  return points.filter((_, i) => told[i]);
}

function hourLevel(point: JudgedPoint, { hourly, leastEffect }: LevelSettings): AlertLevel | null {
  const told = counted(point);
  return (told && alertLevel(told, hourly, leastEffect)) ?? (point.slow ? 'watch' : null);
}

function dayLevel(
  point: JudgedPoint,
  { detector, daily, leastEffect }: LevelSettings,
): AlertLevel | null {
  const told = counted(point);
  if (!told) return null;
  const consent = point.farrington === true;
  if (detector === 'farrington') {
    return consent ? alertLevel({ ...told, p: 0 }, FARRINGTON_ALONE, leastEffect) : null;
  }
  const level = alertLevel(told, daily, leastEffect);
  if (detector === 'daily') return level;
  const agreed = told.p < VOTE.alone || (told.p < VOTE.together && consent);
  return agreed ? (level ?? 'watch') : null;
}

/** Farrington's bound tells yes or no: an alert, or watched where the effect is small. */
const FARRINGTON_ALONE: LevelBounds = { watch: 1, alert: 1, critical: 0 };

/** What was counted in the most unusual window; null: not judged. */
function counted(point: JudgedPoint): { p: number; observed: number; expected: number } | null {
  const { p, windowObserved, windowExpected } = point;
  const expected = windowExpected ?? point.expected;
  if (p === null || expected === null) return null;
  return { p, observed: windowObserved ?? point.observed, expected };
}
