import type { DayFlow } from './day-facts.ts';
import { countSubjects, type RuleValue, TENANT } from './rule-value.ts';

/** Flows that ended `blocked`. */
export function blockedAttempts(flows: readonly DayFlow[]): RuleValue[] {
  const blocked = flows.filter(({ outcome }) => outcome === 'blocked');
  return countSubjects(
    'blocked_attempts',
    blocked.map(({ id, startedAt, lastAt }) => {
      return { subject: TENANT, item: id, from: startedAt, to: lastAt };
    }),
  );
}
