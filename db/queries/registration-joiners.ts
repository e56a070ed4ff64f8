import { setImmediate as others } from 'node:timers/promises';
import { and, asc, eq, sql } from 'drizzle-orm';
import { bucketStart, type Day, dayCutter, daysBetween } from '../../domain/day.ts';
import { type Joiner, joinersOfMonth } from '../../domain/joiners.ts';
import { StateDictionary, type StateRow } from '../store/registration-states.ts';
import type { Store } from '../store-types.ts';
import { exclusionsOf } from './exclusions-of.ts';

export interface JoinersInput {
  tenantId: number;
  /** Zone in which days are cut, IANA name. */
  timeZone: string;
  /** Accounts made from this day on; from the first snapshot's day where it is later, or left out. */
  first?: Day | undefined;
  /** Up to this day, included; up to the last snapshot's where it is earlier, or left out. */
  last?: Day | undefined;
}

/** Whose accounts are read in one go: of a tenant of a million, some thousand people. */
const DAYS_AT_ONCE = 8;

interface Snapshot {
  id: number;
  day: Day;
}

/**
 * People of the population by the month in which their account was made, and how many of them were registered
 * within 7, 14 and 30 days (docs/data-dictionary.md, joiners). Accounts older than the first snapshot are left out:
 * when they registered is not known. One element per month of the period, oldest first; `day` null before the
 * first snapshot.
 *
 * Reads the accounts of some days at once, and lets others in between.
 */
export async function registrationJoiners(store: Store, input: JoinersInput) {
  const snapshots = await publishedSnapshots(store, input.tenantId);
  const [oldest, latest] = [snapshots[0], snapshots.at(-1)];
  if (!oldest || !latest) return { day: null, months: [] };
  const first = input.first && input.first > oldest.day ? input.first : oldest.day;
  const last = input.last && input.last < latest.day ? input.last : latest.day;
  const byMonth = Map.groupBy(daysBetween(first, last), (day) => bucketStart(day, 'month'));
  const states = (await StateDictionary.load(store, input.tenantId)).byId;
  const months = [];
  const everExcluded = await peopleEverExcluded(store, input.tenantId);
  for (const [start, days] of byMonth) {
    const joiners: Joiner[] = [];
    for (let i = 0; i < days.length; i += DAYS_AT_ONCE) {
      const some = days.slice(i, i + DAYS_AT_ONCE);
      const period = { first: some[0] ?? first, last: some.at(-1) ?? last };
      const known = { snapshots, states, everExcluded };
      joiners.push(...(await joinersOf(store, { ...input, ...period, ...known })));
      await others();
    }
    months.push({ start, ...joinersOfMonth(joiners, latest.day) });
  }
  return { day: latest.day, months };
}

/** Oldest first. */
function publishedSnapshots(
  { t: { registrationSnapshot: snapshot }, read }: Store,
  tenantId: number,
): Promise<Snapshot[]> {
  return read
    .select({ id: snapshot.id, day: snapshot.day })
    .from(snapshot)
    .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.state, 'published')))
    .orderBy(asc(snapshot.id));
}

interface Period {
  tenantId: number;
  timeZone: string;
  first: Day;
  last: Day;
  snapshots: readonly Snapshot[];
  states: ReadonlyMap<number, StateRow>;
  everExcluded: ReadonlySet<number>;
}

/** Nearly everybody was never excluded, and need not be looked up. */
async function peopleEverExcluded(store: Store, tenantId: number): Promise<Set<number>> {
  const rows = await store.dialect.rows<{ id: number }>(
    store.read,
    sql`select distinct person_id as id from person_exclusion where tenant_id = ${tenantId}`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** People whose account was made in the period and who were in a population since. */
async function joinersOf(store: Store, period: Period): Promise<Joiner[]> {
  const { tenantId, snapshots, states } = period;
  const cutter = dayCutter(period.timeZone);
  const rows = await accountChanges(store, {
    tenantId,
    since: cutter.startOf(period.first),
    until: cutter.endOf(period.last),
  });
  const dayOf = new Map(snapshots.map(({ id, day }) => [id, day]));
  const byPerson = Map.groupBy(rows, ({ id }) => id);
  const excludable = [...byPerson.keys()].filter((id) => period.everExcluded.has(id));
  const isExcluded = await exclusionsOf(store, tenantId, excludable);
  const joiners: Joiner[] = [];
  for (const [id, all] of byPerson) {
    const changes = all.filter(({ snapshotId }) => dayOf.has(snapshotId));
    const counted = changes.some(
      ({ snapshotId, stateId }, i) =>
        isMember(states, stateId) &&
        isCounted(snapshots, {
          from: snapshotId,
          until: changes[i + 1]?.snapshotId ?? Number.POSITIVE_INFINITY,
          isExcluded: (day) => isExcluded(id, day),
        }),
    );
    if (!counted) continue;
    const first = changes.find(({ stateId }) => states.get(stateId ?? 0)?.registered === true);
    joiners.push({
      created: cutter.dayOf(all[0]?.createdAt ?? 0),
      registered: (first && dayOf.get(first.snapshotId)) ?? null,
    });
  }
  return joiners;
}

interface AccountChange {
  id: number;
  createdAt: number;
  snapshotId: number;
  stateId: number | null;
}

/** Changes of the people whose account was made in [since, until), in order; those never in the report have none. */
function accountChanges(
  store: Store,
  { tenantId, since, until }: { tenantId: number; since: number; until: number },
): Promise<AccountChange[]> {
  return store.dialect.rows<AccountChange>(
    store.read,
    sql`select person.id, person.created_at as "createdAt",
          change.snapshot_id as "snapshotId", change.state_id as "stateId"
        from person
        join registration_change as change
          on change.tenant_id = ${tenantId} and change.person_id = person.id
        where person.tenant_id = ${tenantId}
          and person.created_at >= ${since} and person.created_at < ${until}
          and person.created_at is not null
        order by person.id, change.snapshot_id`,
  );
}

function isMember(states: ReadonlyMap<number, StateRow>, id: number | null): boolean {
  const userClass = id === null ? undefined : states.get(id)?.userClass;
  return userClass === 'member' || userClass === 'unknown_type';
}

/** Whether a snapshot from `from` up to, not including, `until` found the person not excluded. */
function isCounted(
  snapshots: readonly Snapshot[],
  { from, until, isExcluded }: { from: number; until: number; isExcluded: (day: Day) => boolean },
): boolean {
  for (let i = placeOf(snapshots, from); i < snapshots.length; i++) {
    const snapshot = snapshots[i];
    if (!snapshot || snapshot.id >= until) return false;
    if (!isExcluded(snapshot.day)) return true;
  }
  return false;
}

/** Place of the first snapshot with this id or a later one. */
function placeOf(snapshots: readonly Snapshot[], id: number): number {
  let [low, high] = [0, snapshots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((snapshots[middle]?.id ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
