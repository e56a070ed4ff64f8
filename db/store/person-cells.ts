import { sql } from 'drizzle-orm';
import { bitsSql, CELL_BITS } from '../cell-bits.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { ColumnType } from '../dialect/dialect.ts';
import type { Db, SQL, Store } from '../store-types.ts';
import { inChunks } from './chunks.ts';
import type { HeldLease } from './lease.ts';

/** Somebody whose cell may be another. */
export interface Placed {
  id: number;
  /** The cell they are counted in; null: in none. */
  old: number | null;
  /** Bits of the cell they belong to (db/cell-bits.ts); null: to none. */
  bits: number | null;
  department: string | null;
  country: string | null;
  /** Number of that pair; null: met for the first time. */
  segment: number | null;
  /** Key of a pair met for the first time. */
  newKey: string | null;
}

// Both values with their lengths, so that null and '' differ, and no value can look like two.
const SEGMENT_KEY = sql.raw(
  ['department', 'country']
    .map((name) => `coalesce(length(person.${name}) || ':' || person.${name}, '')`)
    .join(` || ',' || `),
);

/** SQL of the columns of `Placed`, of a `person` joined with `PLACE_JOINS`; `kind` is their kind by now. */
export const placeColumns = (kind: SQL) => sql`
  person.id, person.cell_id as old, person.department, person.country, segment.id as segment,
  case when segment.id is null then ${SEGMENT_KEY} end as "newKey",
  case when ${kind} is null then null else ${bitsSql(kind, sql`person.excluded`)} end as bits`;

/** SQL that joins a `person` with their state, whose number is `stateId`, and their segment. */
export const placeJoins = (tenantId: number, stateId: SQL) => sql`
  left join registration_state as state on state.tenant_id = ${tenantId} and state.id = ${stateId}
  left join person_segment as segment on segment.tenant_id = ${tenantId} and segment.key = ${SEGMENT_KEY}`;

/**
 * Puts people into the cells that they belong to by now and moves the counts, in the caller's
 * transaction: to be called once, at its end, when kind, state, department, country or `excluded`
 * of people has changed. Whoever is in the right cell already stays. About 20 µs a person.
 */
export async function recell(
  store: Store,
  db: Db,
  tenantId: number,
  personIds: readonly number[],
): Promise<void> {
  if (personIds.length === 0) return;
  const chosen = store.dialect.jsonRows(
    personIds.map((id) => [tenantId, id]),
    ['int', 'int'],
  );
  await beginEdition(store, db, tenantId);
  const people = await store.dialect.rows<Placed>(
    db,
    sql`select ${placeColumns(sql`person.kind`)}
        from ${chosen} as chosen
        join person on person.tenant_id = chosen.c0 and person.id = chosen.c1
        ${placeJoins(tenantId, sql`person.state_id`)}`,
  );
  const cells = await moveCounts(store, db, tenantId, people);
  const rows = people.flatMap(({ id, old }, i): unknown[][] =>
    cells[i] === old ? [] : [[id, cells[i]]],
  );
  await setPeople(store, db, tenantId, { rows, set: ['cell_id'] });
}

/**
 * Must come before cells are read: where transactions run side by side, it makes those of a
 * tenant that move people wait for each other.
 */
export async function beginEdition({ t }: Store, db: Db, tenantId: number): Promise<void> {
  const { peopleEdition: edition } = t;
  await db
    .insert(edition)
    .values({ tenantId, edition: 1 })
    .onConflictDoUpdate({
      target: [edition.tenantId],
      set: { edition: sql`${edition.edition} + 1` },
    });
}

