import type { Day } from '../day.ts';
import type { ThresholdRule } from './rule-list.ts';

/** Days of the past that a threshold is learned from. */
export const LEARNING_DAYS = 90;
/** With fewer of them there is nothing to learn from yet. */
export const LEAST_LEARNING_DAYS = 8;

/** The point that one day in a hundred lies beyond. */
const PERCENT = 99;
/** How far beyond usual days a day may teach: so many times the point that one day in ten lies beyond, or the floor. */
const TEACHES_MOST = { percent: 90, times: 3 };

export interface LearnedThreshold {
  /** The least value that fires. */
  threshold: number;
  /** The 99 % point of the days it was learned from, an outbreak cut; null: fewer than 8 days, the floor stands alone. */
  point: number | null;
  /** How many days it was learned from. */
  days: number;
}

/**
 * The threshold of a rule on a day: one more than the 99 % point of `maxima`, and never less than `floor`.
 *
 * `maxima` holds the largest value of each collected day before it, at most the last 90, in any order: 0 for a day on
 * which the rule measured nothing; a day that was not collected is left out. The point is the nearest rank, the
 * ⌈0.99 n⌉-th smallest (Hyndman & Fan, "Sample quantiles in statistical packages", The American Statistician 50(4),
 * 1996, definition 1), so it is always a value that was seen. Of fewer than 100 days it is the largest: what fires has
 * never been seen in them.
 *
 * A single attack would then blind its rule for 90 days. So no day teaches more than three times the 90 % point of the
 * days, or three times the floor where that is more.
 */
export function learnedThreshold(maxima: readonly number[], floor: number): LearnedThreshold {
  const days = maxima.length;
  if (days < LEAST_LEARNING_DAYS) return { threshold: floor, point: null, days };
  const ascending = [...maxima].sort((a, b) => a - b);
  const most = TEACHES_MOST.times * Math.max(floor, nearestRank(ascending, TEACHES_MOST.percent));
  const point = Math.min(nearestRank(ascending, PERCENT), most);
  return { threshold: Math.max(floor, point + 1), point, days };
}

function nearestRank(ascending: readonly number[], percent: number): number {
  return ascending[Math.ceil((percent * ascending.length) / 100) - 1] ?? 0;
}

/** Rules of which each subject has a threshold of its own: what is usual for one reason says nothing of another. */
const LEARNS_BY_SUBJECT: readonly ThresholdRule[] = ['configuration_stops'];

/** Values of a rule that share a threshold. */
export function learningGroups<Value extends { subject: string }>(
  rule: ThresholdRule,
  values: readonly Value[],
): Value[][] {
  if (!LEARNS_BY_SUBJECT.includes(rule)) return [[...values]];
  return [...Map.groupBy(values, ({ subject }) => subject).values()];
}

/** The largest value of each day that has one. */
export function largestByDay(values: readonly { day: Day; value: number }[]): Map<Day, number> {
  const largest = new Map<Day, number>();
  for (const { day, value } of values) largest.set(day, Math.max(value, largest.get(day) ?? 0));
  return largest;
}
