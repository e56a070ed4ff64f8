import { DAY_MS, HOUR_MS } from '../day.ts';
import type { FlowOutcome } from '../reset-flow.ts';

/** What the stored records tell of one person. Instants are UTC milliseconds, ascending. */
export interface PersonHistory {
  /** `createdDateTime` of /users; null: not known. */
  createdAt: number | null;
  /** Starts of incidents and of bypasses: every need for a password that was seen, however it ended. */
  needs: readonly number[];
  /** Starts of calls, as `callStarts` finds them. */
  calls: readonly number[];
  /** Starts of flows that gave the person no new password. */
  troubles: readonly number[];
}

const CALL_CHAIN_MS = 24 * HOUR_MS;

/**
 * When somebody called: admin resets of one person that count, each chain in which the next comes less than
 * 24 hours after the one before as one call, at its first reset. `resets` ascend.
 */
export function callStarts(resets: readonly number[]): number[] {
  return resets.filter((at, i) => at - (resets[i - 1] ?? -Infinity) >= CALL_CHAIN_MS);
}

/** Whether a flow left the person without what it was begun for. */
export function isTrouble(outcome: FlowOutcome): boolean {
  return outcome !== 'completed' && outcome !== 'unlocked' && outcome !== 'in_progress';
}

/** How many of `starts` (ascending) lie at or after `since` and before `until`. */
export function countBetween(starts: readonly number[], since: number, until: number): number {
  let count = 0;
  for (const at of starts) if (at >= since && at < until) count += 1;
  return count;
}

/** Days before an instant whose records are looked at. */
export const LOOKBACK_DAYS = 360;
/** Days ahead for which calls are expected. */
export const HORIZON_DAYS = 90;
export const HORIZON_MS = HORIZON_DAYS * DAY_MS;
