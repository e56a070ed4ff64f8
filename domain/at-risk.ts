import type { Day } from './day.ts';
import { families } from './method.ts';
import type { RegistrationState } from './registration.ts';

/** What the settings say of methods that end and of how many a reset asks for. */
export interface AtRiskSettings {
  /** Families that a reset asks of people who are not admins today. */
  requiredMethods: 1 | 2;
  /** From this day on Microsoft's SMS and voice calls are gone. */
  smsVoiceEnd: Day;
  /** The same for the Global Administrators that the settings list. */
  smsVoiceEndGlobalAdmins: Day;
  /** SMS and voice go on by a provider of the tenant's own. */
  ownTelephony: boolean;
}

export interface AtRiskInput {
  date: Day;
  /** Families that will be asked of people who are not admins; as today where left out. */
  required?: number | undefined;
  /** Methods, as Graph spells them, that will be gone whatever the day. */
  without?: readonly string[] | undefined;
  settings: AtRiskSettings;
}

/** What a person will be, judged by what is known: see docs/data-dictionary.md, at risk. */
export type AtRiskVerdict = 'at_risk' | 'unexplained';

export interface AtRiskRule {
  /** Methods that are gone on the date, as Graph spells them. */
  goneFor(globalAdmin: boolean): ReadonlySet<string>;
  /** Families asked of people who are not admins; of admins it is 2 by Microsoft's own policy. */
  requiredNow: 1 | 2;
  requiredThen: 1 | 2;
  /** Null: not capable, or capable then as now. */
  judge(
    state: Pick<RegistrationState, 'admin' | 'capable' | 'methods'>,
    globalAdmin: boolean,
  ): AtRiskVerdict | null;
}

/** Methods that need Microsoft's SMS or voice calls. Graph does not tell which of the two a mobile phone gets. */
export const PHONES: readonly string[] = ['mobilePhone', 'alternateMobilePhone', 'officePhone'];

/** Families that Microsoft's own policy for administrators asks for, whatever the tenant's policy says. */
const REQUIRED_OF_ADMINS = 2;

/**
 * The rule by which people fall out of capability on a date: capable, with as many families as a reset asks for
 * today, and with fewer than it will ask for once the methods that end on or before the date, or are named in
 * `without`, are gone. Capable people who have too few families already, or whose methods nobody knows, are
 * `unexplained`: Graph calls them capable for something that their methods do not show.
 */
export function atRiskRule({ date, required, without = [], settings }: AtRiskInput): AtRiskRule {
  const goneBy = (end: Day): ReadonlySet<string> =>
    new Set([...(date >= end && !settings.ownTelephony ? PHONES : []), ...without]);
  const gone = goneBy(settings.smsVoiceEnd);
  const goneForGlobalAdmins = goneBy(settings.smsVoiceEndGlobalAdmins);
  const goneFor = (globalAdmin: boolean) => (globalAdmin ? goneForGlobalAdmins : gone);
  const requiredNow = settings.requiredMethods;
  const requiredThen = required === undefined ? requiredNow : required >= 2 ? 2 : 1;
  return {
    goneFor,
    requiredNow,
    requiredThen,
    judge({ admin: isAdmin, capable, methods }, globalAdmin) {
      if (capable !== true) return null;
      const admin = isAdmin === true;
      const asked = (ofOthers: number) => (admin ? REQUIRED_OF_ADMINS : ofOthers);
      if (methods === null) return 'unexplained';
      if (families(methods, { admin }).size < asked(requiredNow)) return 'unexplained';
      const left = methods.filter((method) => !goneFor(globalAdmin).has(method));
      return families(left, { admin }).size < asked(requiredThen) ? 'at_risk' : null;
    },
  };
}
