import type { RegistrationState } from '../../domain/registration.ts';
import { graphPath } from './graph-path.ts';
import {
  type Fields,
  optionalFlag,
  optionalText,
  optionalTexts,
  type Parsed,
  parsedAs,
  requiredText,
} from './parsed.ts';
import { comparableId } from './text.ts';

/** One person of `userRegistrationDetails`, as far as we read it. */
export interface RegistrationRow {
  /** Object id of the user, as in /users. */
  id: string;
  /** Display name. */
  name: string | null;
  userPrincipalName: string | null;
  state: RegistrationState;
}

const TOP = 999;

/** All people of the report; disabled and deleted ones are not in it. No `$select`: the report does not document one. */
export function registrationDetailsPath({ top = TOP }: { top?: number } = {}): string {
  return graphPath('/reports/authenticationMethods/userRegistrationDetails', { top });
}

/**
 * A record of the report as a row, or why not. A flag that is missing or null keeps the
 * record; a flag of another type does not.
 */
export function parseRegistrationDetails(record: unknown): Parsed<RegistrationRow> {
  return parsedAs(record, toRow);
}

function toRow(person: Fields): RegistrationRow {
  return {
    id: comparableId(requiredText('id', person.id)),
    name: optionalText('userDisplayName', person.userDisplayName),
    userPrincipalName: optionalText('userPrincipalName', person.userPrincipalName),
    state: {
      admin: optionalFlag('isAdmin', person.isAdmin),
      enabled: optionalFlag('isSsprEnabled', person.isSsprEnabled),
      registered: optionalFlag('isSsprRegistered', person.isSsprRegistered),
      capable: optionalFlag('isSsprCapable', person.isSsprCapable),
      mfaCapable: optionalFlag('isMfaCapable', person.isMfaCapable),
      methods: optionalTexts('methodsRegistered', person.methodsRegistered),
      userType: optionalText('userType', person.userType),
    },
  };
}
