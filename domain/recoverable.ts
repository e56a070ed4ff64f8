import { MONTH_DAYS } from './day.ts';

/** Four weeks: with fewer collected days a month cannot be told. */
const DAYS_LEAST = 28;

export interface RecoverableInput {
  /** Settled incidents that have a flow lost for the reason, and those of them that were self-served. */
  met: { settled: number; selfServed: number };
  /** All settled incidents of the same days, and those of them that were self-served. */
  all: { settled: number; selfServed: number };
  /** Collected days. */
  days: number;
}

/**
 * Resets a month that would come back if a reason were gone: its settled incidents that were not self-served, times
 * the success rate of those that never met it. An estimate: it takes for granted that people who met the reason
 * would fare like those who did not. Null with fewer than 28 collected days, or where every incident met the reason.
 */
export function recoverablePerMonth({ met, all, days }: RecoverableInput): number | null {
  const others = all.settled - met.settled;
  if (days < DAYS_LEAST || others <= 0) return null;
  const rate = (all.selfServed - met.selfServed) / others;
  return ((met.settled - met.selfServed) * rate * MONTH_DAYS) / days;
}
