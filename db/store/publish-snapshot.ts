import { and, eq, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Moves } from '../../domain/registration-moves.ts';
import { type Cell, registrationSummary } from '../../domain/registration-summary.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db, Store } from '../store-types.ts';
import { applyExclusions } from './apply-exclusions.ts';
import { applyChanges } from './apply-snapshot.ts';
import { inChunks } from './chunks.ts';
import { countMoves, excludedOn } from './count-moves.ts';
import type { HeldLease } from './lease.ts';
import { noteMovedDays } from './moved-days.ts';
import { isEdition, peopleEdition } from './people-edition.ts';
import { StateDictionary } from './registration-states.ts';
import { dropPending } from './snapshot.ts';
import { type SnapshotKey, writeEarly } from './snapshot-counts.ts';

/** Graph's own totals of the same run; null where it gave none. */
export interface GraphTotal {
  userTypes: 'all' | 'member' | 'guest';
  /** '' is the total. */
  feature: string;
  people: number;
}

/**
 * Makes a completely read snapshot the one that counts (P1): first it is marked
 * complete, then its changes are applied in short transactions, then counts and
 * the flag that shows them are written in one. Killed anywhere on the way, the
 * next run finishes it (`finishSnapshots`).
 */
export async function publishSnapshot(
  lease: HeldLease,
  {
    id,
    people,
    rejected,
    totals,
  }: { id: number; people: number; rejected: number; totals: GraphTotal[] },
): Promise<void> {
  const { store, tenantId } = lease;
  const { registrationSnapshot: snapshot, graphTotal } = store.t;
  await lease.tx(async (db) => {
    await db
      .update(snapshot)
      .set({ state: 'complete', people, rejected })
      .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.id, id)));
    const rows = totals.map((total) => ({ tenantId, snapshotId: id, ...total }));
    await bulkInsert(store, db, graphTotal, rows, {
      target: ['tenantId', 'snapshotId', 'userTypes', 'feature'],
      update: ['people'],
    });
  });
  await applyAndShow(lease, id);
}

/** Ends what a killed run left: finishes complete snapshots, drops half-read ones. */
export async function finishSnapshots(lease: HeldLease): Promise<void> {
  const { store, tenantId } = lease;
  const { registrationSnapshot: snapshot } = store.t;
  const rows = await store.read
    .select({ id: snapshot.id, state: snapshot.state })
    .from(snapshot)
    .where(and(eq(snapshot.tenantId, tenantId), sql`${snapshot.state} in ('reading', 'complete')`))
    .orderBy(snapshot.id);
  for (const { id, state } of rows) {
    if (state === 'complete') await applyAndShow(lease, id);
    else {
      await dropPending(lease, id);
      await lease.tx(async (db) => {
        await db
          .update(snapshot)
          .set({ state: 'dropped' })
          .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.id, id)));
      });
    }
  }
}

async function applyAndShow(lease: HeldLease, id: number): Promise<void> {
  await inChunks((size) => lease.tx((db) => applyChanges(lease, db, id, size)));
  const snapshot = { id, day: await dayOf(lease, id) };
  await applyExclusions(lease, { day: snapshot.day });
  // Somebody may be excluded while everybody is counted: then they are counted again.
  while (!(await countAndShow(lease, snapshot)));
}

/** Answers false where exclusions changed meanwhile: nothing is shown then. */
async function countAndShow(
  lease: HeldLease,
  snapshot: { id: number; day: Day },
): Promise<boolean> {
  const { store, tenantId } = lease;
  const { edition } = await peopleEdition(store, store.read, tenantId);
  const states = (await StateDictionary.load(store, tenantId)).byId;
  const summary = registrationSummary(await cells(store, tenantId, snapshot.day), states);
  const moves = await countMoves(store, { tenantId, snapshot, states });
  const writeRest = await writeEarly(lease, snapshot.id, summary);
  return lease.tx(async (db) => {
    if (!(await isEdition(store, db, { tenantId, edition }))) return false;
    await writeRest(db);
    await writeMoves(store, db, { tenantId, snapshotId: snapshot.id }, moves);
    await noteMovedDays(store, db, { tenantId, days: [snapshot.day] });
    await show(store, db, { tenantId, ...snapshot, unknownAdmin: summary.unknownAdmin });
    return true;
  });
}

async function dayOf({ store, tenantId }: HeldLease, id: number): Promise<Day> {
  const { registrationSnapshot: snapshot } = store.t;
  const [row] = await store.read
    .select({ day: snapshot.day })
    .from(snapshot)
    .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.id, id)));
  if (!row) throw new Error('The snapshot is gone');
  return row.day;
}

/** How many people changed sides since the snapshot before; of the first one nothing is known. */
async function writeMoves(
  { t: { registrationMove: table } }: Store,
  db: Db,
  { tenantId, snapshotId }: SnapshotKey,
  moves: Moves | null,
): Promise<void> {
  if (!moves) return;
  await db
    .insert(table)
    .values({ tenantId, snapshotId, ...moves })
    .onConflictDoUpdate({ target: [table.tenantId, table.snapshotId], set: moves });
}

/** One row per distinct combination of state, segment and exclusion, of everybody in the snapshot. */
async function cells(store: Store, tenantId: number, day: Day): Promise<Cell[]> {
  const rows = await store.dialect.rows<Omit<Cell, 'excluded'> & { excluded: number }>(
    store.read,
    sql`select state_id as "stateId", department, country, office, company, excluded, count(*) as people
        from (
          select state_id, department, country, office, company,
            ${excludedOn(tenantId, sql`person.id`, day)} as excluded
          from person
          where tenant_id = ${tenantId} and state_id is not null
        ) as everybody
        group by state_id, department, country, office, company, excluded`,
  );
  return rows.map((row) => ({ ...row, excluded: row.excluded === 1 }));
}

/** The last step: from here on the snapshot is the one that counts for its day. */
async function show(
  { t: { registrationSnapshot: snapshot } }: Store,
  db: Db,
  {
    tenantId,
    id,
    day,
    unknownAdmin,
  }: { tenantId: number; id: number; day: Day; unknownAdmin: number },
): Promise<void> {
  await db
    .update(snapshot)
    .set({ lastOfDay: false })
    .where(
      and(eq(snapshot.tenantId, tenantId), eq(snapshot.lastOfDay, true), eq(snapshot.day, day)),
    );
  await db
    .update(snapshot)
    .set({ state: 'published', lastOfDay: true, unknownAdmin })
    .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.id, id)));
}
