import type { SummarisedState } from './registration-summary.ts';

/** One person, or many alike, at one snapshot. */
export interface Standing {
  /** Null: not in the snapshot. */
  stateId: number | null;
  /** By an exclusion that holds on the snapshot's day. */
  excluded: boolean;
}

/** People who stood alike in two snapshots that follow each other. */
export interface MoveGroup {
  before: Standing;
  now: Standing;
  people: number;
}

/** How the capable people of the population changed: docs/data-dictionary.md, moves. */
export interface Moves {
  gained: number;
  lost: number;
  arrived: number;
  departed: number;
}

export const NO_MOVES: Readonly<Moves> = { gained: 0, lost: 0, arrived: 0, departed: 0 };

type States = ReadonlyMap<number, Pick<SummarisedState, 'userClass' | 'capable'>>;

/**
 * Sums groups up, so that capable = capable before + gained + arrived - lost - departed.
 * People who stood alike in both snapshots may be left out. A state that is not in
 * `states` is a bug and throws a RangeError.
 */
export function registrationMoves(groups: Iterable<MoveGroup>, states: States): Moves {
  const moves = { ...NO_MOVES };
  for (const { before, now, people } of groups) {
    const move = moveBetween(before, now, states);
    if (move) moves[move] += people;
  }
  return moves;
}

/** The move of somebody who stood so in two snapshots that follow each other; null: none. */
export function moveBetween(before: Standing, now: Standing, states: States): keyof Moves | null {
  return moveOf(judged(before, states), judged(now, states));
}

interface Judged {
  counts: boolean;
  capable: boolean;
}

function moveOf(before: Judged, now: Judged): keyof Moves | null {
  if (before.capable === now.capable) return null;
  if (now.capable) return before.counts ? 'gained' : 'arrived';
  return now.counts ? 'lost' : 'departed';
}

function judged({ stateId, excluded }: Standing, states: States): Judged {
  if (stateId === null) return { counts: false, capable: false };
  const state = states.get(stateId);
  if (!state) throw new RangeError(`Unknown registration state ${stateId}`);
  const member = state.userClass === 'member' || state.userClass === 'unknown_type';
  const counts = member && !excluded;
  return { counts, capable: counts && state.capable === true };
}
