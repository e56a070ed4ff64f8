import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { STAGES, type Stage } from '../../domain/funnel.ts';
import { type IncidentOutcome, SETTLING_MS } from '../../domain/incident.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import { compareFlows, flowRecordsInOrder } from '../../domain/reset-flow.ts';
import type { Store } from '../store-types.ts';
import { auditRecords } from './audit-records.ts';
import { type IncidentRow, toIncidents, toReason } from './incident-rows.ts';
import { peopleNamed, somebody } from './people-named.ts';
import { workedOut } from './worked-out.ts';

/**
 * One need from the first try to its end: its flows with steps and records, the admin resets that ended it, and the
 * same person's needs before and after. Null: there is no such incident.
 */
export async function incidentStory(
  store: Store,
  { tenantId, id }: { tenantId: number; id: string },
) {
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { incident } = store.t;
    const [row] = await db
      .select()
      .from(incident)
      .where(and(eq(incident.tenantId, tenantId), eq(incident.id, id)));
    const [shown] = row ? await toIncidents(at, tenantId, [row]) : [];
    if (!row || !shown) return null;
    const { asOf } = await workedOut(at, tenantId);
    return {
      asOf: isoTextOrNull(asOf),
      incident: shown,
      settlesAt: row.settling ? isoText(row.lastAt + SETTLING_MS) : null,
      flows: await flowsOf(at, tenantId, id),
      adminResets: await adminResetsOf(at, tenantId, row),
      before: await neighbour(at, row, 'before'),
      after: await neighbour(at, row, 'after'),
    };
  });
}

async function flowsOf(store: Store, tenantId: number, incidentId: string) {
  const { flow, verificationStep: step, auditRecord } = store.t;
  const found = await store.read
    .select()
    .from(flow)
    .where(and(eq(flow.tenantId, tenantId), eq(flow.incidentId, incidentId)));
  // Not by SQL: as text "…127Z" comes after "…1270606Z".
  const flows = found.sort(compareFlows);
  const ids = flows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const steps = await store.read
    .select()
    .from(step)
    .where(and(eq(step.tenantId, tenantId), inArray(step.flowId, ids)))
    .orderBy(asc(step.startedAt), asc(step.method));
  const records = await auditRecords(store, tenantId, inArray(auditRecord.flowId, ids));
  const recordsOf = Map.groupBy(records, ({ flowId }) => flowId);
  return flows.map((one) => ({
    id: one.id,
    startedAt: isoText(one.startedAt),
    lastAt: isoText(one.lastAt),
    outcome: one.outcome,
    stage: STAGES[one.stage] as Stage,
    reason: one.reason === null ? null : toReason(one.reason),
    steps: steps
      .filter(({ flowId }) => flowId === one.id)
      .map(({ method, startedAt, passed }) => ({ method, startedAt: isoText(startedAt), passed })),
    records: flowRecordsInOrder((recordsOf.get(one.id) ?? []).map(({ record }) => record)).map(
      ({ occurredAt, activity, reason, result, address }) => ({
        at: isoText(occurredAt),
        activity,
        reason,
        result,
        address,
      }),
    ),
  }));
}

/** An admin reset is only ever attributed to the incident of somebody who is known. */
async function adminResetsOf(store: Store, tenantId: number, { id, personId }: IncidentRow) {
  if (personId === null) return [];
  const { adminReset } = store.t;
  const rows = await store.read
    .select()
    .from(adminReset)
    .where(
      and(
        eq(adminReset.tenantId, tenantId),
        eq(adminReset.personId, personId),
        eq(adminReset.incidentId, id),
      ),
    )
    .orderBy(asc(adminReset.occurredAt), asc(adminReset.id));
  const people = await peopleNamed(
    store,
    tenantId,
    rows.map(({ operatorId }) => operatorId),
  );
  return rows.map((row) => ({
    id: row.id,
    at: isoText(row.occurredAt),
    operator: somebody(people, row.operatorId),
    agent: row.agent,
  }));
}

/** The same person's incident next to one; null: there is none, or nobody is known. */
async function neighbour(
  { t: { incident }, read }: Store,
  { tenantId, personId, startedAt, id }: IncidentRow,
  side: 'before' | 'after',
) {
  if (personId === null) return null;
  const place = sql`(${incident.startedAt}, ${incident.id})`;
  const here = sql`(${startedAt}, ${id})`;
  const [beyond, order]: [SQL, typeof asc] =
    side === 'before' ? [sql`${place} < ${here}`, desc] : [sql`${place} > ${here}`, asc];
  const [row] = await read
    .select()
    .from(incident)
    .where(and(eq(incident.tenantId, tenantId), eq(incident.personId, personId), beyond))
    .orderBy(order(incident.startedAt), order(incident.id))
    .limit(1);
  return row
    ? {
        id: row.id,
        startedAt: isoText(row.startedAt),
        outcome: row.outcome as IncidentOutcome,
      }
    : null;
}
