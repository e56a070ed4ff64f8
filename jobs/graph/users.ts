import { graphPath } from './graph-path.ts';
import { instantOrNull } from './instant.ts';
import {
  type Fields,
  optionalFields,
  optionalFlag,
  optionalText,
  type Parsed,
  parsedAs,
  requiredText,
} from './parsed.ts';
import { comparableId, comparableIdOrNull, trimmedOrNull } from './text.ts';

/** One account of /users, as far as we read it. */
export interface UserRow {
  id: string;
  /** Display name. */
  name: string | null;
  userPrincipalName: string | null;
  /** As /users writes it: `Member`, `Guest`. */
  userType: string | null;
  department: string | null;
  country: string | null;
  office: string | null;
  company: string | null;
  /** UTC milliseconds; null where unknown or unreadable. */
  createdAt: number | null;
  accountEnabled: boolean | null;
  /** UTC milliseconds; null where unknown or unreadable. */
  lastPasswordChangeAt: number | null;
  /** A list in one text; `DisablePasswordExpiration` in it overrules the domain. */
  passwordPolicies: string | null;
  /** Null: never synchronised from on-premises. */
  onPremisesSynced: boolean | null;
  /** Object id of the manager; null: none, or not asked for. */
  managerId: string | null;
  /**
   * Last successful sign-in, where Graph does not tell one (it began in December 2023) the
   * last attempt, UTC milliseconds; null: never, or not asked for.
   */
  lastSignInAt: number | null;
}

/** What Graph may refuse, and with it the whole listing. */
export interface UserExtras {
  managers: boolean;
  /** Needs AuditLog.Read.All and Entra ID P1; Graph answers at most 500 people a page then. */
  signIns: boolean;
}

/** Most of it comes only when asked for by name. */
const SELECT = [
  'id',
  'displayName',
  'userPrincipalName',
  'userType',
  'department',
  'country',
  'officeLocation',
  'companyName',
  'createdDateTime',
  'accountEnabled',
  'lastPasswordChangeDateTime',
  'passwordPolicies',
  'onPremisesSyncEnabled',
];

const TOP = 999;

/** All accounts, disabled ones too. */
export function usersPath({
  managers = true,
  signIns = true,
  top = TOP,
}: Partial<UserExtras> & { top?: number } = {}): string {
  return graphPath('/users', {
    select: signIns ? [...SELECT, 'signInActivity'] : SELECT,
    ...(managers ? { expand: 'manager($select=id)' } : {}),
    top,
  });
}

/** An account as a row, or why not. */
export function parseUser(record: unknown): Parsed<UserRow> {
  return parsedAs(record, toRow);
}

function toRow(user: Fields): UserRow {
  return {
    id: comparableId(requiredText('id', user.id)),
    name: optionalText('displayName', user.displayName),
    userPrincipalName: optionalText('userPrincipalName', user.userPrincipalName),
    userType: optionalText('userType', user.userType),
    department: trimmedOrNull(optionalText('department', user.department)),
    country: trimmedOrNull(optionalText('country', user.country)),
    office: trimmedOrNull(optionalText('officeLocation', user.officeLocation)),
    company: trimmedOrNull(optionalText('companyName', user.companyName)),
    createdAt: instantOrNull(optionalText('createdDateTime', user.createdDateTime)),
    accountEnabled: optionalFlag('accountEnabled', user.accountEnabled),
    lastPasswordChangeAt: instantOrNull(
      optionalText('lastPasswordChangeDateTime', user.lastPasswordChangeDateTime),
    ),
    passwordPolicies: optionalText('passwordPolicies', user.passwordPolicies),
    onPremisesSynced: optionalFlag('onPremisesSyncEnabled', user.onPremisesSyncEnabled),
    managerId: comparableIdOrNull(
      optionalText('manager.id', optionalFields('manager', user.manager)?.id),
    ),
    lastSignInAt: lastSignIn(optionalFields('signInActivity', user.signInActivity)),
  };
}

function lastSignIn(activity: Fields | null): number | null {
  if (activity === null) return null;
  const at = (field: string) => signInInstant(optionalText(field, activity[field]));
  const attempts = [at('lastSignInDateTime'), at('lastNonInteractiveSignInDateTime')];
  return (
    at('lastSuccessfulSignInDateTime') ?? (Math.max(...attempts.map((one) => one ?? 0)) || null)
  );
}

/** Null also for 0001-01-01, which Graph writes for never. */
function signInInstant(text: string | null): number | null {
  const at = instantOrNull(text);
  return at !== null && at > 0 ? at : null;
}
