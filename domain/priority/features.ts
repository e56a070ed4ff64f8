import { DAY_MS } from '../day.ts';
import { countBetween, LOOKBACK_DAYS, type PersonHistory } from './history.ts';

/** How long the account has existed. */
export type Tenure = 'first_30_days' | 'first_90_days' | 'longer';

/**
 * What is known of one person at an instant, in whole steps, so that many people share the same features.
 * Null is unknown, and neither raises nor lowers what is expected.
 */
export interface PriorityFeatures {
  /** `isSsprCapable`: could reset the password alone. */
  capable: boolean | null;
  tenure: Tenure | null;
  /** Days before the instant whose log was read while the account existed, in steps of 15; 0: none, and nothing below is known. */
  observedDays: number;
  /** Incidents and bypasses in those days. */
  needs: number;
  /** Calls in those days. */
  calls: number;
  /** A need in the last 14 days. */
  needLately: boolean | null;
  /** A flow in the last 90 days that brought no new password. */
  trouble: boolean | null;
  /** The password reaches the end of its domain's validity period in the next 90 days. */
  passwordExpires: boolean | null;
  /** No sign-in for 90 days. */
  dormant: boolean | null;
}

/** What else must be known of a person at the instant. */
export interface FeatureInput {
  /** UTC milliseconds. */
  at: number;
  /** Days between two instants (UTC milliseconds) whose log was read. */
  observedDays: (since: number, until: number) => number;
  capable: boolean | null;
  passwordExpires: boolean | null;
  dormant: boolean | null;
}

const OBSERVED_STEP_DAYS = 15;
const LATELY_DAYS = 14;
const TROUBLE_DAYS = 90;

/** The features of a person as of `at`: nothing that happened later is looked at. */
export function featuresAt(history: PersonHistory, input: FeatureInput): PriorityFeatures {
  const { at, capable, passwordExpires, dormant } = input;
  const { createdAt } = history;
  const first = at - LOOKBACK_DAYS * DAY_MS;
  const since = Math.max(first, createdAt ?? first);
  const days = since < at ? input.observedDays(since, at) : 0;
  const observedDays = Math.ceil(days / OBSERVED_STEP_DAYS) * OBSERVED_STEP_DAYS;
  const known = observedDays > 0;
  const happened = (starts: readonly number[], withinDays: number) =>
    known ? countBetween(starts, Math.max(since, at - withinDays * DAY_MS), at) > 0 : null;
  return {
    capable,
    tenure: tenureOf(createdAt, at),
    observedDays,
    needs: known ? countBetween(history.needs, since, at) : 0,
    calls: known ? countBetween(history.calls, since, at) : 0,
    needLately: happened(history.needs, LATELY_DAYS),
    trouble: happened(history.troubles, TROUBLE_DAYS),
    passwordExpires,
    dormant,
  };
}

/** Null also where the account is said to be younger than the instant. */
function tenureOf(createdAt: number | null, at: number): Tenure | null {
  if (createdAt === null || createdAt > at) return null;
  const days = (at - createdAt) / DAY_MS;
  if (days < 30) return 'first_30_days';
  return days < 90 ? 'first_90_days' : 'longer';
}
