import type { FlowOutcome } from '../../flow-outcome.ts';
import type { DayFlow } from './day-facts.ts';
import { countSubjects, type RuleValue } from './rule-value.ts';

const NOT_WITHOUT_SUCCESS: readonly FlowOutcome[] = ['completed', 'unlocked', 'in_progress'];

/** Different known people whose flows from an address ended without success, whatever stopped them. */
export function oneAddressManyPeople(flows: readonly DayFlow[]): RuleValue[] {
  return countSubjects(
    'one_address_many_people',
    flows.flatMap(({ address, personId, outcome, startedAt, lastAt }) =>
      !address || personId === null || NOT_WITHOUT_SUCCESS.includes(outcome)
        ? []
        : [{ subject: address, item: personId, from: startedAt, to: lastAt }],
    ),
  );
}
