import { type OracleAtRisk, type OracleEnds, riskOf } from './at-risk.ts';
import type { Chronicle } from './chronicle.ts';
import { familiesOf, type OraclePerson } from './registration.ts';

/** A person as the list shows them, expected calls left out. */
export interface ListedPerson extends OraclePerson {
  manager: { id: string; name: string | null } | null;
  lastSignInAt: string | null;
  stateSince: string | null;
  note: string | null;
  done: boolean;
  excluded: boolean;
  /** Ids of the exclusions that leave the person out now. */
  exclusions: string[];
  families: string[];
}

/** Everybody of the last snapshot, as they are at `now`. */
export function listedAt(chronicle: Chronicle, now: number): ListedPerson[] {
  const today = chronicle.dayOf(now);
  const people = chronicle.snapshots.at(-1)?.people ?? new Map<string, OraclePerson>();
  return [...people.values()].map((person) => {
    const user = chronicle.users.get(person.id);
    const manager = user?.manager ?? null;
    const holding = chronicle.exclusions.filter((one) => chronicle.holds(one, person.id, today));
    return {
      ...person,
      manager: manager === null ? null : { id: manager, name: chronicle.nameOf(manager) },
      lastSignInAt: user?.lastSignInAt ?? null,
      stateSince: chronicle.stateSince(person.id),
      ...(chronicle.notes.get(person.id) ?? { note: null, done: false }),
      excluded: holding.length > 0,
      exclusions: holding.map(({ id }) => id),
      families: [...familiesOf(person, person.methods ?? [])].map((one) =>
        one.replaceAll(' ', '_'),
      ),
    };
  });
}

export type Matches = (person: ListedPerson) => boolean;

export function isAtRisk(question: OracleAtRisk, ends: OracleEnds): Matches {
  return (person) => riskOf(person, question, ends) === 'at_risk';
}

/** Which people a list is of, before its filters. */
export function isOfType(userType: 'member' | 'guest'): Matches {
  return ({ class: kind }) =>
    userType === 'guest' ? kind === 'guest' : kind === 'member' || kind === 'unknown_type';
}
