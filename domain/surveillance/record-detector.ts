import { quantileOfSorted } from '../statistics/quantile.ts';

export interface RecordOptions {
  /** Values that a record is held against: the last ones. */
  memory: number;
  /** How far below all of them a low must be, in standard deviations of their logarithms. */
  lowMargin: number;
  /** Values after an alarm that raise none. */
  rest: number;
}

const DEFAULTS: RecordOptions = { memory: 2500, lowMargin: 0.5, rest: 300 };
/** Values between two looks at how much they vary, and the least they are taken to vary. */
const REFRESH = 25;
const SPREAD_LEAST = 0.1;
/** Standard deviations of a normal between its 5 % and 95 % points. */
const MIDDLE_WIDTH = 3.29;

/**
 * Alarms for a stream that no calendar is known of: a value above all of the last ones, or clearly below them, on the
 * scale of logarithms (records as in Glick 1978), then a rest. For counts of days and hours there are better detectors.
 * One answer for each value.
 */
export function recordDetector(
  values: readonly number[],
  options: Partial<RecordOptions> = {},
): boolean[] {
  const { memory, lowMargin, rest } = { ...DEFAULTS, ...options };
  const logs = values.map((value) => Math.log1p(Math.max(0, value)));
  const [highest, lowest] = [extremes(logs, memory, 1), extremes(logs, memory, -1)];
  let spread = 1;
  let restUntil = 0;
  return logs.map((value, i) => {
    if (i >= 2 * REFRESH && i % REFRESH === 0)
      spread = spreadOf(logs.slice(Math.max(0, i - memory), i));
    const record =
      value > (highest[i] as number) || value < (lowest[i] as number) - lowMargin * spread;
    if (!record || i < restUntil) return false;
    restUntil = i + rest;
    return true;
  });
}

/** The highest (`sign` 1) or lowest (-1) of the `memory` values before each; the value itself for the first. */
function extremes(values: readonly number[], memory: number, sign: 1 | -1): number[] {
  // Places of values that no later one outdoes, the extreme one first.
  const queue: number[] = [];
  let head = 0;
  return values.map((value, i) => {
    while (head < queue.length && (queue[head] as number) < i - memory) head += 1;
    const extreme = head < queue.length ? (values[queue[head] as number] as number) : value;
    while (queue.length > head && sign * (values[queue.at(-1) as number] as number) <= sign * value)
      queue.pop();
    queue.push(i);
    return extreme;
  });
}

function spreadOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [quantileOfSorted(sorted, 0.05) ?? 0, quantileOfSorted(sorted, 0.95) ?? 0];
  return Math.max(SPREAD_LEAST, (high - low) / MIDDLE_WIDTH);
}
