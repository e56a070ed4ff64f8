import type { DayFlow } from './day-facts.ts';
import { countSubjects, type RuleValue } from './rule-value.ts';

/** Flows that ended `not_entitled`, by the code of the reason. */
export function configurationStops(flows: readonly DayFlow[]): RuleValue[] {
  return countSubjects(
    'configuration_stops',
    flows.flatMap(({ outcome, reason, id, startedAt, lastAt }) =>
      outcome !== 'not_entitled' || reason === null
        ? []
        : [{ subject: reason, item: id, from: startedAt, to: lastAt }],
    ),
  );
}
