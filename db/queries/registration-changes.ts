import { and, between, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { StateDictionary, type StateRow } from '../store/registration-states.ts';
import type { Store } from '../store-types.ts';
import { readChangesCursor, writeChangesCursor } from './changes-cursor.ts';
import { type Crossings, crossedBetween, exclusionCrossings } from './exclusion-crossings.ts';
import { type Move, type MovedPerson, movedPeople } from './moved-people.ts';

export interface ChangesInput {
  tenantId: number;
  first: Day;
  last: Day;
  move: Move;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/**
 * The people behind the bars of `registrationMoves`, newest first, with what the report said of them before and
 * after. `total` counts all of the period. Only snapshots in which somebody made the move are looked into.
 * Throws BadCursor for a cursor that is not of this list.
 */
export async function registrationChanges(store: Store, input: ChangesInput) {
  return store.snapshot((db) => changes({ ...store, read: db }, input));
}

async function changes(store: Store, input: ChangesInput) {
  const { tenantId, limit } = input;
  const place = input.cursor === undefined ? null : readChangesCursor(input.cursor);
  const snapshots = await movingSnapshots(store, input);
  const states = (await StateDictionary.load(store, tenantId)).byId;
  // Who gained or lost was in the population before and after.
  const comeAndGo = input.move === 'arrived' || input.move === 'departed';
  const since = snapshots.at(-1)?.before.day ?? input.first;
  const crossings = comeAndGo
    ? await exclusionCrossings(store, { tenantId, since, last: input.last })
    : NO_CROSSINGS;
  const rows: (MovedPerson & { snapshotId: number; day: Day })[] = [];
  for (const snapshot of snapshots) {
    if (rows.length > limit) break;
    if (place && snapshot.id > place.snapshotId) continue;
    const people = await movedPeople(store, {
      ...input,
      snapshot,
      states,
      crossed: crossedBetween(crossings, snapshot.before.day, snapshot.day),
      afterPerson: snapshot.id === place?.snapshotId ? place.personId : 0,
      limit: limit + 1 - rows.length,
    });
    const { id: snapshotId, day } = snapshot;
    rows.push(...people.map((person) => ({ ...person, snapshotId, day })));
  }
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const people = await peopleByNumber(store, tenantId, shown);
  return {
    changes: shown.flatMap(({ day, personId, before, after }) => {
      const person = people.get(personId);
      return person
        ? [{ day, person, before: seen(states, before), after: seen(states, after) }]
        : [];
    }),
    nextCursor: rows.length > limit && last ? writeChangesCursor(last) : null,
    total: snapshots.reduce((all, { people: moved }) => all + moved, 0),
  };
}

const NO_CROSSINGS: Crossings = new Map();

/** Published snapshots of the period in which somebody made the move, newest first, each with the one before it. */
async function movingSnapshots(
  { t: { registrationSnapshot: snapshot, registrationMove }, read }: Store,
  { tenantId, first, last, move }: ChangesInput,
) {
  const [dayBefore] = await read
    .select({ day: snapshot.day })
    .from(snapshot)
    .where(
      and(eq(snapshot.tenantId, tenantId), eq(snapshot.lastOfDay, true), lt(snapshot.day, first)),
    )
    .orderBy(desc(snapshot.day))
    .limit(1);
  const rows = await read
    .select({ id: snapshot.id, day: snapshot.day, people: registrationMove[move] })
    .from(snapshot)
    .leftJoin(
      registrationMove,
      and(eq(registrationMove.tenantId, tenantId), eq(registrationMove.snapshotId, snapshot.id)),
    )
    .where(
      and(
        eq(snapshot.tenantId, tenantId),
        inArray(snapshot.lastOfDay, [true, false]), // both, so that the days are found by index
        between(snapshot.day, dayBefore?.day ?? first, last),
        eq(snapshot.state, 'published'),
      ),
    )
    .orderBy(desc(snapshot.id));
  return rows.flatMap(({ people, ...row }, i) => {
    const before = rows[i + 1];
    return before && people && row.day >= first ? [{ ...row, people, before }] : [];
  });
}

async function peopleByNumber(
  { t: { person }, read, dialect }: Store,
  tenantId: number,
  rows: readonly MovedPerson[],
) {
  const ids = rows.map(({ personId }) => personId);
  const people = await read
    .select({
      number: person.id,
      id: person.objectId,
      name: person.name,
      userPrincipalName: person.userPrincipalName,
      department: person.department,
    })
    .from(person)
    .where(
      and(
        eq(person.tenantId, tenantId),
        sql`${person.id} in ${dialect.inList(ids.length > 0 ? ids : [0])}`,
      ),
    );
  return new Map(people.map(({ number, ...one }) => [number, one]));
}

/** What is shown of a state; null: not in the report. */
function seen(states: ReadonlyMap<number, StateRow>, id: number | null) {
  const state = id === null ? undefined : states.get(id);
  if (!state) return null;
  const { admin, enabled, registered, capable, methods, reason } = state;
  return { admin, enabled, registered, capable, methods: methods && [...methods], reason };
}
