import { chanceOf } from './predicted-count.ts';

/** One value of a breakdown: a person, an address, a method, an administrator. */
export interface Part<V> {
  value: V;
  /** Counts of the alert's window. */
  observed: number;
  /** Counts of the baseline's periods; 0 for a value never seen. */
  before: number;
}

export interface ExplainedPart<V> {
  value: V;
  observed: number;
  expected: number;
  /** `observed` less `expected`. */
  excess: number;
  /** Twice the gain of ln likelihood by a mean of its own, over the spread; negative where there is less than expected. */
  deviance: number;
  /** Never seen in the baseline. */
  isNew: boolean;
  /** What the window's chance would be without this value; null without any other. */
  pWithout: number | null;
}

export interface ExplainedExcess<V> {
  /** The fewest values that make up the share of the excess asked for, the most unusual first. */
  parts: ExplainedPart<V>[];
  /** The part of the total excess that they make up; null where nothing is in excess. */
  covered: number | null;
}

export interface ExcessWindow {
  /** Counts of all values that were expected in the window. */
  expected: number;
  /** Variance over mean. */
  spread: number;
  /** Windows of this length in the baseline: what a value never seen is expected to bring is half of one over them. */
  baselineWindows: number;
  /** How much of the excess is to be explained. */
  share?: number;
}

/** Without the chance, which is worked out only for values that explain something: there may be 100,000 others. */
type Deviation<V> = Omit<ExplainedPart<V>, 'pWithout'>;

/** Added to every value's counts of the baseline, so that none is impossible (Dirichlet's prior of Jeffreys 1946). */
const SMOOTHING = 0.5;
const SHARE = 0.8;

/**
 * Who or what made an unusual window: the fewest values whose excess over their usual part of it makes up 80 % of the
 * excess of all, by likelihood ratio (as in Kulldorff's scan statistic, 1997), each with what the window would have been
 * without it. Values in the baseline but not in the window should be given too, so that the usual parts are whole.
 */
export function explainExcess<V>(
  values: readonly Part<V>[],
  { expected, spread, baselineWindows, share = SHARE }: ExcessWindow,
): ExplainedExcess<V> {
  const observed = values.reduce((sum, part) => sum + part.observed, 0);
  const known = values.reduce((sum, { before }) => sum + (before > 0 ? before + SMOOTHING : 0), 0);
  const without = ({ observed: own, expected: mean, isNew }: Deviation<V>): number | null => {
    const rest = Math.max(0, expected - (isNew ? 0 : mean));
    const variance = rest * Math.max(1, spread);
    return rest > 0 ? chanceOf(observed - own, { mean: rest, variance }) : null;
  };
  const deviations = values.map((part): Deviation<V> => {
    const isNew = part.before === 0;
    const mean = isNew
      ? SMOOTHING / Math.max(1, baselineWindows)
      : (expected * (part.before + SMOOTHING)) / known;
    return {
      ...{ value: part.value, observed: part.observed, expected: mean, isNew },
      excess: part.observed - mean,
      deviance: signedDeviance(part.observed, mean) / Math.max(1, spread),
    };
  });
  const total = observed - expected;
  if (!(total > 0)) return { parts: [], covered: null };
  // Largest excess first is what makes the set smallest.
  const ranked = deviations
    .filter(({ excess }) => excess > 0)
    .sort((one, other) => other.excess - one.excess || other.deviance - one.deviance);
  const parts: ExplainedPart<V>[] = [];
  let sum = 0;
  for (const part of ranked) {
    if (sum >= share * total) break;
    parts.push({ ...part, pWithout: without(part) });
    sum += part.excess;
  }
  parts.sort((one, other) => other.deviance - one.deviance);
  return { parts, covered: Math.min(1, sum / total) };
}

function signedDeviance(observed: number, mean: number): number {
  const gain = observed > 0 ? observed * Math.log(observed / mean) : 0;
  return Math.sign(observed - mean) * 2 * (gain - (observed - mean));
}
