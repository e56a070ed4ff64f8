import { graphPath } from './graph-path.ts';
import { instantOrNull } from './instant.ts';
import {
  type Fields,
  optionalFlag,
  optionalText,
  type Parsed,
  parsedAs,
  requiredText,
} from './parsed.ts';
import { comparableId, trimmedOrNull } from './text.ts';

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
export function usersPath({ top = TOP }: { top?: number } = {}): string {
  return graphPath('/users', { select: SELECT, top });
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
  };
}
