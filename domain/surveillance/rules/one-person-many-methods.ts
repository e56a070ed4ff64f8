import type { DayFailure } from './day-facts.ts';
import { countSubjects, type RuleValue } from './rule-value.ts';

/** Different named methods that failed for a known person. */
export function onePersonManyMethods(failures: readonly DayFailure[]): RuleValue[] {
  return countSubjects(
    'one_person_many_methods',
    failures.flatMap(({ personId, method, at }) =>
      personId === null || method === 'unknown'
        ? []
        : [{ subject: personId, item: method, from: at, to: at }],
    ),
  );
}
