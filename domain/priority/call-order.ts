const MILLIONTHS = 1e6;
const DIGITS = 2;

/**
 * Expected calls as they are stored: minus millionths, so that ascending is who calls next, and never 0, which says that
 * nothing was worked out. Two digits are more than is known, and most people keep theirs from day to day.
 */
export function callOrder(expectedCalls: number): number {
  const millionths = Math.round(Number(expectedCalls.toPrecision(DIGITS)) * MILLIONTHS);
  return -Math.max(1, millionths);
}

/** Expected calls of a stored order; null: not worked out. */
export function callsOfOrder(order: number): number | null {
  return order === 0 ? null : -order / MILLIONTHS;
}
