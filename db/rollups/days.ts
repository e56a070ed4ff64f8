import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { type Day, type DayCutter, HOUR_MS } from '../../domain/day.ts';
import { byHour, verificationCounts } from '../../domain/verification-count.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db } from '../store-types.ts';
import { dayDone, nextDays } from './dirty.ts';

/** Rebuilds the daily and hourly counts of every noted day, one transaction a day. */
export async function rollUpDays(
  lease: HeldLease,
  { cutter, onProgress }: { cutter: DayCutter; onProgress: (done: number) => void },
): Promise<void> {
  let done = 0;
  for (;;) {
    const days = await nextDays(lease, 200);
    if (days.length === 0) return;
    for (const day of days) {
      await lease.tx(async (db) => {
        await replaceResets(lease, db, day);
        await replaceVerifications(lease, db, day, cutter);
        await dayDone(lease, db, day);
      });
      onProgress(++done);
    }
  }
}

async function replaceResets(lease: HeldLease, db: Db, day: Day): Promise<void> {
  const { store, tenantId } = lease;
  const { resetDaily } = store.t;
  const row = {
    tenantId,
    day,
    ...(await flowCounts(lease, db, day)),
    ...(await incidentCounts(lease, db, day)),
    ...(await adminCounts(lease, db, day)),
  };
  // A day from which everything has moved away has no row, as if nothing had ever been there.
  const own = and(eq(resetDaily.tenantId, tenantId), eq(resetDaily.day, day));
  await db.delete(resetDaily).where(own);
  if (hasAny(row)) await db.insert(resetDaily).values(row);
}

function hasAny({
  tenantId: _,
  day: __,
  resetMs: ___,
  ...counts
}: {
  tenantId: number;
  day: Day;
  resetMs: number[];
}) {
  return Object.values(counts).some((count) => count !== 0);
}

async function flowCounts({ store, tenantId }: HeldLease, db: Db, day: Day) {
  const { flow } = store.t;
  const own = and(eq(flow.tenantId, tenantId), eq(flow.day, day));
  const rows = await db
    .select({ outcome: flow.outcome, flows: sql<number>`count(*)`.mapWith(Number) })
    .from(flow)
    .where(own)
    .groupBy(flow.outcome);
  const count = new Map(rows.map(({ outcome, flows }) => [outcome, flows]));
  const completed = await db
    .select({ startedAt: flow.startedAt, succeededAt: flow.succeededAt })
    .from(flow)
    .where(and(own, eq(flow.outcome, 'completed')));
  return {
    started: rows.reduce((sum, { flows }) => sum + flows, 0),
    completed: count.get('completed') ?? 0,
    unlocked: count.get('unlocked') ?? 0,
    contactedAdmin: count.get('contacted_admin') ?? 0,
    blocked: count.get('blocked') ?? 0,
    notEntitled: count.get('not_entitled') ?? 0,
    failed: count.get('failed') ?? 0,
    cancelled: count.get('cancelled') ?? 0,
    abandoned: count.get('abandoned') ?? 0,
    inProgress: count.get('in_progress') ?? 0,
    resetMs: completed
      .flatMap(({ startedAt, succeededAt }) =>
        succeededAt === null ? [] : succeededAt - startedAt,
      )
      .sort((a, b) => a - b),
  };
}

async function incidentCounts({ store, tenantId }: HeldLease, db: Db, day: Day) {
  const { incident } = store.t;
  const rows = await db
    .select({
      outcome: incident.outcome,
      settling: incident.settling,
      incidents: sql<number>`count(*)`.mapWith(Number),
    })
    .from(incident)
    .where(and(eq(incident.tenantId, tenantId), eq(incident.day, day)))
    .groupBy(incident.outcome, incident.settling);
  const settled = rows.filter(({ settling }) => !settling);
  const count = new Map(settled.map(({ outcome, incidents }) => [outcome, incidents]));
  return {
    selfServedFirst: count.get('self_served_first') ?? 0,
    selfServedRetry: count.get('self_served_retry') ?? 0,
    fellBack: count.get('fell_back') ?? 0,
    incidentsAbandoned: count.get('abandoned') ?? 0,
    settling: rows.reduce((sum, row) => sum + (row.settling ? row.incidents : 0), 0),
  };
}

async function adminCounts({ store, tenantId }: HeldLease, db: Db, day: Day) {
  const { adminReset } = store.t;
  const rows = await db
    .select({ id: adminReset.id, bypassId: adminReset.bypassId, settling: adminReset.settling })
    .from(adminReset)
    .where(
      and(
        eq(adminReset.tenantId, tenantId),
        eq(adminReset.day, day),
        eq(adminReset.kind, 'counted'),
      ),
    );
  // A chain of resets is one bypass, on the day of its first.
  const bypasses = rows.filter(({ id, bypassId }) => id === bypassId);
  return {
    adminResets: rows.length,
    bypasses: bypasses.filter(({ settling }) => !settling).length,
    settlingBypasses: bypasses.filter(({ settling }) => settling).length,
  };
}

async function replaceVerifications(lease: HeldLease, db: Db, day: Day, cutter: DayCutter) {
  const { store, tenantId } = lease;
  const { failedVerification: failed, verificationCount } = store.t;
  const since = cutter.startOf(day);
  const until = cutter.endOf(day);
  // The last hour that begins on this day may reach into the next one.
  const rows = await db
    .select()
    .from(failed)
    .where(
      and(
        eq(failed.tenantId, tenantId),
        gte(failed.failedAt, since),
        lt(failed.failedAt, until + HOUR_MS),
      ),
    );
  const hours = [...byHour(rows, { since, until })].flatMap(([startAt, group]) =>
    verificationCounts(group).map((count) => ({ bucket: 'hour', startAt, ...count })),
  );
  const wholeDay = verificationCounts(rows.filter((row) => row.day === day)).map((count) => ({
    bucket: 'day',
    startAt: 0,
    ...count,
  }));
  await db
    .delete(verificationCount)
    .where(and(eq(verificationCount.tenantId, tenantId), eq(verificationCount.day, day)));
  const counts = [...wholeDay, ...hours].map((count) => ({ tenantId, day, ...count }));
  await bulkInsert(store, db, verificationCount, counts);
}
