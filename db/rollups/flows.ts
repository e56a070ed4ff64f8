import { and, eq, inArray, lt } from 'drizzle-orm';
import type { AuditRecord } from '../../domain/audit-record.ts';
import type { DayCutter } from '../../domain/day.ts';
import { ABANDONED_AFTER_MS, type Flow, resetFlow } from '../../domain/reset-flow.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import { auditRecords } from '../queries/audit-records.ts';
import { eachChunk, inChunks, Pace } from '../store/chunks.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db } from '../store-types.ts';
import {
  flowsDone,
  hourDay,
  nextFlows,
  noteDays,
  noteFlows,
  notePeople,
  whoOfFlow,
} from './dirty.ts';
import { type FailingPerson, failingPeople } from './failing-people.ts';
import { daysAfterFlow } from './rule-values.ts';

/**
 * Works the noted flows out again from their records, and those in progress that
 * are old enough by now to be abandoned. Notes the people and days they touch.
 */
export async function rollUpFlows(
  lease: HeldLease,
  {
    asOf,
    cutter,
    onProgress,
  }: { asOf: number; cutter: DayCutter; onProgress: (done: number) => void },
): Promise<void> {
  const late = await overdue(lease, asOf);
  await eachChunk(late, new Pace(), (part) => lease.tx((db) => noteFlows(lease, db, part)));
  let done = 0;
  await inChunks(async (size) => {
    const ids = await nextFlows(lease, size);
    if (ids.length === 0) return 0;
    const records = await recordsByFlow(lease, ids);
    const flows = ids.flatMap((id) => {
      const own = records.get(id);
      return own ? [resetFlow(own, asOf)] : [];
    });
    const people = await failingPeople(lease, flows);
    await lease.tx((db) => replaceFlows(lease, db, { ids, flows, people, cutter }));
    done += ids.length;
    onProgress(done);
    return ids.length;
  });
}

async function overdue({ store, tenantId }: HeldLease, asOf: number): Promise<string[]> {
  const { flow } = store.t;
  const rows = await store.read
    .select({ id: flow.id })
    .from(flow)
    .where(
      and(
        eq(flow.tenantId, tenantId),
        eq(flow.outcome, 'in_progress'),
        lt(flow.lastAt, asOf - ABANDONED_AFTER_MS),
      ),
    );
  return rows.map(({ id }) => id);
}

async function recordsByFlow(
  { store, tenantId }: HeldLease,
  ids: string[],
): Promise<Map<string, AuditRecord[]>> {
  const { auditRecord } = store.t;
  const rows = await auditRecords(store, tenantId, inArray(auditRecord.flowId, ids));
  const byFlow = new Map<string, AuditRecord[]>();
  for (const { flowId, record } of rows) {
    if (flowId === null) continue;
    const own = byFlow.get(flowId);
    if (own) own.push(record);
    else byFlow.set(flowId, [record]);
  }
  return byFlow;
}

interface Replacement {
  ids: string[];
  flows: Flow[];
  people: ReadonlyMap<string, FailingPerson>;
  cutter: DayCutter;
}

async function replaceFlows(
  lease: HeldLease,
  db: Db,
  { ids, flows, people, cutter }: Replacement,
): Promise<void> {
  const { store, tenantId } = lease;
  const { flow, verificationStep: step, failedVerification: failed } = store.t;
  const before = await db
    .select({
      id: flow.id,
      personId: flow.personId,
      day: flow.day,
      startedAt: flow.startedAt,
      lastAt: flow.lastAt,
      incidentId: flow.incidentId,
    })
    .from(flow)
    .where(and(eq(flow.tenantId, tenantId), inArray(flow.id, ids)));
  const failedBefore = await db
    .select({ day: failed.day, failedAt: failed.failedAt })
    .from(failed)
    .where(and(eq(failed.tenantId, tenantId), inArray(failed.flowId, ids)));
  await db.delete(flow).where(and(eq(flow.tenantId, tenantId), inArray(flow.id, ids)));
  await db.delete(step).where(and(eq(step.tenantId, tenantId), inArray(step.flowId, ids)));
  await db.delete(failed).where(and(eq(failed.tenantId, tenantId), inArray(failed.flowId, ids)));
  // Until its person's incidents are worked out again a flow stays where it was.
  const incidents = new Map(before.map(({ id, incidentId }) => [id, incidentId]));
  const rows = flows.map((one) => {
    return { ...flowRow(one, tenantId, cutter), incidentId: incidents.get(one.id) ?? null };
  });
  const failures = flows.flatMap((one) => failureRows(one, { tenantId, people, cutter }));
  await bulkInsert(store, db, flow, rows);
  await bulkInsert(
    store,
    db,
    step,
    flows.flatMap((one) => stepRows(one, tenantId, cutter)),
  );
  await bulkInsert(store, db, failed, failures);
  await notePeople(lease, db, [...before, ...rows].map(whoOfFlow));
  await noteDays(lease, db, [
    ...[...before, ...rows].flatMap((row) => [
      ...[row.day, hourDay(row.startedAt, cutter)],
      ...daysAfterFlow(row, cutter),
    ]),
    ...[...failedBefore, ...failures].flatMap(({ day, failedAt }) => [
      ...[day, hourDay(failedAt, cutter)],
    ]),
  ]);
  await flowsDone(lease, db, ids);
}

function flowRow(flow: Flow, tenantId: number, cutter: DayCutter) {
  const { steps: _, failures: __, ...row } = flow;
  const { startedAt } = flow;
  return { tenantId, ...row, day: cutter.dayOf(startedAt), hour: cutter.localHourOf(startedAt) };
}

function stepRows({ id, startedAt, steps }: Flow, tenantId: number, cutter: DayCutter) {
  const day = cutter.dayOf(startedAt);
  return steps.map((step) => {
    return {
      tenantId,
      flowId: id,
      day,
      method: step.method,
      startedAt: step.startedAt,
      passed: step.passed,
      switchedFrom: step.switchedFrom,
    };
  });
}

function failureRows(
  { id, personId, failures }: Flow,
  { tenantId, people, cutter }: Pick<Replacement, 'people' | 'cutter'> & { tenantId: number },
) {
  const who = personId === null ? undefined : people.get(personId);
  return failures.map(({ at, method, address }) => ({
    tenantId,
    flowId: id,
    method: method ?? 'unknown',
    failedAt: at,
    day: cutter.dayOf(at),
    personId,
    address,
    country: who?.country ?? null,
    admin: who?.admin ?? null,
  }));
}
