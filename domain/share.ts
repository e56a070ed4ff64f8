/**
 * A part of a whole, kept as the two counts it came from.
 *
 * The counts travel together so that a percentage on screen can always say of
 * what, and so that shares can be summed before they are divided.
 */
export interface Share {
  /** People, flows or incidents that meet the condition. */
  part: number;
  /** All that could have met it. */
  whole: number;
}

/** The share as a fraction of one, or null when there was nothing to share out. */
export function fraction({ part, whole }: Share): number | null {
  return whole === 0 ? null : part / whole;
}
