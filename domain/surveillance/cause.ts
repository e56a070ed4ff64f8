import { attackSigns } from './attack-signs.ts';
import { brokenMethod } from './broken-method.ts';
import type { Cause, Evidence } from './evidence.ts';
import { lostInWords } from './lost-capability.ts';
import { policyCause } from './policy-cause.ts';
import { stopCodes, stoppedInWords } from './stop-codes.ts';

/** What an alert stands on, before it is said why. */
export type CauseFacts = Omit<Evidence, 'cause' | 'because'>;

/** What looks like the cause, and why: sentences with figures that name nobody. */
export interface CauseTold {
  cause: Cause;
  because: string[];
}

/**
 * What looks like the cause of an alert: an attack, which fails whatever was changed the day before; else a change of
 * settings where flows are stopped by configuration; else a method out of order. Where no sign is clear, it is left open,
 * with what was seen.
 */
export function causeOf(facts: CauseFacts): CauseTold {
  return (
    attackSigns(facts) ??
    policyCause(facts) ??
    brokenMethod(facts) ?? { cause: 'unclear', because: seen(facts) }
  );
}

function seen(facts: CauseFacts): string[] {
  const { explainedBy, changes, series } = facts;
  const stops = [...stoppedInWords(stopCodes(facts)), ...lostInWords(facts)];
  const parts = explainedBy.flatMap(({ by, values, covered }) =>
    covered === null || values === 0 ? [] : [spread(by, values)],
  );
  const told = [...stops, ...parts, ...changes.map(({ day, text }) => `${day}: ${text}`)];
  if (stops.length > 0 && changes.length === 0)
    return [...told, 'The log tells of no change of policy on its days or the two before.'];
  const failures = series.length > 0 && stops.length === 0;
  return failures ? [...told, 'No known pattern fits: look at the people and addresses.'] : told;
}

const NOUN = {
  person: ['person', 'people'],
  address: ['address', 'addresses'],
  method: ['method', 'methods'],
  country: ['country', 'countries'],
} as const;

function spread(by: keyof typeof NOUN, values: number): string {
  const [one, many] = NOUN[by];
  return values === 1
    ? `One ${one} makes up at least 80 % of the excess.`
    : `${values} ${many} together make up 80 % of the excess.`;
}
