import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Moves } from '../../domain/registration-moves.ts';
import type { RegistrationSummary } from '../../domain/registration-summary.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db, Store } from '../store-types.ts';
import type { SnapshotKey } from './snapshot-counts.ts';

/** What stands in a table of counts: whom a row counts, how many they are, and parts of them. */
interface Shape {
  key: string[];
  whole: string;
  parts: string[];
}

const SHAPES = {
  registrationCount: {
    key: ['dimension', 'value'],
    whole: 'population',
    parts: ['enabled', 'registered', 'capable', 'mfaCapable'],
  },
  registrationMethod: { key: ['method'], whole: 'people', parts: [] },
  registrationDepth: { key: ['families'], whole: 'people', parts: [] },
  registrationStateCount: { key: ['stateId'], whole: 'people', parts: [] },
  registrationFamily: { key: ['family'], whole: 'people', parts: ['only'] },
} satisfies Record<string, Shape>;

/**
 * Adds a difference, whose counts may be negative, to the counts of a published snapshot, in a transaction
 * that holds the edition. A value that nobody has any more loses its row, as if the snapshot had been
 * published so. No count goes below 0 and no part above its whole: /users may have moved somebody after
 * the snapshot was counted.
 */
export async function addToCounts(
  store: Store,
  db: Db,
  key: SnapshotKey,
  { counts, methods, depth, states, families, unknownAdmin }: RegistrationSummary,
): Promise<void> {
  await add(store, db, key, 'registrationCount', counts);
  await add(store, db, key, 'registrationMethod', methods);
  await add(store, db, key, 'registrationDepth', depth);
  // Snapshots that an older program published have no counts by state.
  if (await hasStates(store, db, key)) {
    await add(store, db, key, 'registrationStateCount', states);
    await add(store, db, key, 'registrationFamily', families);
  }
  const { registrationSnapshot: snapshot } = store.t;
  if (unknownAdmin !== 0)
    await db
      .update(snapshot)
      .set({ unknownAdmin: sql`${snapshot.unknownAdmin} + ${unknownAdmin}` })
      .where(and(eq(snapshot.tenantId, key.tenantId), eq(snapshot.id, key.snapshotId)));
}

/** Adds a difference to the moves of a snapshot; the first one has none. */
export async function addMoves(
  { t: { registrationMove: table } }: Store,
  db: Db,
  { tenantId, snapshotId }: SnapshotKey,
  { gained, lost, arrived, departed }: Moves,
): Promise<void> {
  if ([gained, lost, arrived, departed].every((people) => people === 0)) return;
  await db
    .update(table)
    .set({
      gained: sql`${table.gained} + ${gained}`,
      lost: sql`${table.lost} + ${lost}`,
      arrived: sql`${table.arrived} + ${arrived}`,
      departed: sql`${table.departed} + ${departed}`,
    })
    .where(and(eq(table.tenantId, tenantId), eq(table.snapshotId, snapshotId)));
}

async function hasStates(store: Store, db: Db, key: SnapshotKey): Promise<boolean> {
  const { registrationStateCount: states, registrationDepth: depth } = store.t;
  const [counted] = await db.select().from(states).where(ofSnapshot(states, key)).limit(1);
  if (counted) return true;
  const [older] = await db.select().from(depth).where(ofSnapshot(depth, key)).limit(1);
  return older === undefined; // then the population is empty
}

type Row = Record<string, unknown>;

async function add(
  store: Store,
  db: Db,
  key: SnapshotKey,
  name: keyof typeof SHAPES,
  added: readonly object[],
): Promise<void> {
  const table: SQLiteTable = store.t[name];
  const columns = columnsOf(table);
  const shape: Shape = SHAPES[name];
  const differences = (added as Row[]).filter((row) =>
    [shape.whole, ...shape.parts].some((count) => row[count] !== 0),
  );
  if (differences.length === 0) return;
  const keyOf = (row: Row) => JSON.stringify(shape.key.map((part) => row[part]));
  const stored = new Map<string, Row>();
  for (const row of await storedRows(store, db, { key, name, differences }))
    stored.set(keyOf(row), row);
  const rows = differences.map((row) => ({
    ...key,
    ...row,
    ...summed(stored.get(keyOf(row)) ?? {}, row, shape),
  }));
  const gone = rows.filter((row: Row) => row[shape.whole] === 0);
  const left = rows.filter((row: Row) => row[shape.whole] !== 0);
  await bulkInsert(store, db, table, left, {
    target: ['tenantId', 'snapshotId', ...shape.key] as never[],
    update: [shape.whole, ...shape.parts] as never[],
  });
  for (const row of gone as Row[]) {
    const own = shape.key.map((part) => eq(columns[part] as SQLiteColumn, row[part]));
    await db.delete(table).where(and(ofSnapshot(table, key), ...own));
  }
}

/** The rows that are to be changed; of a dimension with many values not all the others. */
async function storedRows(
  { t, dialect }: Store,
  db: Db,
  { key, name, differences }: { key: SnapshotKey; name: keyof typeof SHAPES; differences: Row[] },
): Promise<Row[]> {
  if (name !== 'registrationCount') {
    const table: SQLiteTable = t[name];
    return db.select().from(table).where(ofSnapshot(table, key));
  }
  const { registrationCount: table } = t;
  const asked = dialect.jsonRows(
    differences.map(({ dimension, value }) => [dimension, value]),
    ['text', 'text'],
  );
  return db
    .select()
    .from(table)
    .where(
      and(
        ofSnapshot(table, key),
        sql`(${table.dimension}, ${table.value}) in (select c0, c1 from ${asked} as asked)`,
      ),
    );
}

function summed(stored: Row, added: Row, { whole, parts }: Shape): Record<string, number> {
  const sum = (count: string) =>
    Math.max(0, Number(stored[count] ?? 0) + Number(added[count] ?? 0));
  const people = sum(whole);
  const rest = parts.map((part) => [part, Math.min(people, sum(part))]);
  return { [whole]: people, ...Object.fromEntries(rest) };
}

const columnsOf = (table: SQLiteTable) => getTableColumns(table) as Record<string, SQLiteColumn>;

function ofSnapshot(table: SQLiteTable, { tenantId, snapshotId }: SnapshotKey) {
  const columns = columnsOf(table);
  return and(
    eq(columns.tenantId as SQLiteColumn, tenantId),
    eq(columns.snapshotId as SQLiteColumn, snapshotId),
  );
}
