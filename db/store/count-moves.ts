import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type MoveGroup, type Moves, registrationMoves } from '../../domain/registration-moves.ts';
import type { SummarisedState } from '../../domain/registration-summary.ts';
import type { Store } from '../store-types.ts';

interface Snapshot {
  id: number;
  day: Day;
}

/**
 * How the capable people of the population changed between the published snapshot before and the one
 * whose changes have just been applied; null: there was none before. Reads people who changed or whose
 * exclusion began or ended, never everybody.
 */
export async function countMoves(
  store: Store,
  {
    tenantId,
    snapshot,
    states,
  }: { tenantId: number; snapshot: Snapshot; states: ReadonlyMap<number, SummarisedState> },
): Promise<Moves | null> {
  const before = await publishedBefore(store, tenantId, snapshot.id);
  if (!before) return null;
  const pair = { tenantId, before, now: snapshot };
  const changed = await store.dialect.rows<GroupRow>(store.read, changedStates(pair));
  const others = await store.dialect.rows<GroupRow>(store.read, changedExclusions(pair));
  return registrationMoves([...changed, ...others].map(groupOf), states);
}

/** The snapshot that was published last before the one with this id. */
export async function publishedBefore(
  { t: { registrationSnapshot: snapshot }, read }: Pick<Store, 't' | 'read'>,
  tenantId: number,
  id: number,
): Promise<(Snapshot & { takenAt: number }) | null> {
  const [row] = await read
    .select({ id: snapshot.id, day: snapshot.day, takenAt: snapshot.takenAt })
    .from(snapshot)
    .where(
      and(eq(snapshot.tenantId, tenantId), eq(snapshot.state, 'published'), lt(snapshot.id, id)),
    )
    .orderBy(desc(snapshot.id))
    .limit(1);
  return row ?? null;
}

interface Pair {
  tenantId: number;
  before: Snapshot;
  now: Snapshot;
}

interface GroupRow {
  stateBefore: number | null;
  stateNow: number | null;
  /** 1: excluded, 0: not. */
  excludedBefore: number;
  excludedNow: number;
  people: number;
}

const groupOf = (row: GroupRow): MoveGroup => ({
  before: { stateId: row.stateBefore, excluded: Number(row.excludedBefore) === 1 },
  now: { stateId: row.stateNow, excluded: Number(row.excludedNow) === 1 },
  people: Number(row.people),
});

/** SQL that is 1 where an exclusion of the person whose number is `personId` holds on `day`, else 0. */
export const excludedOn = (tenantId: number, personId: SQL, day: Day): SQL => sql`
  case when exists (
    select 1 from person_exclusion as held
    where held.tenant_id = ${tenantId} and held.person_id = ${personId}
      and held.first_day <= ${day} and (held.end_day is null or held.end_day > ${day})
  ) then 1 else 0 end`;

/** One row per pair of states, of everybody whose state the snapshot changed. */
const changedStates = ({ tenantId, before, now }: Pair): SQL => sql`
  select state_before as "stateBefore", state_now as "stateNow",
    excluded_before as "excludedBefore", excluded_now as "excludedNow", count(*) as people
  from (
    select change.state_id as state_now,
      (
        select earlier.state_id
        from registration_change as earlier
        where earlier.tenant_id = ${tenantId} and earlier.person_id = change.person_id
          and earlier.snapshot_id < ${now.id}
        order by earlier.snapshot_id desc
        limit 1
      ) as state_before,
      ${excludedOn(tenantId, sql`change.person_id`, before.day)} as excluded_before,
      ${excludedOn(tenantId, sql`change.person_id`, now.day)} as excluded_now
    from registration_change as change
    where change.tenant_id = ${tenantId} and change.snapshot_id = ${now.id}
  ) as pairs
  group by state_before, state_now, excluded_before, excluded_now`;

/** One row per state, of people whose state stayed while an exclusion began or ended. */
const changedExclusions = ({ tenantId, before, now }: Pair): SQL => sql`
  select person.state_id as "stateBefore", person.state_id as "stateNow",
    1 - moved.excluded_now as "excludedBefore", moved.excluded_now as "excludedNow", count(*) as people
  from (
    select person_id, max(${holds(now.day)}) as excluded_now
    from person_exclusion
    where tenant_id = ${tenantId}
    group by person_id
    having max(${holds(before.day)}) <> max(${holds(now.day)})
  ) as moved
  join person on person.tenant_id = ${tenantId} and person.id = moved.person_id
  where not exists (
    select 1 from registration_change as change
    where change.tenant_id = ${tenantId} and change.snapshot_id = ${now.id}
      and change.person_id = moved.person_id
  )
  group by person.state_id, moved.excluded_now`;

const holds = (day: Day): SQL =>
  sql`case when first_day <= ${day} and (end_day is null or end_day > ${day}) then 1 else 0 end`;
