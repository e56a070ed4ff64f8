import { and, asc, eq, inArray } from 'drizzle-orm';
import { type Day, type DayCutter, hourOf } from '../../domain/day.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db } from '../store-types.ts';

// What must be worked out again is kept in three queues in the database, so that a killed run
// is finished by the next: flows whose records changed, people whose flows changed, days whose
// incidents changed. A queue's entry goes in the transaction that stores its result.

export async function noteFlows({ store, tenantId }: HeldLease, db: Db, ids: Iterable<string>) {
  const rows = [...new Set(ids)].map((flowId) => ({ tenantId, flowId }));
  const conflict = { target: ['tenantId', 'flowId'] as ('tenantId' | 'flowId')[], update: [] };
  await bulkInsert(store, db, store.t.flowDirty, rows, conflict);
}

export async function notePeople({ store, tenantId }: HeldLease, db: Db, who: Iterable<string>) {
  const rows = [...new Set(who)].map((one) => ({ tenantId, who: one }));
  const conflict = { target: ['tenantId', 'who'] as ('tenantId' | 'who')[], update: [] };
  await bulkInsert(store, db, store.t.personDirty, rows, conflict);
}

export async function noteDays({ store, tenantId }: HeldLease, db: Db, days: Iterable<Day>) {
  const rows = [...new Set(days)].map((day) => ({ tenantId, day }));
  const conflict = { target: ['tenantId', 'day'] as ('tenantId' | 'day')[], update: [] };
  await bulkInsert(store, db, store.t.dayDirty, rows, conflict);
}

/** The day to which the hour of an instant belongs: an hour may begin the day before. */
export function hourDay(at: number, cutter: DayCutter): Day {
  return cutter.dayOf(hourOf(at));
}

/** Who a flow's incident belongs to, as the queue of people names it. */
export function whoOfFlow({ id, personId }: { id: string; personId: string | null }): string {
  return personId ?? `flow:${id}`;
}

/** Who an admin reset belongs to, as the queue of people names it. */
export function whoOfReset({ id, personId }: { id: string; personId: string | null }): string {
  return personId ?? `reset:${id}`;
}

export async function nextFlows({ store, tenantId }: HeldLease, size: number): Promise<string[]> {
  const { flowDirty: queue } = store.t;
  const rows = await store.read
    .select({ id: queue.flowId })
    .from(queue)
    .where(eq(queue.tenantId, tenantId))
    .orderBy(asc(queue.flowId))
    .limit(size);
  return rows.map(({ id }) => id);
}

export async function flowsDone({ store, tenantId }: HeldLease, db: Db, ids: string[]) {
  const { flowDirty: queue } = store.t;
  await db.delete(queue).where(and(eq(queue.tenantId, tenantId), inArray(queue.flowId, ids)));
}

export async function nextPeople({ store, tenantId }: HeldLease, size: number): Promise<string[]> {
  const { personDirty: queue } = store.t;
  const rows = await store.read
    .select({ who: queue.who })
    .from(queue)
    .where(eq(queue.tenantId, tenantId))
    .orderBy(asc(queue.who))
    .limit(size);
  return rows.map(({ who }) => who);
}

export async function peopleDone({ store, tenantId }: HeldLease, db: Db, who: string[]) {
  const { personDirty: queue } = store.t;
  await db.delete(queue).where(and(eq(queue.tenantId, tenantId), inArray(queue.who, who)));
}

export async function nextDays({ store, tenantId }: HeldLease, size: number): Promise<Day[]> {
  const { dayDirty: queue } = store.t;
  const rows = await store.read
    .select({ day: queue.day })
    .from(queue)
    .where(eq(queue.tenantId, tenantId))
    .orderBy(asc(queue.day))
    .limit(size);
  return rows.map(({ day }) => day);
}

export async function dayDone({ store, tenantId }: HeldLease, db: Db, day: Day) {
  const { dayDirty: queue } = store.t;
  await db.delete(queue).where(and(eq(queue.tenantId, tenantId), eq(queue.day, day)));
}
