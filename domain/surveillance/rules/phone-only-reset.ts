import type { VerificationMethod } from '../../reset-vocabulary.ts';
import type { DayFlow, DayPass } from './day-facts.ts';
import { countSubjects, type RuleValue, TENANT } from './rule-value.ts';

const PHONE: readonly VerificationMethod[] = [
  'mobile SMS',
  'mobile voice call',
  'office voice call',
];

/** Known people with a completed flow in which methods were passed, all of them by telephone. */
export function phoneOnlyReset(flows: readonly DayFlow[], passes: readonly DayPass[]): RuleValue[] {
  const methods = Map.groupBy(passes, ({ flowId }) => flowId);
  return countSubjects(
    'phone_only_reset',
    flows.flatMap(({ id, personId, outcome, startedAt, lastAt }) =>
      outcome === 'completed' && personId !== null && isPhoneOnly(methods.get(id) ?? [])
        ? [{ subject: TENANT, item: personId, from: startedAt, to: lastAt }]
        : [],
    ),
  );
}

function isPhoneOnly(passed: readonly DayPass[]): boolean {
  const phone: readonly string[] = PHONE;
  return passed.length > 0 && passed.every(({ method }) => phone.includes(method));
}
