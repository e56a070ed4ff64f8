import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type DayInterval, holdsOn } from '../../domain/exclusion.ts';
import type { Db, Store } from '../store-types.ts';
import { type Affected, adjustCounts, type ChainSnapshot } from './exclusion-counts.ts';
import { noteMovedDays } from './moved-days.ts';
import { beginEdition, recell } from './person-cells.ts';

/** Who writes exclusions: a job through its lease, a request through the store. */
export interface Writer {
  readonly store: Store;
  readonly tenantId: number;
  tx<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

/** When something is asked for. */
export interface Moment {
  /** UTC milliseconds. */
  now: number;
  /** Its day in the tenant's zone. */
  today: Day;
}

/** Members of the last published snapshot who left the population, and who came back, as of today. */
export interface Crossed {
  left: number;
  back: number;
}

/**
 * Changes intervals of `personIds` by `change`, from `day` on, in the caller's transaction, and all that
 * follows from them: `person.excluded` and the cells, which are about `today`, and the counts of
 * snapshots of `day` and later that are published already. What lies before `day` stays as it is.
 */
export async function changeIntervals(
  { store, tenantId }: Pick<Writer, 'store' | 'tenantId'>,
  db: Db,
  { personIds, day, today }: { personIds: readonly number[]; day: Day; today: Day },
  change: () => Promise<void>,
): Promise<Crossed> {
  if (personIds.length === 0) return { left: 0, back: 0 };
  await beginEdition(store, db, tenantId);
  const ask = () => intervalsOf(store, db, tenantId, personIds);
  const before = await ask();
  await change();
  const after = await ask();
  const chain = await chainFrom(store, db, tenantId, day);
  if (chain.length > 0) {
    const holds = (intervals: Intervals, id: number) =>
      chain.map((snapshot) => isExcluded(intervals, id, snapshot.day));
    const affected = personIds
      .map((id): Affected => ({ id, before: holds(before, id), after: holds(after, id) }))
      .filter((one) => one.before.some((held, i) => held !== one.after[i]));
    await adjustCounts(store, db, { tenantId, chain, affected });
    if (affected.length > 0)
      await noteMovedDays(store, db, { tenantId, days: chain.slice(1).map((one) => one.day) });
  }
  return setFlags(store, db, { tenantId, personIds, today, intervals: after });
}

/** Sets `person.excluded` to what holds on `today`, where it is not that already, in the caller's transaction. */
export async function flagExcluded(
  { store, tenantId }: Pick<Writer, 'store' | 'tenantId'>,
  db: Db,
  { personIds, today }: { personIds: readonly number[]; today: Day },
): Promise<Crossed> {
  await beginEdition(store, db, tenantId);
  const intervals = await intervalsOf(store, db, tenantId, personIds);
  return setFlags(store, db, { tenantId, personIds, today, intervals });
}

type Intervals = ReadonlyMap<number, DayInterval[]>;

/** Whether one of somebody's intervals holds on a day. */
export const isExcluded = (intervals: Intervals, id: number, day: Day) =>
  (intervals.get(id) ?? []).some((one) => holdsOn(one, day));

/** When each of these people is excluded, by `person.id`; nobody who never was. */
export async function intervalsOf(
  { t: { personExclusion: table }, dialect }: Store,
  db: Db,
  tenantId: number,
  personIds: readonly number[],
): Promise<Intervals> {
  const rows = await db
    .select({ id: table.personId, firstDay: table.firstDay, endDay: table.endDay })
    .from(table)
    .where(
      and(
        eq(table.tenantId, tenantId),
        sql`${table.personId} in ${dialect.inList([...personIds])}`,
      ),
    );
  return Map.groupBy(rows, ({ id }) => id);
}

/** Published snapshots from the one before the first of `day` or later on, in their order; none where none is of such a day. */
async function chainFrom(
  { t: { registrationSnapshot: snapshot } }: Store,
  db: Db,
  tenantId: number,
  day: Day,
): Promise<ChainSnapshot[]> {
  const own = and(eq(snapshot.tenantId, tenantId), eq(snapshot.state, 'published'));
  const [first] = await db
    .select({ id: snapshot.id })
    .from(snapshot)
    .where(and(own, gte(snapshot.day, day)))
    .orderBy(asc(snapshot.id))
    .limit(1);
  if (!first) return [];
  const before = db
    .select({ id: sql`coalesce(max(${snapshot.id}), ${first.id})` })
    .from(snapshot)
    .where(and(own, sql`${snapshot.id} < ${first.id}`));
  return db
    .select({ id: snapshot.id, day: snapshot.day })
    .from(snapshot)
    .where(and(own, sql`${snapshot.id} >= (${before})`))
    .orderBy(asc(snapshot.id));
}

async function setFlags(
  store: Store,
  db: Db,
  {
    tenantId,
    personIds,
    today,
    intervals,
  }: { tenantId: number; personIds: readonly number[]; today: Day; intervals: Intervals },
): Promise<Crossed> {
  const { person } = store.t;
  const within = (ids: readonly number[]) =>
    and(eq(person.tenantId, tenantId), sql`${person.id} in ${store.dialect.inList([...ids])}`);
  const rows = await db
    .select({ id: person.id, excluded: person.excluded, kind: person.kind })
    .from(person)
    .where(within(personIds));
  const wrong = rows.filter(
    ({ id, excluded }) => (excluded ?? false) !== isExcluded(intervals, id, today),
  );
  const crossed = { left: 0, back: 0 };
  for (const [excluded, group] of Map.groupBy(wrong, (row) => !(row.excluded ?? false))) {
    const ids = group.map(({ id }) => id);
    await db.update(person).set({ excluded }).where(within(ids));
    crossed[excluded ? 'left' : 'back'] += group.filter(({ kind }) => kind === 'member').length;
  }
  if (wrong.length > 0)
    await recell(
      store,
      db,
      tenantId,
      wrong.map(({ id }) => id),
    );
  return crossed;
}
