import { setImmediate as others } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import type { Day, DayCutter } from '../../domain/day.ts';
import type { Db, Store } from '../store-types.ts';
import { eachChunk, Pace } from './chunks.ts';
import { flagExcluded, type Writer } from './exclusion-intervals.ts';
import { applyRules, end, rulesOn } from './exclusion-rules.ts';
import type { HeldLease } from './lease.ts';
import { peopleEdition, setExclusionsDay } from './people-edition.ts';

/**
 * Brings everybody's exclusion in step with today: what has expired no longer holds, rules are asked of
 * everybody anew. To be called at the start of a run; publishing does so by itself.
 */
export async function refreshExclusions(
  lease: HeldLease,
  { now, cutter }: { now: number; cutter: DayCutter },
): Promise<void> {
  await apply(lease, { day: cutter.dayOf(now), today: cutter.dayOf(now) });
}

/** The same before a snapshot of `day` is counted: people whom it told of first are excluded from that day on. */
export async function applyExclusions(lease: HeldLease, { day }: { day: Day }): Promise<void> {
  const { store, tenantId } = lease;
  const { exclusionsDay } = await peopleEdition(store, store.read, tenantId);
  const today = exclusionsDay !== null && exclusionsDay > day ? exclusionsDay : day;
  await apply(lease, { day, today });
}

/** Before exclusions are shown or changed: what has expired since they were applied last holds no more. */
export async function expireExclusions(writer: Writer, today: Day): Promise<void> {
  const { store, tenantId } = writer;
  const { exclusionsDay } = await peopleEdition(store, store.read, tenantId);
  if (exclusionsDay === today || !(await hasExclusions(store, store.read, tenantId))) return;
  await flagEverybody(writer, today);
}

async function apply(writer: Writer, { day, today }: { day: Day; today: Day }): Promise<void> {
  const { store, tenantId } = writer;
  if (!(await hasExclusions(store, store.read, tenantId))) return;
  await finishEnded(writer, today);
  const rules = await rulesOn(store, store.read, { tenantId, day });
  await applyRules(writer, { rules, day, today });
  await flagEverybody(writer, today);
}

async function hasExclusions(
  { t: { exclusion } }: Store,
  db: Db,
  tenantId: number,
): Promise<boolean> {
  const rows = await db
    .select({ id: exclusion.id })
    .from(exclusion)
    .where(eq(exclusion.tenantId, tenantId))
    .limit(1);
  return rows.length > 0;
}

/** People of one transaction while a killed end by hand is finished. */
const LEFT_OVER = 200;

/** Ends what an end by hand that was killed half way has left. */
async function finishEnded(writer: Writer, today: Day): Promise<void> {
  const { store, tenantId } = writer;
  for (;;) {
    const rows = await store.dialect.rows<{ exclusionId: number; endDay: Day; personId: number }>(
      store.read,
      sql`select ended.id as "exclusionId", ended.end_day as "endDay", left_over.person_id as "personId"
          from exclusion as ended
          join person_exclusion as left_over
            on left_over.tenant_id = ${tenantId} and left_over.exclusion_id = ended.id
          where ended.tenant_id = ${tenantId} and ended.kind = 'rule' and ended.end_day is not null
            and (left_over.end_day is null or left_over.end_day > ended.end_day)
          limit ${LEFT_OVER}`,
    );
    const groups = Map.groupBy(rows, ({ exclusionId }) => exclusionId);
    for (const [id, group] of groups) {
      const personIds = group.map(({ personId }) => personId);
      const day = group[0]?.endDay as Day;
      await writer.tx((db) => end(writer, db, { stored: { id }, personIds, day, today }));
    }
    if (rows.length < LEFT_OVER) return;
  }
}

/** Numbers of people that are looked at in one go. */
const AT_ONCE = 20_000;

/** Sets everybody's `person.excluded` to what holds on `today`, in short transactions. */
async function flagEverybody(writer: Writer, today: Day): Promise<void> {
  const { store, tenantId } = writer;
  const { personExclusion: table } = store.t;
  const [row] = await store.read
    .select({ last: sql<number>`coalesce(max(${table.personId}), 0)`.mapWith(Number) })
    .from(table)
    .where(eq(table.tenantId, tenantId));
  const pace = new Pace();
  for (let after = 0; after < (row?.last ?? 0); after += AT_ONCE) {
    const wrong = await wrongFlags(writer, today, { after, upTo: after + AT_ONCE });
    await eachChunk(wrong, pace, async (personIds) => {
      await writer.tx((db) => flagExcluded(writer, db, { personIds, today }));
      await others();
    });
    await others();
  }
  await writer.tx((db) => setExclusionsDay(store, db, { tenantId, day: today }));
}

async function wrongFlags(
  { store, tenantId }: Writer,
  today: Day,
  { after, upTo }: { after: number; upTo: number },
): Promise<number[]> {
  const rows = await store.dialect.rows<{ id: number }>(
    store.read,
    sql`select held.person_id as id
        from person_exclusion as held
        join person on person.tenant_id = ${tenantId} and person.id = held.person_id
        where held.tenant_id = ${tenantId} and held.person_id > ${after} and held.person_id <= ${upTo}
        group by held.person_id, person.excluded
        having max(case when held.first_day <= ${today} and (held.end_day is null or held.end_day > ${today})
                        then 1 else 0 end)
          <> case when person.excluded then 1 else 0 end
        order by held.person_id`,
  );
  return rows.map(({ id }) => Number(id));
}
