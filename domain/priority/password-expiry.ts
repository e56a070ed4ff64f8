import { DAY_MS } from '../day.ts';
import { HORIZON_MS } from './history.ts';

/** What /users says of a person's password; null: not said. */
export interface PasswordFacts {
  /** `lastPasswordChangeDateTime`, UTC milliseconds. */
  changedAt: number | null;
  /** `passwordPolicies`, a list in one text. */
  policies: string | null;
  /** `onPremisesSyncEnabled`: the local directory decides when the password expires, and Graph does not know it. */
  synced: boolean | null;
}

/** `passwordValidityPeriodInDays` of a domain whose passwords never expire. */
export const NEVER_EXPIRES_DAYS = 2_147_483_647;

/**
 * When the password reaches its age limit, UTC milliseconds; `never` where policy or domain say so. `validityDays` is that of
 * the person's domain. Null: not known, because the domain did not say (Microsoft documents two different defaults), the
 * password belongs to a local directory, or when it was set is unknown or lies after `at`.
 */
export function passwordExpiresAt(
  { changedAt, policies, synced }: PasswordFacts,
  validityDays: number | null,
  at: number,
): number | 'never' | null {
  if (policies?.toLowerCase().includes('disablepasswordexpiration')) return 'never';
  if (synced || validityDays === null) return null;
  if (validityDays >= NEVER_EXPIRES_DAYS) return 'never';
  if (changedAt === null || changedAt > at) return null;
  return changedAt + validityDays * DAY_MS;
}

/**
 * Whether the password reaches its age limit in the 90 days after `at` (UTC milliseconds). One that has passed it does not:
 * the limit evidently does not bind this account. Null: not known.
 */
export function passwordExpires(
  facts: PasswordFacts,
  validityDays: number | null,
  at: number,
): boolean | null {
  const limit = passwordExpiresAt(facts, validityDays, at);
  if (limit === null) return null;
  return limit !== 'never' && limit >= at && limit < at + HORIZON_MS;
}

/** Whether the last sign-in lies 90 days or more before `at`; null: not known, or after `at`. */
export function isDormant(lastSignInAt: number | null, at: number): boolean | null {
  if (lastSignInAt === null || lastSignInAt > at) return null;
  return at - lastSignInAt >= HORIZON_MS;
}
