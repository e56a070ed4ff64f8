import type { ControlInput, Expectation } from './expectation.ts';
import { ofWhole, stateOf, tally, unknownAdvice, unknownSentence } from './tally.ts';

/** Whether the policy lets everybody who is not an admin reset. */
export function enabledForAll({ population }: ControlInput): Expectation {
  const judged = tally(
    population.filter(({ admin }) => admin !== true),
    'enabled',
  );
  const state = stateOf(judged);
  return {
    id: 'enabled_for_all',
    title: 'Self-service password reset is enabled for all users',
    state,
    evidence: [
      `${ofWhole(judged.share)} people who are not admins are enabled.`,
      ...unknownSentence(judged),
      'Admins are not judged: Microsoft’s own policy holds for them, whatever the scope of yours.',
    ].join(' '),
    advice: state === 'fail' ? SET_TO_ALL : unknownAdvice(judged),
    people: judged.share,
    filters: judged.no + judged.unknown > 0 ? { enabled: 'false', admin: 'false' } : null,
  };
}

const SET_TO_ALL =
  'Set the scope to All in Entra, under Password reset, Properties. Where it is All already, those listed may lack a licence.';
