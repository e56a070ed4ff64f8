import { RESET_AFTER_FAILURE_MS } from '../rule-list.ts';
import type { DayAdminReset, UnpassedFlow } from './day-facts.ts';
import { countSubjects, type RuleValue, TENANT } from './rule-value.ts';

/** People with a counted admin reset at most 120 minutes after the end of a flow that they could not pass. */
export function resetAfterFailure(
  resets: readonly DayAdminReset[],
  unpassed: readonly UnpassedFlow[],
): RuleValue[] {
  const byPerson = Map.groupBy(unpassed, ({ personId }) => personId);
  const follows = (personId: string, at: number) =>
    (byPerson.get(personId) ?? []).some(
      ({ lastAt }) => lastAt <= at && at - lastAt <= RESET_AFTER_FAILURE_MS,
    );
  return countSubjects(
    'reset_after_failure',
    resets.flatMap(({ kind, personId, at }) =>
      kind === 'counted' && personId !== null && follows(personId, at)
        ? [{ subject: TENANT, item: personId, from: at, to: at }]
        : [],
    ),
  );
}
