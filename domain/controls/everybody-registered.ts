import type { Reason } from '../registration.ts';
import type { ControlInput, ControlPeople, Expectation } from './expectation.ts';
import {
  inWords,
  ofWhole,
  peopleIn,
  stateOf,
  tally,
  unknownAdvice,
  unknownSentence,
} from './tally.ts';

/** Whether everybody, admins among them, has registered as many methods as the policy asks for. */
export function everybodyRegistered({ population }: ControlInput): Expectation {
  const judged = tally(population, 'registered');
  const state = stateOf(judged);
  const reasons = reasonsOf(population.filter(({ registered }) => registered === false));
  return {
    id: 'users_registered',
    title: 'Users are registered for self-service password reset by combined registration',
    state,
    evidence: [
      `${ofWhole(judged.share)} people of the population, admins among them, are registered.`,
      ...(reasons.length > 0 ? [`Of the others ${reasons.join(', ')}.`] : []),
      ...unknownSentence(judged),
      COMBINED,
    ].join(' '),
    advice: state === 'fail' ? ASK : unknownAdvice(judged),
    people: judged.share,
    filters: judged.no + judged.unknown > 0 ? { registered: 'false' } : null,
  };
}

/** Most people first. */
function reasonsOf(missing: readonly ControlPeople[]): string[] {
  return [...Map.groupBy(missing, ({ reason }) => reason)]
    .map(([reason, ofReason]) => ({ reason, people: peopleIn(ofReason) }))
    .sort((a, b) => b.people - a.people || (a.reason < b.reason ? -1 : 1))
    .map(({ reason, people }) => `${inWords(people)} ${WHY[reason]}`);
}

const WHY: Record<Reason, string> = {
  nothing_registered: 'have registered nothing',
  methods_not_accepted: 'have only methods that reset no password',
  too_few_methods: 'have too few methods',
  not_enabled: 'are not enabled either',
  unknown: 'cannot be explained by what Graph tells',
  capable: 'count as capable all the same',
};

/** Entra: "Effective Oct. 1st, 2022 …" in its page on combined registration. */
const COMBINED =
  'Microsoft has switched combined registration on for every tenant, from October 2022 on: what people register for signing in serves a reset as well, but for passkeys, Windows Hello, certificates and the like. On which page somebody registered cannot be seen.';

const ASK =
  'Ask those listed to register at https://aka.ms/mysecurityinfo, or have Entra ask them at their next sign-in.';
