import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { addDays, type DayCutter } from '../../domain/day.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import { inChunks } from '../store/chunks.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db, Store } from '../store-types.ts';
import { noteDays, noteFlows } from './dirty.ts';

/**
 * Cuts everything stored into the days of another zone: records, snapshots, then
 * (by noting all of them) flows, incidents and daily counts. Killed half way it is
 * begun again: the tenant's zone changes last.
 */
export async function recut(lease: HeldLease, cutter: DayCutter): Promise<void> {
  await noteEverything(lease);
  await recutRecords(lease, cutter);
  await recutSnapshots(lease, cutter);
  await recutStates(lease);
  const { tenant } = lease.store.t;
  await lease.tx(async (db) => {
    await db.update(tenant).set({ timeZone: cutter.timeZone }).where(eq(tenant.id, lease.tenantId));
  });
}

/** Notes all flows, and all days that have counts, to be worked out again. */
export async function noteEverything(lease: HeldLease): Promise<void> {
  const { store, tenantId } = lease;
  const { auditRecord, resetDaily, verificationCount, watchedCount } = store.t;
  const { registrationSnapshot } = store.t;
  for (const table of [resetDaily, verificationCount, watchedCount, registrationSnapshot]) {
    const days = await store.read
      .selectDistinct({ day: table.day })
      .from(table)
      .where(eq(table.tenantId, tenantId));
    await lease.tx((db) =>
      noteDays(
        lease,
        db,
        // Of what happened early on a day, the hour may have begun the day before.
        days.flatMap(({ day }) => [addDays(day, -1), day]),
      ),
    );
  }
  let after = '';
  await inChunks(async (size) => {
    const rows = await store.read
      .selectDistinct({ flowId: auditRecord.flowId })
      .from(auditRecord)
      .where(
        and(
          eq(auditRecord.tenantId, tenantId),
          isNotNull(auditRecord.flowId),
          gt(auditRecord.flowId, after),
        ),
      )
      .orderBy(asc(auditRecord.flowId))
      .limit(size);
    const ids = rows.map(({ flowId }) => flowId as string);
    if (ids.length > 0) await lease.tx((db) => noteFlows(lease, db, ids));
    after = ids.at(-1) ?? after;
    return ids.length;
  });
}

async function recutRecords(lease: HeldLease, cutter: DayCutter): Promise<void> {
  const { store, tenantId } = lease;
  const { auditRecord } = store.t;
  let after = '';
  await inChunks(async (size) => {
    const rows = await store.read
      .select({ id: auditRecord.id, occurredAt: auditRecord.occurredAt, day: auditRecord.day })
      .from(auditRecord)
      .where(and(eq(auditRecord.tenantId, tenantId), gt(auditRecord.id, after)))
      .orderBy(asc(auditRecord.id))
      .limit(size);
    const moved = Map.groupBy(
      rows.filter(({ day, occurredAt }) => cutter.dayOf(occurredAt) !== day),
      ({ occurredAt }) => cutter.dayOf(occurredAt),
    );
    await lease.tx(async (db) => {
      for (const [day, group] of moved)
        await db
          .update(auditRecord)
          .set({ day })
          .where(
            and(
              eq(auditRecord.tenantId, tenantId),
              sql`${auditRecord.id} in ${store.dialect.inList(group.map(({ id }) => id))}`,
            ),
          );
    });
    after = rows.at(-1)?.id ?? after;
    return rows.length;
  });
}

/** The last published snapshot of each new day becomes the one that counts for it. */
async function recutSnapshots(lease: HeldLease, cutter: DayCutter): Promise<void> {
  const { store, tenantId } = lease;
  const { registrationSnapshot: snapshot } = store.t;
  const rows = await store.read
    .select()
    .from(snapshot)
    .where(eq(snapshot.tenantId, tenantId))
    .orderBy(asc(snapshot.takenAt), asc(snapshot.id));
  const published = rows.filter(({ state }) => state === 'published');
  const lastByDay = new Map(published.map(({ id, takenAt }) => [cutter.dayOf(takenAt), id]));
  const recutRows = rows.map((row) => {
    const day = cutter.dayOf(row.takenAt);
    return { ...row, day, lastOfDay: lastByDay.get(day) === row.id };
  });
  for (let i = 0; i < recutRows.length; i += 500)
    await lease.tx((db) =>
      bulkInsert(store, db, snapshot, recutRows.slice(i, i + 500), {
        target: ['tenantId', 'id'],
        update: ['day', 'lastOfDay'],
      }),
    );
  const moved = recutRows.map(({ day }) => day);
  await lease.tx((db) => noteDays(lease, db, moved));
}

/** The day since which a person is in the present state is that of the snapshot with the last change. */
async function recutStates(lease: HeldLease): Promise<void> {
  const { store, tenantId } = lease;
  const { person } = store.t;
  let after = 0;
  await inChunks(async (size) => {
    const ids = await store.read
      .select({ id: person.id })
      .from(person)
      .where(and(eq(person.tenantId, tenantId), gt(person.id, after)))
      .orderBy(asc(person.id))
      .limit(size);
    const upTo = ids.at(-1)?.id;
    if (upTo === undefined) return 0;
    await lease.tx((db) => recutStateDays(store, db, { tenantId, after, upTo }));
    after = upTo;
    return ids.length;
  });
}

async function recutStateDays(
  { dialect }: Store,
  db: Db,
  { tenantId, after, upTo }: { tenantId: number; after: number; upTo: number },
): Promise<void> {
  await dialect.run(
    db,
    sql`update person
        set state_day = (
          select snapshot.day
          from registration_change as change
          join registration_snapshot as snapshot
            on snapshot.tenant_id = change.tenant_id and snapshot.id = change.snapshot_id
          where change.tenant_id = ${tenantId} and change.person_id = person.id
          order by change.snapshot_id desc
          limit 1
        )
        where tenant_id = ${tenantId} and id > ${after} and id <= ${upTo} and state_day is not null`,
  );
}