/** Counts people in the cells they belong to instead of their old ones; answers the cells, in their order. */
export async function moveCounts(
  store: Store,
  db: Db,
  tenantId: number,
  people: readonly Placed[],
): Promise<(number | null)[]> {
  const added = await addSegments(store, db, tenantId, people);
  const change = new Map<number, number>();
  const move = (cell: number | null, by: number) => {
    if (cell !== null) change.set(cell, (change.get(cell) ?? 0) + by);
  };
  const cells = people.map(({ bits, segment, newKey }) => {
    if (bits === null) return null;
    const number = segment ?? added.get(newKey ?? '');
    if (number === undefined) throw new Error('A segment has no number');
    return number * CELL_BITS + bits;
  });
  for (const [i, { old }] of people.entries()) {
    move(old, -1);
    move(cells[i] ?? null, 1);
  }
  await addToCells(
    store,
    db,
    tenantId,
    [...change].filter(([, by]) => by !== 0),
  );
  return cells;
}

/** Numbers the pairs of department and country that are met for the first time, by their keys. */
async function addSegments(
  store: Store,
  db: Db,
  tenantId: number,
  people: readonly Placed[],
): Promise<Map<string, number>> {
  const { personSegment: segment } = store.t;
  const news = new Map<string, Placed>();
  for (const one of people) if (one.bits !== null && one.newKey !== null) news.set(one.newKey, one);
  if (news.size === 0) return new Map();
  const [row] = await db
    .select({ last: sql<number>`coalesce(max(${segment.id}), 0)`.mapWith(Number) })
    .from(segment)
    .where(sql`${segment.tenantId} = ${tenantId}`);
  const last = row?.last ?? 0;
  const rows = [...news].map(([key, { department, country }], i) => ({
    tenantId,
    id: last + i + 1,
    key,
    department,
    country,
  }));
  await bulkInsert(store, db, segment, rows);
  return new Map(rows.map(({ key, id }) => [key, id]));
}

async function addToCells(
  store: Store,
  db: Db,
  tenantId: number,
  changes: [cell: number, by: number][],
): Promise<void> {
  if (changes.length === 0) return;
  const { personCell } = store.t;
  const empty = changes.map(([id]) => ({ tenantId, id, people: 0, edition: 0 }));
  await bulkInsert(store, db, personCell, empty, { target: ['tenantId', 'id'], update: [] });
  const rows = store.dialect.jsonRows(
    changes.map((change) => [tenantId, ...change]),
    ['int', 'int', 'int'],
  );
  await store.dialect.run(
    db,
    sql`update person_cell
        set people = people + change.c2,
          edition = (select edition.edition from people_edition as edition where edition.tenant_id = ${tenantId})
        from ${rows} as change
        where person_cell.tenant_id = change.c0 and person_cell.id = change.c1`,
  );
}

const TYPES = { kind: 'text', state_id: 'int', state_day: 'text', cell_id: 'int' } as const;

/** Sets columns of people: `rows` hold the number of the person and the values, in the order of `set`. */
export async function setPeople(
  store: Store,
  db: Db,
  tenantId: number,
  { rows, set }: { rows: unknown[][]; set: (keyof typeof TYPES)[] },
): Promise<void> {
  if (rows.length === 0) return;
  const types: ColumnType[] = ['int', 'int', ...set.map((column) => TYPES[column])];
  const columns = sql.raw(set.map((column, i) => `${column} = change.c${i + 2}`).join(', '));
  // The tenant comes with each row: were it a constant, SQLite would read all of its people first.
  const change = store.dialect.jsonRows(
    rows.map((row) => [tenantId, ...row]),
    types,
  );
  await store.dialect.run(
    db,
    sql`update person set ${columns} from ${change} as change
        where person.tenant_id = change.c0 and person.id = change.c1`,
  );
}

/**
 * Counts people of the last snapshot who are in no cell yet: a database of an older program. Does
 * nothing where everybody is counted. At the start of a run; killed, the next one goes on.
 */
export async function fillCells(lease: HeldLease): Promise<void> {
  const { store, tenantId } = lease;
  await inChunks((size) =>
    lease.tx(async (db) => {
      const rows = await store.dialect.rows<{ id: number }>(
        db,
        sql`select id from person
            where tenant_id = ${tenantId} and kind is not null and cell_id is null
            order by id limit ${size}`,
      );
      await recell(
        store,
        db,
        tenantId,
        rows.map(({ id }) => id),
      );
      return rows.length;
    }),
  );
}
