import { and, eq, inArray, lte, type SQL } from 'drizzle-orm';
import type { Day, DayCutter } from '../../domain/day.ts';
import { type Bypass, type Incident, personIncidents, SETTLING_MS } from '../../domain/incident.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import { eachChunk, inChunks, Pace } from '../store/chunks.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db } from '../store-types.ts';
import { nextPeople, noteDays, notePeople, peopleDone, whoOfFlow, whoOfReset } from './dirty.ts';
import { linkFlows } from './link-flows.ts';

interface Input {
  asOf: number;
  /** Setting: a flow that starts later than this after the one before is a new need. */
  gapMs: number;
  cutter: DayCutter;
  onProgress: (done: number) => void;
}

/**
 * Works out the incidents and bypasses of the noted people again, and of those whose
 * waiting time is over by now. Notes the days whose counts change.
 */
export async function rollUpIncidents(lease: HeldLease, input: Input): Promise<void> {
  const due = await settled(lease, input.asOf);
  await eachChunk(due, new Pace(), (part) => lease.tx((db) => notePeople(lease, db, part)));
  let done = 0;
  await inChunks(async (size) => {
    const who = await nextPeople(lease, size);
    if (who.length === 0) return 0;
    await lease.tx((db) => replacePeople(lease, db, who, input));
    done += who.length;
    input.onProgress(done);
    return who.length;
  });
}

async function settled({ store, tenantId }: HeldLease, asOf: number): Promise<string[]> {
  const { incident, adminReset } = store.t;
  const due = asOf - SETTLING_MS;
  const incidents = await store.read
    .select({ id: incident.id, personId: incident.personId })
    .from(incident)
    .where(
      and(eq(incident.tenantId, tenantId), eq(incident.settling, true), lte(incident.lastAt, due)),
    );
  const bypasses = await store.read
    .select({ id: adminReset.id, personId: adminReset.personId })
    .from(adminReset)
    .where(
      and(
        eq(adminReset.tenantId, tenantId),
        eq(adminReset.settling, true),
        lte(adminReset.occurredAt, due),
      ),
    );
  return [...incidents.map(whoOfFlow), ...bypasses.map(whoOfReset)];
}

async function replacePeople(lease: HeldLease, db: Db, who: string[], input: Input) {
  const { store, tenantId } = lease;
  const { incident, adminReset } = store.t;
  const flows = await flowsOf(lease, db, who);
  const resets = await resetsOf(lease, db, who);
  const old = await incidentsOf(lease, db, who);
  const drafts = who.map((one) =>
    personIncidents({
      flows: flows.get(one) ?? [],
      adminResets: (resets.get(one) ?? [])
        .filter(({ kind }) => kind === 'counted')
        .map(({ id, personId, occurredAt }) => ({ id, personId, at: occurredAt })),
      asOf: input.asOf,
      gapMs: input.gapMs,
    }),
  );
  const rows = drafts.flatMap(({ incidents }) =>
    incidents.map((one) => incidentRow(one, tenantId, input.cutter)),
  );
  const links = resetLinks(drafts);
  const resetsBefore = [...resets.values()].flat();
  const resetsAfter = resetsBefore.map((row) => ({ ...row, ...(links.get(row.id) ?? UNLINKED) }));
  const ids = old.map(({ id }) => id);
  if (ids.length > 0)
    await db
      .delete(incident)
      .where(and(eq(incident.tenantId, tenantId), inArray(incident.id, ids)));
  await bulkInsert(store, db, incident, rows, {
    target: ['tenantId', 'id'],
    update: [
      'personId',
      'startedAt',
      'day',
      'lastAt',
      'outcome',
      'settling',
      'flows',
      'adminResets',
      'kind',
      'nextAt',
      'hour',
    ],
  });
  await linkFlows(lease, db, [...flows.values()].flat(), drafts);
  await bulkInsert(store, db, adminReset, resetsAfter, {
    target: ['tenantId', 'id'],
    update: ['incidentId', 'bypassId', 'settling'],
  });
  await noteDays(lease, db, [...changedDays(old, rows), ...changedDays(resetsBefore, resetsAfter)]);
  await peopleDone(lease, db, who);
}

