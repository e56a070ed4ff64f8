import { families } from './method.ts';

/** What `userRegistrationDetails` says of one person; null wherever Graph left the field out or sent null. */
export interface RegistrationState {
  /** `isAdmin`: holds a directory role. Null counts as no admin. */
  admin: boolean | null;
  /** `isSsprEnabled`: policy allows self-service reset. */
  enabled: boolean | null;
  /** `isSsprRegistered`: has registered as many methods as policy asks for. */
  registered: boolean | null;
  /** `isSsprCapable`: enabled and registered. */
  capable: boolean | null;
  /** `isMfaCapable`. */
  mfaCapable: boolean | null;
  /** `methodsRegistered`, as Graph spells them. */
  methods: readonly string[] | null;
  /** `userType`, verbatim. */
  userType: string | null;
}

/** Why a person can or cannot reset the password without help. */
export type Reason =
  | 'capable'
  | 'unknown'
  | 'not_enabled'
  | 'nothing_registered'
  | 'methods_not_accepted'
  | 'too_few_methods';

/** The first reason that applies. Graph's own flags decide; our families only explain them. */
export function reasonOf(state: RegistrationState): Reason {
  const { enabled, registered, capable, methods } = state;
  if (capable === true) return 'capable';
  if (enabled === null || registered === null || capable === null || methods === null) {
    return 'unknown';
  }
  if (enabled && registered) return 'unknown';
  if (!enabled) return 'not_enabled';
  if (methods.length === 0) return 'nothing_registered';
  return depthOf(state) === 0 ? 'methods_not_accepted' : 'too_few_methods';
}

/** How many families of reset methods a person has; 0 where the methods are missing. */
export function depthOf({ methods, admin }: Pick<RegistrationState, 'methods' | 'admin'>): number {
  return methods === null ? 0 : families(methods, { admin: admin === true }).size;
}

/** How a person counts: the population is `member` and `unknown_type`; guests and others are counted apart. */
export type UserClass = 'member' | 'unknown_type' | 'guest' | 'other';

/** Reads `userType`; case does not matter (/users writes `Member`, the report `member`). */
export function userClass(userType: string | null): UserClass {
  if (userType === null || userType === '') return 'unknown_type';
  const lower = userType.toLowerCase();
  return lower === 'member' || lower === 'guest' ? lower : 'other';
}
