import { and, eq } from 'drizzle-orm';
import { bulkInsert } from '../../db/dialect/bulk.ts';
import { snapshotOfDay } from '../../db/queries/snapshot-of-day.ts';
import type { Schema } from '../../db/schema.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import type { Db } from '../../db/store-types.ts';
import { randomOf } from '../../demo/random.ts';
import { dayCutter } from '../../domain/day.ts';
import { snapshotAt } from '../pages.ts';
import { changedOn } from '../population.ts';

/** Days of one transaction. */
const AT_ONCE = 14;

/**
 * Writes the rows that the snapshots of more days would have left: changes, counts, methods,
 * depth, families, states and moves. Figures vary around those of the last snapshot, in the order
 * in which they would have come, so that the tables grow as they would have.
 */
export async function fillDays(
  lease: HeldLease,
  { people, firstDay, untilDay }: { people: number; firstDay: number; untilDay: number },
): Promise<void> {
  const last = await lastSnapshot(lease);
  for (let from = firstDay; from < untilDay; from += AT_ONCE)
    await lease.tx(async (db) => {
      for (let day = from; day < Math.min(from + AT_ONCE, untilDay); day++)
        await fillDay(lease, db, { last, people, day, id: last.id + 1 + day - firstDay });
    });
}

type CountsOfSnapshot = Schema[
  | 'registrationCount'
  | 'registrationMethod'
  | 'registrationDepth'
  | 'registrationFamily'
  | 'registrationStateCount'];

async function lastSnapshot({ store, tenantId }: HeldLease) {
  const snapshot = await snapshotOfDay(store, { tenantId });
  if (!snapshot) throw new Error('There is no snapshot to go on from');
  const { registrationCount: count, registrationMethod, registrationDepth } = store.t;
  const { registrationFamily, registrationStateCount: stateCount, registrationState } = store.t;
  const { id } = snapshot;
  const own = (t: CountsOfSnapshot) => and(eq(t.tenantId, tenantId), eq(t.snapshotId, id));
  const states = await store.read
    .select({ id: registrationState.id })
    .from(registrationState)
    .where(eq(registrationState.tenantId, tenantId));
  return {
    id,
    counts: await store.read.select().from(count).where(own(count)),
    methods: await store.read.select().from(registrationMethod).where(own(registrationMethod)),
    depth: await store.read.select().from(registrationDepth).where(own(registrationDepth)),
    families: await store.read.select().from(registrationFamily).where(own(registrationFamily)),
    stateCounts: await store.read.select().from(stateCount).where(own(stateCount)),
    stateIds: states.map((state) => state.id),
  };
}

type LastSnapshot = Awaited<ReturnType<typeof lastSnapshot>>;

async function fillDay(
  { store, tenantId }: HeldLease,
  db: Db,
  {
    last,
    people,
    day,
    id: snapshotId,
  }: { last: LastSnapshot; people: number; day: number; id: number },
): Promise<void> {
  const { t } = store;
  const random = randomOf('fill', day);
  const takenAt = snapshotAt(day);
  const of = <R extends object>(rows: readonly R[]) => rows.map((row) => ({ ...row, snapshotId }));
  const swing = 1 + 0.1 * Math.sin(day / 150); // slow, as coverage is
  const part = (count: number, whole: number) =>
    Math.min(whole, Math.max(0, Math.round(count * (swing + 0.0005 * random.normal()))));
  await db.insert(t.registrationSnapshot).values({
    tenantId,
    id: snapshotId,
    takenAt,
    day: dayCutter('UTC').dayOf(takenAt),
    state: 'published',
    lastOfDay: true,
    people,
    rejected: 0,
    unknownAdmin: 0,
  });
  const changes = [...changedOn(day, people)].map((number) => {
    return { tenantId, personId: number + 1, snapshotId, stateId: random.pick(last.stateIds) };
  });
  await bulkInsert(store, db, t.registrationChange, changes);
  const counts = of(last.counts).map((row) => ({
    ...row,
    enabled: part(row.enabled, row.population),
    registered: part(row.registered, row.population),
    capable: part(row.capable, row.population),
    mfaCapable: part(row.mfaCapable, row.population),
  }));
  await bulkInsert(store, db, t.registrationCount, counts);
  await bulkInsert(store, db, t.registrationMethod, of(last.methods));
  await bulkInsert(store, db, t.registrationDepth, of(last.depth));
  await bulkInsert(store, db, t.registrationFamily, of(last.families));
  await bulkInsert(store, db, t.registrationStateCount, of(last.stateCounts));
  const aFifth = Math.ceil(changes.length / 5);
  const moves = { gained: aFifth, lost: aFifth, arrived: 1, departed: 1 };
  await db.insert(t.registrationMove).values({ tenantId, snapshotId, ...moves });
}