const UNLINKED = { incidentId: null, bypassId: null, settling: false };

/** What each admin reset of these people ended or started, by its id. */
function resetLinks(drafts: { incidents: Incident[]; bypasses: Bypass[] }[]) {
  const links = new Map<string, typeof UNLINKED | Record<string, unknown>>();
  for (const { incidents, bypasses } of drafts) {
    for (const { id, adminResetIds } of incidents)
      for (const reset of adminResetIds) links.set(reset, { ...UNLINKED, incidentId: id });
    for (const { id, settling, adminResetIds } of bypasses)
      for (const reset of adminResetIds)
        links.set(reset, { ...UNLINKED, bypassId: id, settling: settling && reset === id });
  }
  return links;
}

function incidentRow(one: Incident, tenantId: number, cutter: DayCutter) {
  const { flowIds, adminResetIds, ...row } = one;
  const counts = { flows: flowIds.length, adminResets: adminResetIds.length };
  const { startedAt } = one;
  const began = { day: cutter.dayOf(startedAt), hour: cutter.localHourOf(startedAt) };
  return { tenantId, ...row, ...counts, ...began };
}

/** Days of rows that are new, gone, or not what they were. When a person's next need came is in no count of a day. */
function changedDays<R extends { id: string; day: Day }>(before: R[], after: R[]): Day[] {
  const text = (row: R) => JSON.stringify(Object.entries({ ...row, nextAt: null }).sort());
  const old = new Map(before.map((row) => [row.id, row]));
  const now = new Map(after.map((row) => [row.id, row]));
  const days: Day[] = [];
  for (const row of after) {
    const was = old.get(row.id);
    if (!was || text(was) !== text(row)) days.push(row.day, ...(was ? [was.day] : []));
  }
  for (const row of before) if (!now.has(row.id)) days.push(row.day);
  return days;
}

/** The queue's names taken apart: object ids, and ids of rows that name nobody. */
function partsOf(who: string[], prefix: string): { people: string[]; alone: string[] } {
  return {
    people: who.filter((one) => !/^(flow|reset):/.test(one)),
    alone: who.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length)),
  };
}

async function flowsOf({ store, tenantId }: HeldLease, db: Db, who: string[]) {
  const { flow } = store.t;
  const { people, alone } = partsOf(who, 'flow:');
  const found = (condition: SQL) =>
    db
      .select({
        id: flow.id,
        personId: flow.personId,
        startedAt: flow.startedAt,
        startedText: flow.startedText,
        lastAt: flow.lastAt,
        outcome: flow.outcome,
        incidentId: flow.incidentId,
      })
      .from(flow)
      .where(and(eq(flow.tenantId, tenantId), condition));
  const rows = [
    ...(people.length > 0 ? await found(inArray(flow.personId, people)) : []),
    ...(alone.length > 0 ? await found(inArray(flow.id, alone)) : []).filter(
      ({ personId }) => personId === null,
    ),
  ];
  return Map.groupBy(rows, whoOfFlow);
}

async function resetsOf({ store, tenantId }: HeldLease, db: Db, who: string[]) {
  const { adminReset } = store.t;
  const { people, alone } = partsOf(who, 'reset:');
  const found = (condition: SQL) =>
    db
      .select()
      .from(adminReset)
      .where(and(eq(adminReset.tenantId, tenantId), condition));
  const rows = [
    ...(people.length > 0 ? await found(inArray(adminReset.personId, people)) : []),
    ...(alone.length > 0 ? await found(inArray(adminReset.id, alone)) : []).filter(
      ({ personId }) => personId === null,
    ),
  ];
  return Map.groupBy(rows, whoOfReset);
}

async function incidentsOf({ store, tenantId }: HeldLease, db: Db, who: string[]) {
  const { incident } = store.t;
  const { people, alone } = partsOf(who, 'flow:');
  const found = (condition: SQL) =>
    db
      .select()
      .from(incident)
      .where(and(eq(incident.tenantId, tenantId), condition));
  return [
    ...(people.length > 0 ? await found(inArray(incident.personId, people)) : []),
    ...(alone.length > 0 ? await found(inArray(incident.id, alone)) : []).filter(
      ({ personId }) => personId === null,
    ),
  ];
}
