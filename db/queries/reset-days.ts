import { and, asc, between, eq } from 'drizzle-orm';
import { dayCollected } from '../../domain/collected.ts';
import { type Day, dayCutter, daysBetween } from '../../domain/day.ts';
import type { Served } from '../../domain/deflection/avoided-from-logs.ts';
import type { FlowCounts, IncidentCounts } from '../../domain/reset-counts.ts';
import type { Store } from '../store-types.ts';
import { workedOut } from './worked-out.ts';

export interface ResetCounts {
  flows: FlowCounts;
  incidents: IncidentCounts;
  /** The self-served incidents by kind. */
  served: Served;
  adminResets: number;
  bypasses: number;
  settlingBypasses: number;
}

export interface ResetDay {
  day: Day;
  collected: 'all' | 'partial' | null;
  /** Null when the day was not collected. */
  counts: ResetCounts | null;
  /** Milliseconds from first record to success of each completed flow, ascending. */
  resetMs: number[];
}

export interface PeriodInput {
  tenantId: number;
  /** The tenant's zone. */
  timeZone: string;
  first: Day;
  last: Day;
}

/**
 * Flows, incidents and admin resets of each day of a period, oldest first, no day
 * left out. Reads at most one row per day.
 */
export async function resetDays(
  store: Store,
  { tenantId, timeZone, first, last }: PeriodInput,
): Promise<{ asOf: number | null; days: ResetDay[] }> {
  const { resetDaily } = store.t;
  const rows = await store.read
    .select()
    .from(resetDaily)
    .where(and(eq(resetDaily.tenantId, tenantId), between(resetDaily.day, first, last)))
    .orderBy(asc(resetDaily.day));
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const { asOf, windows } = await workedOut(store, tenantId);
  const cutter = dayCutter(timeZone);
  const days = daysBetween(first, last).map((day): ResetDay => {
    const state = dayCollected(windows, day, cutter);
    const row = byDay.get(day);
    const counts = state === null ? null : row ? countsOf(row) : noResets();
    return { day, collected: state, counts, resetMs: state === null ? [] : (row?.resetMs ?? []) };
  });
  return { asOf, days };
}

function countsOf(row: Store['t']['resetDaily']['$inferSelect']): ResetCounts {
  const { started, completed, unlocked, contactedAdmin, blocked, notEntitled } = row;
  const { failed, cancelled, abandoned, inProgress } = row;
  const { selfServedFirst, selfServedRetry, fellBack, incidentsAbandoned, settling } = row;
  return {
    flows: {
      started,
      completed,
      unlocked,
      contactedAdmin,
      blocked,
      notEntitled,
      failed,
      cancelled,
      abandoned,
      inProgress,
    },
    incidents: {
      selfServedFirst,
      selfServedRetry,
      fellBack,
      abandoned: incidentsAbandoned,
      settling,
    },
    served: { reset: row.servedReset, unlock: row.servedUnlock },
    adminResets: row.adminResets,
    bypasses: row.bypasses,
    settlingBypasses: row.settlingBypasses,
  };
}

/** A collected day on which nothing happened. */
export function noResets(): ResetCounts {
  return {
    flows: {
      started: 0,
      completed: 0,
      unlocked: 0,
      contactedAdmin: 0,
      blocked: 0,
      notEntitled: 0,
      failed: 0,
      cancelled: 0,
      abandoned: 0,
      inProgress: 0,
    },
    incidents: { selfServedFirst: 0, selfServedRetry: 0, fellBack: 0, abandoned: 0, settling: 0 },
    served: { reset: 0, unlock: 0 },
    adminResets: 0,
    bypasses: 0,
    settlingBypasses: 0,
  };
}

/** The sum of the collected days; null where none was collected. */
export function sumOfDays(days: readonly ResetDay[]): ResetCounts | null {
  const counts = days.flatMap((day) => day.counts ?? []);
  return counts.length === 0 ? null : counts.reduce(added, noResets());
}

function added(a: ResetCounts, b: ResetCounts): ResetCounts {
  return {
    flows: addedCounts(a.flows, b.flows),
    incidents: addedCounts(a.incidents, b.incidents),
    served: addedCounts(a.served, b.served),
    adminResets: a.adminResets + b.adminResets,
    bypasses: a.bypasses + b.bypasses,
    settlingBypasses: a.settlingBypasses + b.settlingBypasses,
  };
}

function addedCounts<T extends { [K in keyof T]: number }>(a: T, b: T): T {
  const keys = Object.keys(a) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as T;
}
