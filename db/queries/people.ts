import { and, asc, eq, gt, gte, or, type SQL, sql } from 'drizzle-orm';
import type { Reason } from '../../domain/registration.ts';
import type { Store } from '../store-types.ts';
import { type CursorPlace, readCursor, writeCursor } from './people-cursor.ts';
import { filteredPeople, type PeopleFilter } from './people-filter.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

export { BadCursor } from './people-cursor.ts';

export interface PeopleInput extends PeopleFilter {
  sort: 'name' | 'priority';
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
  facets?: boolean | undefined;
  excluded?: boolean | undefined;
}

/**
 * One page of the people of the last published snapshot, by name then id, and how
 * many there are in all. Empty, with `day` null, before the first snapshot. Pages by
 * the last row's place in the order, so that a deep page costs what the first does.
 */
export async function people(store: Store, input: PeopleInput) {
  const snapshot = await snapshotOfDay(store, { tenantId: input.tenantId });
  const place = input.cursor === undefined ? null : readCursor(input.cursor);
  if (!snapshot) return { day: null, people: [], nextCursor: null, total: 0 };
  const filtered = await filteredPeople(store, input);
  const rows = await page(store, filtered, { place, limit: input.limit + 1 });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    day: snapshot.day,
    people: shown.map(toPerson),
    nextCursor: rows.length > input.limit && last ? writeCursor(last) : null,
    // A first page that holds everybody has counted them.
    total: place || rows.length > input.limit ? await total(store, filtered) : rows.length,
    ...(input.facets ? { facets: await facets(store, input) } : {}),
  };
}

type Filtered = Awaited<ReturnType<typeof filteredPeople>>;

/** The columns of a person that the list shows; joined with the state. */
export function personColumns({ t: { registrationState: state } }: Store, from: Filtered['from']) {
  return {
    id: from.objectId,
    sortName: from.sortName,
    name: from.name,
    userPrincipalName: from.userPrincipalName,
    department: from.department,
    country: from.country,
    admin: state.admin,
    enabled: state.enabled,
    registered: state.registered,
    capable: state.capable,
    methods: state.methods,
    reason: state.reason,
  };
}

export type PersonRow = Awaited<ReturnType<typeof page>>[number];

function page(
  store: Store,
  { from, where }: Filtered,
  { place, limit }: { place: CursorPlace | null; limit: number },
) {
  const { registrationState: state } = store.t;
  return store.read
    .select(personColumns(store, from))
    .from(from)
    .innerJoin(state, and(eq(state.tenantId, from.tenantId), eq(state.id, from.stateId)))
    .where(and(where, place ? after(from, place) : undefined))
    .orderBy(asc(from.sortName), asc(from.objectId))
    .limit(limit);
}

// Written so that both engines seek to the place; a row comparison would be scanned by SQLite.
function after(from: Filtered['from'], { sortName, id }: CursorPlace): SQL | undefined {
  return and(gte(from.sortName, sortName), or(gt(from.sortName, sortName), gt(from.objectId, id)));
}

/** A row as the API shows a person. */
export function toPerson({ sortName: _, methods, reason, ...row }: PersonRow) {
  return {
    ...row,
    methods: methods && [...methods],
    reason: reason as Reason,
    priority: null,
    excluded: false,
  };
}

async function total({ read }: Store, { from, where }: Filtered): Promise<number> {
  const [row] = await read
    .select({ people: sql<number>`count(*)`.mapWith(Number) })
    .from(from)
    .where(where);
  return row?.people ?? 0;
}

/** People per value of a filter, with every other filter applied. */
async function facets(store: Store, input: PeopleInput) {
  const counted = async (name: 'reason' | 'department' | 'country') => {
    const { from, where } = await filteredPeople(store, { ...input, [name]: undefined });
    return store.read
      .select({ value: from[name], people: sql<number>`count(*)`.mapWith(Number) })
      .from(from)
      .where(where)
      .groupBy(from[name])
      .orderBy(sql`${from[name]} is not null`, asc(from[name])); // the engines disagree where null stands
  };
  return {
    reason: await counted('reason'),
    department: await counted('department'),
    country: await counted('country'),
  };
}
