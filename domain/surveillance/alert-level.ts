/** How unusual a count is: to be kept in view, to be looked at, to be acted on. */
export type AlertLevel = 'watch' | 'alert' | 'critical';

/** Scores below which a level is reached. */
export type LevelBounds = Readonly<Record<AlertLevel, number>>;

export const DAILY_LEVELS: LevelBounds = { watch: 0.02, alert: 0.005, critical: 0.0005 };
/**
 * A month has 730 hours of each count: an alert is so rare that a few counts bring one in about nine months by chance, a
 * critical one in many years.
 */
export const HOURLY_LEVELS: LevelBounds = { watch: 0.003, alert: 0.00005, critical: 0.000002 };

/** How much more than expected a count must be to be more than watched. */
export interface LeastEffect {
  /** Counts above the expected. */
  excess: number;
  /** Times the expected. */
  ratio: number;
}

export const LEAST_EFFECT: LeastEffect = { excess: 5, ratio: 1.5 };

/**
 * Of a count so many times the expected, and so high, it is enough for a watch to be this rare: ten where one is usual is
 * never overlooked, however much counts vary. The factor leaves room for an error of the expected.
 */
export const TENFOLD = { count: 10, ratio: 5, p: 0.05 };

/** Null where nothing is unusual. */
export function alertLevel(
  { p, observed, expected }: { p: number; observed: number; expected: number },
  bounds: LevelBounds,
  least: LeastEffect = LEAST_EFFECT,
): AlertLevel | null {
  const tenfold = observed >= TENFOLD.count && observed >= TENFOLD.ratio * expected;
  if (!(p < bounds.watch)) return tenfold && p < TENFOLD.p ? 'watch' : null;
  const large = observed - expected >= least.excess && observed >= least.ratio * expected;
  if (!large || p >= bounds.alert) return 'watch';
  return p < bounds.critical ? 'critical' : 'alert';
}
