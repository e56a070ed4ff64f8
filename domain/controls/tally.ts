import type { Share } from '../share.ts';
import type { ControlPeople, Expectation } from './expectation.ts';

/** What a flag of the report says of people: null is neither yes nor no. */
export interface Tally {
  share: Share;
  no: number;
  unknown: number;
}

export function tally(population: readonly ControlPeople[], flag: 'enabled' | 'registered'): Tally {
  const having = (value: boolean | null) =>
    peopleIn(population.filter((one) => one[flag] === value));
  const share: Share = { part: having(true), whole: peopleIn(population) };
  return { share, no: having(false), unknown: having(null) };
}

/** Met only if it holds for everybody; what Graph leaves open for anybody cannot be called met. */
export function stateOf({ share, no, unknown }: Tally): Expectation['state'] {
  if (no > 0) return 'fail';
  return unknown > 0 || share.whole === 0 ? 'cannot_be_seen' : 'pass';
}

export const unknownSentence = ({ unknown }: Tally): string[] =>
  unknown === 0 ? [] : [`Of ${inWords(unknown)} the report does not say.`];

/** Where it cannot be seen because of people of whom the report does not say. */
export const unknownAdvice = ({ no, unknown }: Tally): string | null =>
  no === 0 && unknown > 0 ? 'Look those listed up in Entra: the report leaves it open.' : null;

export const peopleIn = (population: readonly ControlPeople[]): number =>
  population.reduce((all, { people }) => all + people, 0);

export const inWords = (people: number): string =>
  String(people).replace(/\B(?=(?:\d{3})+$)/g, ',');

export const ofWhole = ({ part, whole }: Share): string => `${inWords(part)} of ${inWords(whole)}`;
