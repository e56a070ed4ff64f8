import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { addDays } from '../../domain/day.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import type { Reason } from '../../domain/registration.ts';
import { flowRecordsInOrder } from '../../domain/reset-flow.ts';
import type { Store } from '../store-types.ts';
import { auditRecords } from './audit-records.ts';
import { type PersonRow, personNames, toPerson } from './person-rows.ts';

/** Flows of one person that are shown; the newest. */
const FLOWS_MOST = 200;

/**
 * One person's story: what the registration report said and when it changed, every
 * flow with its steps and records, every admin reset; newest first. Null for
 * somebody we never saw in a report.
 */
export async function personStory(
  store: Store,
  { tenantId, id }: { tenantId: number; id: string },
) {
  const found = await findPerson(store, tenantId, id);
  if (!found) return null;
  const { person: row, details } = found;
  return {
    person: toPerson(row),
    office: details.office,
    company: details.company,
    userType: details.userType,
    exclusions: await exclusionsOf(store, tenantId, details.personId),
    createdAt: isoTextOrNull(details.createdAt),
    accountEnabled: details.accountEnabled,
    inSnapshot: details.kind !== null,
    registrationChanges: await registrationChanges(store, tenantId, details.personId),
    flows: await flowsOf(store, tenantId, row.id),
    adminResets: await adminResetsOf(store, tenantId, row.id),
  };
}

async function findPerson(store: Store, tenantId: number, objectId: string) {
  const {
    person,
    registrationState: state,
    registrationChange: change,
    personNote: note,
  } = store.t;
  const [own] = await store.read
    .select()
    .from(person)
    .where(and(eq(person.tenantId, tenantId), eq(person.objectId, objectId)));
  if (!own) return null;
  // Somebody who left the report is shown in the last state it told.
  const [last] = await store.read
    .select({ state })
    .from(change)
    .innerJoin(state, and(eq(state.tenantId, tenantId), eq(state.id, change.stateId)))
    .where(and(eq(change.tenantId, tenantId), eq(change.personId, own.id)))
    .orderBy(desc(change.snapshotId))
    .limit(1);
  if (!last) return null;
  const { managerId } = own;
  const [noted] = await store.read
    .select()
    .from(note)
    .where(and(eq(note.tenantId, tenantId), eq(note.personId, own.id)));
  const managers = await personNames(store, store.read, tenantId, managerId ? [managerId] : []);
  const row: PersonRow = {
    ...last.state,
    ...own,
    id: own.objectId,
    managerName: managers.get(managerId ?? '') ?? null,
    note: noted?.note ?? null,
    done: noted?.done ?? null,
  };
  return { person: row, details: { ...own, personId: own.id, userType: last.state.userType } };
}

/** Newest first; the last day is included. */
async function exclusionsOf(store: Store, tenantId: number, personId: number) {
  const { personExclusion: interval, exclusion } = store.t;
  const rows = await store.read
    .select({ interval, exclusion })
    .from(interval)
    .innerJoin(
      exclusion,
      and(eq(exclusion.tenantId, interval.tenantId), eq(exclusion.id, interval.exclusionId)),
    )
    .where(and(eq(interval.tenantId, tenantId), eq(interval.personId, personId)))
    .orderBy(desc(interval.firstDay), desc(interval.exclusionId));
  // One that was ended on the day it was set has held on no day.
  const held = rows.filter(({ interval: { firstDay, endDay } }) => !endDay || endDay > firstDay);
  return held.map(({ interval: { firstDay, endDay }, exclusion: { id, reason, author } }) => ({
    id: String(id),
    reason,
    author,
    firstDay,
    lastDay: endDay && addDays(endDay, -1),
  }));
}

async function registrationChanges(store: Store, tenantId: number, personId: number) {
  const { registrationChange: change, registrationState: state } = store.t;
  const { registrationSnapshot: snapshot } = store.t;
  const rows = await store.read
    .select({ day: snapshot.day, takenAt: snapshot.takenAt, state })
    .from(change)
    .innerJoin(
      snapshot,
      and(
        eq(snapshot.tenantId, tenantId),
        eq(snapshot.id, change.snapshotId),
        eq(snapshot.state, 'published'),
      ),
    )
    .leftJoin(state, and(eq(state.tenantId, tenantId), eq(state.id, change.stateId)))
    .where(and(eq(change.tenantId, tenantId), eq(change.personId, personId)))
    .orderBy(desc(change.snapshotId));
  return rows.map(({ day, takenAt, state: after }) => ({
    day,
    takenAt: isoText(takenAt),
    state: after && {
      admin: after.admin,
      enabled: after.enabled,
      registered: after.registered,
      capable: after.capable,
      methods: after.methods && [...after.methods],
      reason: after.reason as Reason,
    },
  }));
}

async function flowsOf(store: Store, tenantId: number, objectId: string) {
  const { flow, verificationStep: step, auditRecord } = store.t;
  const flows = await store.read
    .select()
    .from(flow)
    .where(and(eq(flow.tenantId, tenantId), eq(flow.personId, objectId)))
    .orderBy(desc(flow.startedAt), asc(flow.id))
    .limit(FLOWS_MOST);
  if (flows.length === 0) return [];
  const ids = flows.map(({ id }) => id);
  const steps = await store.read
    .select()
    .from(step)
    .where(and(eq(step.tenantId, tenantId), inArray(step.flowId, ids)))
    .orderBy(asc(step.startedAt), asc(step.method));
  const records = await auditRecords(store, tenantId, inArray(auditRecord.flowId, ids));
  return flows.map(({ id, startedAt, lastAt, outcome }) => ({
    id,
    startedAt: isoText(startedAt),
    lastAt: isoText(lastAt),
    outcome,
    steps: steps
      .filter(({ flowId }) => flowId === id)
      .map((one) => ({
        method: one.method,
        startedAt: isoText(one.startedAt),
        passed: one.passed,
      })),
    records: flowRecordsInOrder(
      records.filter(({ flowId }) => flowId === id).map(({ record }) => record),
    ).map(({ occurredAt, activity, reason, result }) => ({
      at: isoText(occurredAt),
      activity,
      reason,
      result,
    })),
  }));
}

async function adminResetsOf(store: Store, tenantId: number, objectId: string) {
  const { adminReset } = store.t;
  const rows = await store.read
    .select()
    .from(adminReset)
    .where(and(eq(adminReset.tenantId, tenantId), eq(adminReset.personId, objectId)))
    .orderBy(desc(adminReset.occurredAt), asc(adminReset.id))
    .limit(FLOWS_MOST);
  return rows.map(({ occurredAt, kind, incidentId }) => ({
    at: isoText(occurredAt),
    kind,
    incidentId,
  }));
}
