import { enabledForAll } from './enabled-for-all.ts';
import { everybodyRegistered } from './everybody-registered.ts';
import type { ControlInput, Expectation } from './expectation.ts';
import { twoRequired } from './two-required.ts';

export interface Control {
  id: string;
  title: string;
  /** Who published it, and where. */
  source: string;
  expectations: Expectation[];
}

/** The baseline control for self-service reset: TrueConfig's ID-03, with its three expectations. */
export function resetControl(input: ControlInput): Control {
  const judged = [enabledForAll, twoRequired, everybodyRegistered];
  return {
    id: 'ID-03',
    title: 'Enable Self-Service Password Reset',
    source: 'TrueConfig baseline, level 1: https://www.trueconfig.io/controls/category/identity',
    expectations: judged.map((judge) => ({
      ...judge(input),
      ...(input.day === null ? NO_SNAPSHOT : {}),
    })),
  };
}

const NO_SNAPSHOT = {
  state: 'cannot_be_seen' as const,
  evidence: 'There is no snapshot of the registration report yet.',
  advice: 'Wait for the first complete collection of the feed registration.',
  people: null,
  filters: null,
};
