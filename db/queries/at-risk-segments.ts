import type { StateRow } from '../store/registration-states.ts';
import type { Store } from '../store-types.ts';
import { type PersonDimension, peopleInStates } from './people-in-states.ts';
import { registrationBy } from './registration-by.ts';
import type { SnapshotOfDay } from './snapshot-of-day.ts';

export type Dimension = PersonDimension | 'admin';

/** Somebody for whom methods end on another date: 1 more at risk, or -1. */
export interface CountedOtherwise extends Record<PersonDimension, string | null> {
  state: Pick<StateRow, 'admin'>;
  people: number;
}

export interface AtRiskSegmentsInput {
  tenantId: number;
  /** The last published one. */
  snapshot: SnapshotOfDay;
  by: Dimension;
  /** States of people at risk, with how many of the population are in each. */
  atRisk: readonly (StateRow & { people: number })[];
  /** Listed people of the population for whom it is otherwise. */
  later: readonly CountedOtherwise[];
}

export interface AtRiskSegment {
  /** Null: people without a value. */
  value: string | null;
  population: number;
  capable: number;
  /** At risk. */
  people: number;
}

/**
 * Population, capable people (both of the snapshot) and people at risk per value, most at risk first, then in
 * order of the value. Somebody whose department has changed since the snapshot is at risk in the new one.
 */
export async function atRiskSegments(
  store: Store,
  { tenantId, snapshot, by, atRisk, later }: AtRiskSegmentsInput,
): Promise<AtRiskSegment[]> {
  const { rows } = await registrationBy(store, { tenantId, dimension: by, day: snapshot.day });
  const segments = new Map<string | null, AtRiskSegment>();
  for (const { value, counts } of rows ?? []) {
    const { population, capable } = counts;
    segments.set(value, { value, population, capable, people: 0 });
  }
  const add = (value: string | null, people: number) => {
    const segment = segments.get(value) ?? { value, population: 0, capable: 0, people: 0 };
    segments.set(value, { ...segment, people: segment.people + people });
  };
  if (by === 'admin') {
    for (const { admin, people } of atRisk) add(String(admin === true), people);
    for (const { state, people } of later) add(String(state.admin === true), people);
  } else {
    const states = atRisk.map(({ id }) => id);
    const { day } = snapshot;
    const found = await peopleInStates(store, { tenantId, kind: 'member', states, day, by });
    for (const { value, people } of found) add(value, people);
    for (const person of later) add(person[by], person.people);
  }
  return [...segments.values()].sort((a, b) => b.people - a.people || inOrder(a.value, b.value));
}

/** Without a value last. */
function inOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}
