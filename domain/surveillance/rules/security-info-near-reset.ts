import { NEAR_RESET_MS } from '../rule-list.ts';
import type { DayFlow, SecurityInfoChange } from './day-facts.ts';
import { countSubjects, type RuleValue, type Sighting, TENANT } from './rule-value.ts';

/** People with a change of security info at most 4 hours before or after a flow of theirs succeeded. */
export function securityInfoNearReset(
  flows: readonly DayFlow[],
  changes: readonly SecurityInfoChange[],
): RuleValue[] {
  const byPerson = Map.groupBy(changes, ({ personId }) => personId);
  return countSubjects(
    'security_info_near_reset',
    flows.flatMap(({ personId, succeededAt }) =>
      personId === null || succeededAt === null
        ? []
        : (byPerson.get(personId) ?? [])
            .filter(({ at }) => Math.abs(at - succeededAt) <= NEAR_RESET_MS)
            .map((change) => sighting(change, succeededAt)),
    ),
  );
}

function sighting({ personId, at }: SecurityInfoChange, succeededAt: number): Sighting {
  const [from, to] = [Math.min(at, succeededAt), Math.max(at, succeededAt)];
  return { subject: TENANT, item: personId, from, to };
}
