import { and, eq, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import { reasonText } from '../../domain/lost-reason.ts';
import type { Store } from '../store-types.ts';
import { collectedPeriod, onDays } from './collected-period.ts';
import { isHybrid } from './hybrid.ts';
import { SUBMITTED } from './incident-filter.ts';
import type { PeriodInput } from './reset-days.ts';

interface Outcomes {
  succeeded: number;
  failed: number;
}

interface AgentRow {
  /** As Graph spells it; null: the record has none. */
  agent: string | null;
  selfService: Outcomes;
  adminResets: number;
  changes: Outcomes;
}

/**
 * Resets of a period by the agent that wrote the password on-premises, flows lost to writeback, and voluntary
 * changes. Counts are null where no day was collected.
 */
export async function resetsWriteback(store: Store, input: PeriodInput) {
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { tenantId } = input;
    const { asOf, days } = await collectedPeriod(at, input);
    const found = {
      asOf: isoTextOrNull(asOf),
      daysCollected: days.length,
      hybrid: await isHybrid(at, tenantId),
    };
    if (days.length === 0) return { ...found, agents: null, failures: null, changes: null };
    const agents = await agentsOf(at, tenantId, days);
    return {
      ...found,
      agents,
      failures: await failures(at, tenantId, days),
      changes: agents.reduce<Outcomes>(
        (all, { changes }) => ({
          succeeded: all.succeeded + changes.succeeded,
          failed: all.failed + changes.failed,
        }),
        { succeeded: 0, failed: 0 },
      ),
    };
  });
}

/** Most resets first. */
async function agentsOf(store: Store, tenantId: number, days: readonly Day[]): Promise<AgentRow[]> {
  const found = new Map<string | null, AgentRow>();
  const none = () => ({ succeeded: 0, failed: 0 });
  const of = (agent: string | null) => {
    const row = found.get(agent) ?? {
      agent,
      selfService: none(),
      adminResets: 0,
      changes: none(),
    };
    found.set(agent, row);
    return row;
  };
  for (const { agent, ...outcomes } of await selfService(store, tenantId, days))
    of(agent).selfService = outcomes;
  for (const { agent, resets } of await adminResets(store, tenantId, days))
    of(agent).adminResets = resets;
  for (const { agent, ...outcomes } of await changes(store, tenantId, days))
    of(agent).changes = outcomes;
  return [...found.values()].sort(
    (a, b) => sizeOf(b) - sizeOf(a) || ((a.agent ?? '') < (b.agent ?? '') ? -1 : 1),
  );
}

const sizeOf = ({ selfService, adminResets, changes }: AgentRow) =>
  selfService.succeeded + selfService.failed + adminResets + changes.succeeded + changes.failed;

const count = (condition: ReturnType<typeof sql>) =>
  sql<number>`sum(case when ${condition} then 1 else 0 end)`.mapWith(Number);

/** Flows that came to the end, by agent; those in progress have neither succeeded nor failed. */
async function selfService(store: Store, tenantId: number, days: readonly Day[]) {
  const { flow } = store.t;
  const rows = await store.read
    .select({
      agent: flow.agent,
      succeeded: count(sql`${flow.outcome} in ('completed', 'unlocked')`),
      failed: count(sql`${flow.reason} is not null`),
    })
    .from(flow)
    .where(
      and(
        eq(flow.tenantId, tenantId),
        onDays(store, sql`${flow.day}`, days),
        sql`(${flow.agent} is not null or ${flow.stage} >= ${SUBMITTED})`,
      ),
    )
    .groupBy(flow.agent);
  return rows.filter(({ succeeded, failed }) => succeeded + failed > 0);
}

function adminResets(store: Store, tenantId: number, days: readonly Day[]) {
  const { adminReset } = store.t;
  return store.read
    .select({ agent: adminReset.agent, resets: sql<number>`count(*)`.mapWith(Number) })
    .from(adminReset)
    .where(
      and(
        eq(adminReset.tenantId, tenantId),
        onDays(store, sql`${adminReset.day}`, days),
        eq(adminReset.kind, 'counted'),
      ),
    )
    .groupBy(adminReset.agent);
}

function changes(store: Store, tenantId: number, days: readonly Day[]) {
  const { passwordChange: change } = store.t;
  return store.read
    .select({
      agent: change.agent,
      succeeded: count(sql`${change.succeeded}`),
      failed: count(sql`not ${change.succeeded}`),
    })
    .from(change)
    .where(and(eq(change.tenantId, tenantId), onDays(store, sql`${change.day}`, days)))
    .groupBy(change.agent);
}

/** Most flows first. */
async function failures(store: Store, tenantId: number, days: readonly Day[]) {
  const { flow } = store.t;
  const rows = await store.read
    .select({ code: sql<string>`${flow.reason}`, flows: sql<number>`count(*)`.mapWith(Number) })
    .from(flow)
    .where(
      and(
        eq(flow.tenantId, tenantId),
        onDays(store, sql`${flow.day}`, days),
        sql`${flow.reason} is not null`,
        eq(flow.owner, 'writeback'),
      ),
    )
    .groupBy(flow.reason);
  return rows
    .map(({ code, flows }) => ({ code, reason: reasonText(code).reason, flows }))
    .sort((a, b) => b.flows - a.flows || (a.code < b.code ? -1 : 1));
}
