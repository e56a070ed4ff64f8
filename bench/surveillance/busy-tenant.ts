import { sql } from 'drizzle-orm';
import { bulkInsert } from '../../db/dialect/bulk.ts';
import { noteDays } from '../../db/rollups/dirty.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { addDays, DAY_MS, type Day, dayCutter, daysBetween } from '../../domain/day.ts';
import { STAGES } from '../../domain/funnel.ts';
import type { FlowOutcome } from '../../domain/reset-flow.ts';
import { type BusyDraws, busyDraws } from './busy-draws.ts';

export interface BusyTenant {
  /** Midnight UTC after the last day that is filled: a Monday. */
  until: number;
  /** Days whose flows are stored; days before them have counts alone. */
  days: number;
  /** Days whose counts are kept, those of the flows included. */
  countedDays: number;
  flowsPerDay: number;
}

export const UTC = dayCutter('UTC');
export const SETTINGS = { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] };

/** Days of one transaction. */
const AT_ONCE = 4;

/**
 * Writes the flows, steps and failed verifications that a busy tenant would have left, has the product count them, and
 * repeats those counts for the years before. Rows of people there are only of those who come again in `busy-hour.ts`.
 */
export async function fillBusyTenant(lease: HeldLease, tenant: BusyTenant): Promise<void> {
  const { until, days, countedDays } = tenant;
  const draws = busyDraws(1);
  const first = UTC.dayOf(until - days * DAY_MS);
  const all = daysBetween(first, UTC.dayOf(until - 1));
  for (let from = 0; from < all.length; from += AT_ONCE)
    await lease.tx(async (db) => {
      const own = all.slice(from, from + AT_ONCE);
      const drawn = own.map((day) => dayOf(lease, day, { tenant, draws }));
      const { t } = lease.store;
      const { store } = lease;
      await bulkInsert(
        store,
        db,
        t.flow,
        drawn.flatMap(({ flows }) => flows),
      );
      await bulkInsert(
        store,
        db,
        t.incident,
        drawn.flatMap(({ incidents }) => incidents),
      );
      await bulkInsert(
        store,
        db,
        t.verificationStep,
        drawn.flatMap(({ steps }) => steps),
      );
      await bulkInsert(
        store,
        db,
        t.failedVerification,
        drawn.flatMap(({ failed }) => failed),
      );
      await bulkInsert(
        store,
        db,
        t.adminReset,
        drawn.flatMap(({ resets }) => resets),
      );
      await noteDays(lease, db, own);
    });
  const since = until - countedDays * DAY_MS;
  await lease.tx((db) =>
    recordWindow(lease.store, db, { tenantId: lease.tenantId, feed: 'resets', since, until }),
  );
  await rollUp(lease, SETTINGS);
  for (let back = days; back < countedDays; back += days)
    await repeatCounts(lease, { first, back, least: UTC.dayOf(since) });
}

interface Drawn {
  tenant: BusyTenant;
  draws: BusyDraws;
}

const LOST: Partial<Record<FlowOutcome, string>> = {
  blocked: 'too_many_attempts',
  cancelled: 'cancelled_before_verification',
};

function dayOf({ tenantId }: HeldLease, day: Day, { tenant, draws }: Drawn) {
  const begin = UTC.startOf(day);
  const drawn = draws.day({ day, flows: tenant.flowsPerDay });
  const flows = drawn.map((one, n) => {
    const { person: personId, address, outcome, atMs } = one;
    const startedAt = begin + atMs;
    const succeeded = outcome === 'completed' || outcome === 'unlocked';
    const id = `${day} ${String(n).padStart(6, '0')}`;
    const lastAt = startedAt + 90_000;
    return {
      ...{ tenantId, id, personId, startedAt, startedText: new Date(startedAt).toISOString(), day },
      ...{ lastAt, succeededAt: succeeded ? lastAt : null, outcome, records: 4 },
      stage: STAGES.indexOf(one.stage),
      reason: one.stop ?? LOST[outcome] ?? null,
      ...{ owner: null, agent: null, hour: UTC.localHourOf(startedAt), incidentId: id, address },
    };
  });
  const incidents = flows.map(({ id, personId, startedAt, day: own, lastAt, outcome, hour }) => ({
    ...{ tenantId, id, personId, startedAt, day: own, lastAt, hour, settling: false, flows: 1 },
    outcome: outcome === 'completed' || outcome === 'unlocked' ? 'self_served_first' : 'abandoned',
    ...{ adminResets: 0, kind: outcome === 'completed' ? 'reset' : null, nextAt: null },
  }));
  const steps = drawn.flatMap(({ method, failed }, n) => {
    const flow = flows[n];
    if (method === null || !flow) return [];
    const { id: flowId, startedAt } = flow;
    return [{ tenantId, flowId, method, startedAt, day, passed: !failed, switchedFrom: null }];
  });
  const failed = drawn.flatMap(({ method, failed: isFailed, country, admin }, n) => {
    const flow = flows[n];
    if (!isFailed || method === null || !flow) return [];
    const { id: flowId, personId, address, lastAt: failedAt } = flow;
    const on = UTC.dayOf(failedAt);
    return [{ tenantId, flowId, method, failedAt, day: on, personId, address, country, admin }];
  });
  const resets = draws.resets({ day, resets: tenant.flowsPerDay / 20 }).map((one, n) => ({
    ...{ tenantId, id: `reset ${day} ${n}`, personId: one.person, occurredAt: begin + one.atMs },
    ...{ day, kind: 'counted', incidentId: null, bypassId: null, settling: false },
    ...{ operatorId: one.operator, agent: null },
  }));
  return { flows, incidents, steps, failed, resets };
}

/** Writes the counts of all days again, `back` days earlier. */
async function repeatCounts(
  lease: HeldLease,
  { first, back, least }: { first: Day; back: number; least: Day },
): Promise<void> {
  const { store } = lease;
  for (const table of [store.t.verificationCount, store.t.watchedCount]) {
    const rows = await store.read.select().from(table).where(sql`day >= ${first}`);
    const earlier = rows.flatMap((row) => {
      const day = addDays(row.day, -back);
      const startAt = row.startAt === 0 ? 0 : row.startAt - back * DAY_MS;
      return day < least ? [] : [{ ...row, day, startAt }];
    });
    for (let from = 0; from < earlier.length; from += 20_000)
      await lease.tx((db) => bulkInsert(store, db, table, earlier.slice(from, from + 20_000)));
  }
}
