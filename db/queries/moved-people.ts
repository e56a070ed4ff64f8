import { sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type Moves, moveBetween } from '../../domain/registration-moves.ts';
import type { StateRow } from '../store/registration-states.ts';
import type { Store } from '../store-types.ts';
import { exclusionsOf } from './exclusions-of.ts';

export type Move = keyof Moves;

interface PublishedSnapshot {
  id: number;
  day: Day;
}

export interface MovedPeopleInput {
  tenantId: number;
  /** A published snapshot, and the published one before it. */
  snapshot: PublishedSnapshot & { before: PublishedSnapshot };
  move: Move;
  states: ReadonlyMap<number, StateRow>;
  /** People for whom an exclusion began or ended after the snapshot before, up to this one; in order. */
  crossed: readonly number[];
  /** Only people with a larger number (`person.id`). */
  afterPerson: number;
  limit: number;
}

/** Somebody who moved, with the states at both snapshots; null: not in the report. */
export interface MovedPerson {
  personId: number;
  before: number | null;
  after: number | null;
}

/** People looked at in one go. */
const AT_ONCE = 500;

/**
 * The first `limit` people who made a move at a snapshot, in order of their numbers: those whose state changed and,
 * of those who come and go, those whose exclusion began or ended since the snapshot before.
 */
export async function movedPeople(store: Store, input: MovedPeopleInput): Promise<MovedPerson[]> {
  const found: MovedPerson[] = [];
  for (let last = input.afterPerson; ; ) {
    const changed = await changedStates(store, input, last);
    const crossed = input.crossed.filter((id) => id > last).slice(0, AT_ONCE);
    // Up to where both are known.
    const edge = Math.min(edgeOf(changed), edgeOf(crossed));
    const people = [...changed, ...crossed].filter((id) => id <= edge);
    found.push(...(await whoMoved(store, input, people)));
    if (edge === Number.POSITIVE_INFINITY || found.length >= input.limit)
      return found.slice(0, input.limit);
    last = edge;
  }
}

const edgeOf = (ids: readonly number[]): number =>
  ids.length < AT_ONCE ? Number.POSITIVE_INFINITY : (ids.at(-1) ?? 0);

async function whoMoved(
  store: Store,
  { tenantId, snapshot, move, states }: MovedPeopleInput,
  candidates: readonly number[],
): Promise<MovedPerson[]> {
  const ids = [...new Set(candidates)].sort((a, b) => a - b);
  const before = await statesAt(store, tenantId, ids, snapshot.before.id);
  const after = await statesAt(store, tenantId, ids, snapshot.id);
  const isExcluded = await exclusionsOf(store, tenantId, ids);
  return ids.flatMap((personId): MovedPerson[] => {
    const was = before.get(personId) ?? null;
    const is = after.get(personId) ?? null;
    const stood = { stateId: was, excluded: isExcluded(personId, snapshot.before.day) };
    const stands = { stateId: is, excluded: isExcluded(personId, snapshot.day) };
    return moveBetween(stood, stands, states) === move
      ? [{ personId, before: was, after: is }]
      : [];
  });
}

/** In which state a snapshot found each of `ids`. */
async function statesAt(
  store: Store,
  tenantId: number,
  ids: readonly number[],
  snapshotId: number,
): Promise<Map<number, number | null>> {
  if (ids.length === 0) return new Map();
  const asked = store.dialect.jsonRows(
    ids.map((id) => [id]),
    ['int'],
  );
  const rows = await store.dialect.rows<{ id: number; stateId: number | null }>(
    store.read,
    sql`select asked.c0 as id, (
          select change.state_id
          from registration_change as change
          where change.tenant_id = ${tenantId} and change.person_id = asked.c0
            and change.snapshot_id <= ${snapshotId}
          order by change.snapshot_id desc
          limit 1
        ) as "stateId"
        from ${asked} as asked`,
  );
  return new Map(rows.map(({ id, stateId }) => [id, stateId]));
}

/** People whose state changed at the snapshot. What they changed to is looked up after, so that an index finds them. */
async function changedStates(
  store: Store,
  { tenantId, snapshot }: MovedPeopleInput,
  last: number,
): Promise<number[]> {
  const rows = await store.dialect.rows<{ id: number }>(
    store.read,
    sql`select person_id as id
        from registration_change
        where tenant_id = ${tenantId} and snapshot_id = ${snapshot.id} and person_id > ${last}
        order by person_id
        limit ${AT_ONCE}`,
  );
  return rows.map(({ id }) => id);
}
