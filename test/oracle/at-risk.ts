import { familiesOf, type OraclePerson } from './registration.ts';

export interface OracleAtRisk {
  date: string;
  required?: 1 | 2;
  without?: readonly string[];
}

export interface OracleEnds {
  requiredMethods: 1 | 2;
  ownTelephony: boolean;
  /** Object ids. */
  globalAdministrators: readonly string[];
  smsVoiceEnd: string;
  smsVoiceEndGlobalAdmins: string;
}

export const DEFAULT_ENDS: OracleEnds = {
  requiredMethods: 1,
  ownTelephony: false,
  globalAdministrators: [],
  smsVoiceEnd: '2027-02-01',
  smsVoiceEndGlobalAdmins: '2027-07-01',
};

export const PHONES = ['mobilePhone', 'alternateMobilePhone', 'officePhone'];

/** Null: neither. */
export function riskOf(
  person: OraclePerson,
  { date, required, without = [] }: OracleAtRisk,
  ends: OracleEnds,
): 'at_risk' | 'unexplained' | null {
  if (person.capable !== true) return null;
  const isGlobal = ends.globalAdministrators.includes(person.id);
  const end = isGlobal ? ends.smsVoiceEndGlobalAdmins : ends.smsVoiceEnd;
  const phonesGone = !ends.ownTelephony && date >= end;
  const now = person.admin === true ? 2 : ends.requiredMethods;
  const then = person.admin === true ? 2 : (required ?? ends.requiredMethods);
  const methods = person.methods ?? [];
  if (familiesOf(person, methods).size < now) return 'unexplained';
  const left = methods.filter(
    (method) => !without.includes(method) && !(phonesGone && PHONES.includes(method)),
  );
  return familiesOf(person, left).size < then ? 'at_risk' : null;
}
