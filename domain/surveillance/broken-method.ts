import { counted, percent } from './alert-words.ts';
import type { CauseFacts, CauseTold } from './cause.ts';
import { concentration } from './concentration.ts';
import type { MethodHealth } from './evidence.ts';

/** Starts in the 28 days before, from which on it is known how a method usually goes. */
const USUAL_STARTS = 20;
/** Starts in the episode from which on another method tells something. */
const STARTS = 5;
/** Few addresses with as much of the excess speak for somebody, not for a method. */
const CONCENTRATED = 0.6;

/** What part of its usual rate a method passes at most: an alert holds hours before and after the fault, too. */
const FELL = 2 / 3;
/** Another one is out of order as well. */
const FELL_TOO = 1 / 2;

/**
 * Whether one method is out of order: it makes up at least 80 % of the excess and passes less than two thirds as often as
 * it usually does, no other passes less than half as often, and it is not few addresses that fail. Null: it is not.
 */
export function brokenMethod(facts: CauseFacts): CauseTold | null {
  const told = facts.explainedBy.find(({ by }) => by === 'method');
  const method = told?.values === 1 ? told.parts[0]?.value : null;
  if (!told || !method) return null;
  const health = facts.methods.find((one) => one.method === method);
  if (!health || !fell(health, FELL)) return null;
  const others = facts.methods.filter((one) => one.method !== method && one.started >= STARTS);
  if (others.some((one) => fell(one, FELL_TOO))) return null;
  const where = concentration(facts);
  if (where && where.share >= CONCENTRATED) return null;
  return {
    cause: 'broken_method',
    because: [
      `${method} alone makes up ${percent(Math.min(1, told.covered ?? 1))} of the excess.`,
      `${health.passed} of ${counted(health.started, 'start', 'starts')} of ${method} passed, against ${percent(usualRate(health))} in the 28 days before.`,
      others.length > 0
        ? 'The other methods pass as usual.'
        : 'Too few started another method to compare.',
      `${counted(facts.people, 'person', 'people')} failed from ${counted(facts.addresses, 'address', 'addresses')}: no few addresses stand out.`,
    ],
  };
}

/** Whether a method passes less than this part as often as usual. */
function fell(health: MethodHealth, part: number): boolean {
  const { started, passed, usualStarted } = health;
  return usualStarted >= USUAL_STARTS && started > 0 && passed / started < part * usualRate(health);
}

function usualRate({ usualPassed, usualStarted }: MethodHealth): number {
  return usualPassed / Math.max(1, usualStarted);
}
