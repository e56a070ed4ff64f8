import { and, eq, sql } from 'drizzle-orm';
import { registrationSummary } from '../../domain/registration-summary.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db, SQL, Store } from '../store-types.ts';
import { inChunks } from './chunks.ts';
import type { HeldLease } from './lease.ts';
import { StateDictionary } from './registration-states.ts';
import { dropPending } from './snapshot.ts';

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
  const { store, tenantId } = lease;
  const states = await StateDictionary.load(store, tenantId);
  const summary = registrationSummary(await cells(store, tenantId), states.byId);
  const key = { tenantId, snapshotId: id };
  const counts = summary.counts.map((row) => ({ ...key, ...row }));
  const methods = summary.methods.map((row) => ({ ...key, ...row }));
  const depth = summary.depth.map((row) => ({ ...key, ...row }));
  const { t } = store;
  // Of many values (offices, companies) most are written before, where nobody looks yet.
  const early = Math.max(0, counts.length - AT_ONCE);
  for (let i = 0; i < early; i += AT_ONCE)
    await lease.tx(async (db) => {
      if (i === 0) await forgetCounts(store, db, key);
      await storeCounts(store, db, counts.slice(i, Math.min(i + AT_ONCE, early)));
    });
  await lease.tx(async (db) => {
    if (early === 0) await forgetCounts(store, db, key);
    await storeCounts(store, db, counts.slice(early));
    await bulkInsert(store, db, t.registrationMethod, methods, {
      target: ['tenantId', 'snapshotId', 'method'],
      update: ['people'],
    });
    await bulkInsert(store, db, t.registrationDepth, depth, {
      target: ['tenantId', 'snapshotId', 'families'],
      update: ['people'],
    });
    await show(store, db, { tenantId, id, unknownAdmin: summary.unknownAdmin });
  });
}

/** Rows of one transaction. */
const AT_ONCE = 1000;

/** A killed run may have counted values that nobody has any more. */
async function forgetCounts(
  { t: { registrationCount: counts } }: Store,
  db: Db,
  { tenantId, snapshotId }: { tenantId: number; snapshotId: number },
): Promise<void> {
  await db
    .delete(counts)
    .where(and(eq(counts.tenantId, tenantId), eq(counts.snapshotId, snapshotId)));
}

function storeCounts(
  store: Store,
  db: Db,
  rows: Store['t']['registrationCount']['$inferInsert'][],
): Promise<void> {
  return bulkInsert(store, db, store.t.registrationCount, rows, {
    target: ['tenantId', 'dimension', 'value', 'snapshotId'],
    update: ['population', 'enabled', 'registered', 'capable', 'mfaCapable'],
  });
}

/** Moves the next `size` pending changes into people and history; answers how many there were. */
async function applyChanges(
  { store, tenantId }: HeldLease,
  db: Db,
  snapshotId: number,
  size: number,
): Promise<number> {
  const { registrationPending: pending } = store.t;
  const [edge] = await db
    .select({ personId: pending.personId })
    .from(pending)
    .where(and(eq(pending.tenantId, tenantId), eq(pending.snapshotId, snapshotId)))
    .orderBy(pending.personId)
    .limit(1)
    .offset(size - 1);
  // Fewer than `size` are left: take them all.
  const upTo = edge?.personId ?? Number.MAX_SAFE_INTEGER;
  const chosen = sql`tenant_id = ${tenantId} and snapshot_id = ${snapshotId} and person_id <= ${upTo}`;
  // A repeated page may have pended what is true already; that is no change.
  await store.dialect.run(
    db,
    sql`insert into registration_change (tenant_id, person_id, snapshot_id, state_id)
        select pending.tenant_id, pending.person_id, pending.snapshot_id, pending.state_id
        from (select * from registration_pending where ${chosen}) as pending
        join person on person.tenant_id = pending.tenant_id and person.id = pending.person_id
        where person.state_id is distinct from pending.state_id
        on conflict (tenant_id, person_id, snapshot_id) do nothing`,
  );
  for (const step of STEPS) await setWhereDiffers(store, db, { tenantId, chosen, ...step });
  return store.dialect.run(db, sql`delete from registration_pending where ${chosen}`);
}

/**
 * A column that is named in an update costs the indexes it stands in, also where it stays the same:
 * what stands in all of them comes first, then what stands in fewer.
 */
const STEPS = [
  { differ: ['kind', 'is_admin'], set: ['kind', 'is_admin', 'reason', 'state_id'] },
  { differ: ['reason'], set: ['reason', 'state_id'] },
  { differ: ['state_id'], set: ['state_id'] },
];

/** Sets columns of the people of the chosen pending changes, where one of `differ` is another. */
async function setWhereDiffers(
  store: Store,
  db: Db,
  {
    tenantId,
    chosen,
    differ,
    set,
  }: { tenantId: number; chosen: SQL; differ: string[]; set: string[] },
): Promise<void> {
  const each = (columns: string[], make: (column: string) => string, between: string) =>
    sql.raw(columns.map(make).join(between));
  await store.dialect.run(
    db,
    sql`update person
        set ${each(set, (column) => `${column} = change.${column}`, ', ')}
        from (
          select pending.person_id, pending.state_id, state.reason,
            case when state.user_class in ('member', 'unknown_type') then 'member'
                 else state.user_class end as kind,
            case when state.id is null then null else coalesce(state.admin, ${falseOf(store)}) end as is_admin
          from (select * from registration_pending where ${chosen}) as pending
          left join registration_state as state
            on state.tenant_id = ${tenantId} and state.id = pending.state_id
        ) as change
        where person.tenant_id = ${tenantId} and person.id = change.person_id
          and (${each(differ, (column) => `person.${column} is distinct from change.${column}`, ' or ')})`,
  );
}

// SQLite has no booleans: Drizzle writes them as 0 and 1, and so must we.
const falseOf = ({ engine }: Store) => (engine === 'sqlite' ? sql`0` : sql`false`);

/** One row per distinct combination of segment and state, of everybody in the snapshot. */
function cells({ t: { person }, read }: Store, tenantId: number) {
  return read
    .select({
      stateId: sql<number>`${person.stateId}`.mapWith(Number),
      department: person.department,
      country: person.country,
      office: person.office,
      company: person.company,
      people: sql<number>`count(*)`.mapWith(Number),
    })
    .from(person)
    .where(and(eq(person.tenantId, tenantId), sql`${person.stateId} is not null`))
    .groupBy(person.stateId, person.department, person.country, person.office, person.company);
}

/** The last step: from here on the snapshot is the one that counts for its day. */
async function show(
  { t: { registrationSnapshot: snapshot } }: Store,
  db: Db,
  { tenantId, id, unknownAdmin }: { tenantId: number; id: number; unknownAdmin: number },
): Promise<void> {
  const own = and(eq(snapshot.tenantId, tenantId), eq(snapshot.id, id));
  const [row] = await db.select({ day: snapshot.day }).from(snapshot).where(own);
  if (!row) throw new Error('The snapshot is gone');
  await db
    .update(snapshot)
    .set({ lastOfDay: false })
    .where(
      and(eq(snapshot.tenantId, tenantId), eq(snapshot.lastOfDay, true), eq(snapshot.day, row.day)),
    );
  await db.update(snapshot).set({ state: 'published', lastOfDay: true, unknownAdmin }).where(own);
}
