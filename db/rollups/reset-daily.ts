import { and, eq, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type IncidentGroup, servedCounts } from '../../domain/served.ts';
import type { HeldLease } from '../store/lease.ts';
import { countBy, type FlowGroup } from './day-groups.ts';

/** The row of a day, of its flows, incidents and admin resets; null: nothing happened, and the day has none. */
export async function resetDailyRow(
  lease: HeldLease,
  { day, flows, incidents }: { day: Day; flows: FlowGroup[]; incidents: IncidentGroup[] },
) {
  const counts = {
    ...flowCounts(flows),
    ...incidentCounts(incidents),
    ...(await adminCounts(lease, day)),
  };
  if (Object.values(counts).every((count) => count === 0)) return null;
  return { tenantId: lease.tenantId, day, ...counts, resetMs: await resetTimes(lease, day) };
}

function flowCounts(groups: FlowGroup[]) {
  const count = countBy(
    groups,
    ({ outcome }) => outcome,
    ({ flows }) => flows,
  );
  return {
    started: groups.reduce((sum, { flows }) => sum + flows, 0),
    completed: count.get('completed') ?? 0,
    unlocked: count.get('unlocked') ?? 0,
    contactedAdmin: count.get('contacted_admin') ?? 0,
    blocked: count.get('blocked') ?? 0,
    notEntitled: count.get('not_entitled') ?? 0,
    failed: count.get('failed') ?? 0,
    cancelled: count.get('cancelled') ?? 0,
    abandoned: count.get('abandoned') ?? 0,
    inProgress: count.get('in_progress') ?? 0,
  };
}

/** Milliseconds from first record to success of each completed flow, ascending. */
async function resetTimes({ store, tenantId }: HeldLease, day: Day): Promise<number[]> {
  const { flow } = store.t;
  const completed = await store.read
    .select({ startedAt: flow.startedAt, succeededAt: flow.succeededAt })
    .from(flow)
    .where(
      and(
        ...[eq(flow.tenantId, tenantId), eq(flow.day, day)],
        // As it stands, SQLite would read all completed flows there are, by the index of outcomes.
        sql`${flow.outcome} || '' = 'completed'`,
      ),
    );
  return completed
    .flatMap(({ startedAt, succeededAt }) => (succeededAt === null ? [] : succeededAt - startedAt))
    .sort((a, b) => a - b);
}

function incidentCounts(groups: IncidentGroup[]) {
  const count = countBy(
    groups,
    ({ settling, outcome }) => (settling ? 'settling' : outcome),
    ({ incidents }) => incidents,
  );
  const served = servedCounts(groups);
  return {
    selfServedFirst: count.get('self_served_first') ?? 0,
    selfServedRetry: count.get('self_served_retry') ?? 0,
    fellBack: count.get('fell_back') ?? 0,
    incidentsAbandoned: count.get('abandoned') ?? 0,
    settling: count.get('settling') ?? 0,
    servedReset: served.reset,
    servedUnlock: served.unlock,
  };
}

async function adminCounts({ store, tenantId }: HeldLease, day: Day) {
  const { adminReset } = store.t;
  const rows = await store.read
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
