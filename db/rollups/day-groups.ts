import { and, eq, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { FlowOutcome } from '../../domain/reset-flow.ts';
import type { IncidentGroup } from '../../domain/served.ts';
import type { HeldLease } from '../store/lease.ts';

/** Flows of a day that are alike. */
export interface FlowGroup {
  outcome: FlowOutcome;
  stage: number;
  /** Of the tenant's zone. */
  hour: number;
  flows: number;
}

/** The flows of a day, counted by all that its rows tell apart. */
export async function flowGroups({ store, tenantId }: HeldLease, day: Day): Promise<FlowGroup[]> {
  const { flow } = store.t;
  const { stage, hour } = flow;
  // Grouped by the bare column, SQLite would go by the index of outcomes through all flows there are.
  const outcome = sql<FlowOutcome>`${flow.outcome} || ''`;
  return store.read
    .select({ outcome, stage, hour, flows: sql<number>`count(*)`.mapWith(Number) })
    .from(flow)
    .where(and(eq(flow.tenantId, tenantId), eq(flow.day, day)))
    .groupBy(outcome, stage, hour);
}

/** Incidents of a day that are alike. */
export interface IncidentHourGroup extends IncidentGroup {
  /** Of the tenant's zone. */
  hour: number;
}

/** The incidents of a day, counted by all that its rows tell apart. */
export async function incidentGroups(
  { store, tenantId }: HeldLease,
  day: Day,
): Promise<IncidentHourGroup[]> {
  const { incident } = store.t;
  const { outcome, settling, kind, hour } = incident;
  const rows = await store.read
    .select({ outcome, settling, kind, hour, incidents: sql<number>`count(*)`.mapWith(Number) })
    .from(incident)
    .where(and(eq(incident.tenantId, tenantId), eq(incident.day, day)))
    .groupBy(outcome, settling, kind, hour);
  return rows as IncidentHourGroup[];
}

/** How many of `groups` there are under each name. */
export function countBy<G, K>(
  groups: readonly G[],
  nameOf: (group: G) => K,
  countOf: (group: G) => number,
): Map<K, number> {
  const counts = new Map<K, number>();
  for (const group of groups) {
    const name = nameOf(group);
    counts.set(name, (counts.get(name) ?? 0) + countOf(group));
  }
  return counts;
}
