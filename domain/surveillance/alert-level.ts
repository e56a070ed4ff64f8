/** How unusual a count is: to be kept in view, to be looked at, to be acted on. */
export type AlertLevel = 'watch' | 'alert' | 'critical';

/** Scores below which a level is reached. */
export type LevelBounds = Readonly<Record<AlertLevel, number>>;

export const DAILY_LEVELS: LevelBounds = { watch: 0.02, alert: 0.005, critical: 0.0005 };
export const HOURLY_LEVELS: LevelBounds = { watch: 0.003, alert: 0.0005, critical: 0.00005 };

/** How much more than expected a count must be to be more than watched. */
export interface LeastEffect {
  /** Counts above the expected. */
  excess: number;
  /** Times the expected. */
  ratio: number;
}

export const LEAST_EFFECT: LeastEffect = { excess: 5, ratio: 1.5 };

/** Null where nothing is unusual. */
export function alertLevel(
  { p, observed, expected }: { p: number; observed: number; expected: number },
  bounds: LevelBounds,
  least: LeastEffect = LEAST_EFFECT,
): AlertLevel | null {
  if (!(p < bounds.watch)) return null;
  const large = observed - expected >= least.excess && observed >= least.ratio * expected;
  if (!large || p >= bounds.alert) return 'watch';
  return p < bounds.critical ? 'critical' : 'alert';
}
