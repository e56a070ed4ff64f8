import type { DayFlow } from './day-facts.ts';
import { countSubjects, type RuleValue, TENANT } from './rule-value.ts';

/** Accounts of known admins with a flow that completed or unlocked. */
export function adminSelfReset(flows: readonly DayFlow[]): RuleValue[] {
  return countSubjects(
    'admin_self_reset',
    flows.flatMap(({ admin, personId, startedAt, lastAt, succeededAt }) =>
      admin !== true || personId === null || succeededAt === null
        ? []
        : [{ subject: TENANT, item: personId, from: startedAt, to: lastAt }],
    ),
  );
}
