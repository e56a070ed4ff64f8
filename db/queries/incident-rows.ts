import { and, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { IncidentOutcome } from '../../domain/incident.ts';
import { isoText } from '../../domain/instant.ts';
import { reasonText } from '../../domain/lost-reason.ts';
import { compareFlows } from '../../domain/reset-flow.ts';
import type { Store } from '../store-types.ts';
import { peopleNamed, somebody } from './people-named.ts';

export type IncidentRow = Store['t']['incident']['$inferSelect'];

/**
 * The newest incidents of which `condition` is true. `byDay`: they are those of a few days, and are walked in the
 * order of the index of days; else the condition finds them one by one, and they are sorted.
 */
export async function incidentRows(
  { t: { incident }, read }: Store,
  condition: SQL,
  { limit, byDay }: { limit: number; byDay: boolean },
): Promise<IncidentRow[]> {
  // A day's incidents began after those of the day before, so the day changes nothing of the order.
  const newest = [desc(incident.startedAt), desc(incident.id)];
  return read
    .select()
    .from(incident)
    .where(condition)
    .orderBy(...(byDay ? [desc(incident.day)] : []), ...newest)
    .limit(limit);
}

/** Incidents as the API shows them, with the names of people and the reasons of their lost flows. */
export async function toIncidents(store: Store, tenantId: number, rows: readonly IncidentRow[]) {
  const people = await peopleNamed(
    store,
    tenantId,
    rows.map(({ personId }) => personId),
  );
  const reasons = await reasonsOf(
    store,
    tenantId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    startedAt: isoText(row.startedAt),
    lastAt: isoText(row.lastAt),
    person: somebody(people, row.personId),
    outcome: row.outcome as IncidentOutcome,
    settling: row.settling,
    kind: row.kind as 'reset' | 'unlock' | null,
    flows: row.flows,
    adminResets: row.adminResets,
    reasons: (reasons.get(row.id) ?? []).map(toReason),
  }));
}

/** A reason by its code, in words. */
export function toReason(code: string) {
  const { reason, owner } = reasonText(code);
  return { code, reason, owner };
}

/** Codes of the lost flows of each incident, in order of time, each once. */
async function reasonsOf(
  { t: { flow }, read, dialect }: Store,
  tenantId: number,
  ids: string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (ids.length === 0) return found;
  const rows = await read
    .select({
      id: flow.id,
      startedAt: flow.startedAt,
      startedText: flow.startedText,
      incidentId: flow.incidentId,
      reason: flow.reason,
    })
    .from(flow)
    .where(
      and(
        eq(flow.tenantId, tenantId),
        sql`${flow.incidentId} in ${dialect.inList(ids)}`,
        isNotNull(flow.reason),
      ),
    );
  // Not by SQL: as text "…127Z" comes after "…1270606Z".
  for (const { incidentId, reason } of rows.sort(compareFlows)) {
    if (incidentId === null || reason === null) continue;
    const own = found.get(incidentId) ?? [];
    if (!own.includes(reason)) own.push(reason);
    found.set(incidentId, own);
  }
  return found;
}
