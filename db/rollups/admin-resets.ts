import { and, desc, eq, inArray } from 'drizzle-orm';
import { type AdminReset, adminResetKinds } from '../../domain/admin-reset.ts';
import type { DayCutter } from '../../domain/day.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import { auditRecords } from '../queries/audit-records.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db, Store } from '../store-types.ts';
import { hourDay, noteDays, notePeople, whoOfReset } from './dirty.ts';

/** Rows of one transaction: small enough to stay under 50 ms. */
const AT_ONCE = 500;

/**
 * Decides for every admin reset whether it counts. All of them, each time: what is
 * a mass reset depends on its neighbours and on the population, and what is a first
 * password on when /users was read. Only what came out otherwise is written.
 */
export async function rollUpAdminResets(
  lease: HeldLease,
  { automationAccounts, cutter }: { automationAccounts: string[]; cutter: DayCutter },
): Promise<void> {
  const { store, tenantId } = lease;
  const { auditRecord, adminReset } = store.t;
  const found = await auditRecords(store, tenantId, eq(auditRecord.mark, 'admin_reset'));
  const resets = adminResetKinds(
    found.map(({ record }) => record),
    {
      createdAt: await createdTimes(store, tenantId),
      population: await latestPopulation(store, tenantId),
      automationAccounts,
    },
  );
  const rows = resets.map((reset) => toRow(reset, tenantId, cutter));
  const stored = await store.read
    .select()
    .from(adminReset)
    .where(eq(adminReset.tenantId, tenantId));
  const before = new Map(stored.map((row) => [row.id, row]));
  const changed = rows.filter((row) => {
    const old = before.get(row.id);
    return !old || DECIDED.some((column) => old[column] !== row[column]);
  });
  const ids = new Set(rows.map(({ id }) => id));
  const gone = stored.filter(({ id }) => !ids.has(id));
  for (let i = 0; i < changed.length; i += AT_ONCE) {
    const part = changed.slice(i, i + AT_ONCE);
    await lease.tx((db) => replace(lease, db, { rows: part, before, cutter }));
  }
  for (let i = 0; i < gone.length; i += AT_ONCE)
    await lease.tx((db) => remove(lease, db, gone.slice(i, i + AT_ONCE), cutter));
}

/** What is decided here; the rest of a row is decided with the person's incidents. */
const DECIDED = ['kind', 'personId', 'occurredAt', 'day', 'operatorId', 'agent'] as const;

type Row = HeldLease['store']['t']['adminReset']['$inferSelect'];

function toRow({ at, ...reset }: AdminReset, tenantId: number, cutter: DayCutter): Row {
  const nothingYet = { incidentId: null, bypassId: null, settling: false };
  return { tenantId, ...reset, occurredAt: at, day: cutter.dayOf(at), ...nothingYet };
}

async function replace(
  lease: HeldLease,
  db: Db,
  { rows, before, cutter }: { rows: Row[]; before: Map<string, Row>; cutter: DayCutter },
) {
  const old = rows.flatMap(({ id }) => before.get(id) ?? []);
  await bulkInsert(lease.store, db, lease.store.t.adminReset, rows, {
    target: ['tenantId', 'id'],
    update: [...DECIDED, 'incidentId', 'bypassId', 'settling'],
  });
  await note(lease, db, [...old, ...rows], cutter);
}

/** Rows whose record Graph corrected to something else. */
async function remove(lease: HeldLease, db: Db, rows: Row[], cutter: DayCutter) {
  const { adminReset } = lease.store.t;
  const ids = rows.map(({ id }) => id);
  await db
    .delete(adminReset)
    .where(and(eq(adminReset.tenantId, lease.tenantId), inArray(adminReset.id, ids)));
  await note(lease, db, rows, cutter);
}

async function note(lease: HeldLease, db: Db, rows: Row[], cutter: DayCutter) {
  await notePeople(lease, db, rows.map(whoOfReset));
  await noteDays(
    lease,
    db,
    rows.flatMap(({ day, occurredAt }) => [day, hourDay(occurredAt, cutter)]),
  );
}

/** When the people whom an admin ever gave a password were created, as far as /users told. */
async function createdTimes({ t: { person, auditRecord }, read }: Store, tenantId: number) {
  const rows = await read
    .selectDistinct({ objectId: person.objectId, createdAt: person.createdAt })
    .from(auditRecord)
    .innerJoin(
      person,
      and(eq(person.tenantId, auditRecord.tenantId), eq(person.objectId, auditRecord.targetId)),
    )
    .where(and(eq(auditRecord.tenantId, tenantId), eq(auditRecord.mark, 'admin_reset')));
  const byId = new Map(rows.map(({ objectId, createdAt }) => [objectId, createdAt]));
  return (personId: string) => byId.get(personId) ?? null;
}

/** Population of the last complete snapshot; null before the first. */
async function latestPopulation(
  { t: { registrationCount: counts, registrationSnapshot: snapshot }, read }: Store,
  tenantId: number,
): Promise<number | null> {
  const [row] = await read
    .select({ population: counts.population })
    .from(snapshot)
    .innerJoin(
      counts,
      and(
        eq(counts.tenantId, snapshot.tenantId),
        eq(counts.snapshotId, snapshot.id),
        eq(counts.dimension, 'all'),
        eq(counts.value, ''),
      ),
    )
    .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.lastOfDay, true)))
    .orderBy(desc(snapshot.day))
    .limit(1);
  return row?.population ?? null;
}
