const MINUTE_MS = 60_000;

/** Waits after the first, second … failed attempt, minutes: a day and a half in all. */
const WAITS_MIN = [1, 3, 10, 30, 90, 240, 360, 720, 720];

const LONGEST_MS = 720 * MINUTE_MS;

/**
 * How long to wait after `attempts` failed ones, milliseconds; null: it has been tried often enough. Up to a fifth is taken off by chance
 * (`random`, 0 to 1), so that what failed together is not tried together. What the receiver asks for is granted up to 12 hours.
 */
export function waitMs(
  attempts: number,
  { random, retryAfterMs }: { random: number; retryAfterMs: number | null },
): number | null {
  const minutes = WAITS_MIN[attempts - 1];
  if (minutes === undefined) return null;
  const own = Math.round(minutes * MINUTE_MS * (1 - random / 5));
  return Math.min(LONGEST_MS, Math.max(own, retryAfterMs ?? 0));
}
