import { and, between, eq, sql } from 'drizzle-orm';
import { type Day, daysBetween } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';

interface Input {
  tenantId: number;
  first: Day;
  last: Day;
}

/** People per method or family of one snapshot; `only` have no other family. */
interface Counted {
  name: string;
  people: number;
  only?: number;
}

/**
 * Methods, depth and one-family people of every day of a period, in columns: one list of names, and per day the
 * numbers in their order. A day without a snapshot is null. A snapshot from before families were
 * counted (an upgraded database) has `only` null.
 *
 * Reads some dozens of rows per collected day.
 */
export async function registrationMethodsTrend(store: Store, input: Input) {
  const snapshots = await snapshotsOf(store, input);
  const methods = await countsOf(store, input, 'method');
  const families = await countsOf(store, input, 'family');
  const depths = await depthsOf(store, input);
  const names = { methods: namesOf(methods), families: namesOf(families) };
  const idOf = new Map(snapshots.map(({ id, day }) => [day, id]));
  const population = new Map(snapshots.map(({ id, population: people }) => [id, people ?? 0]));
  return {
    ...names,
    days: daysBetween(input.first, input.last).map((day) => {
      const id = idOf.get(day);
      if (id === undefined) return { day, population: null, people: null, depth: null, only: null };
      const having = new Map(methods.get(id)?.map(({ name, people }) => [name, people]));
      const depth = depths.get(id) ?? [0, 0, 0, 0];
      return {
        day,
        population: population.get(id) ?? 0,
        people: names.methods.map((name) => having.get(name) ?? 0),
        depth,
        only: onlyOf(families.get(id), names.families, depth),
      };
    }),
  };
}

/** Null where families were not counted: then somebody has one, and there is no row of it. */
function onlyOf(
  rows: Counted[] | undefined,
  names: readonly string[],
  depth: readonly number[],
): number[] | null {
  const nobodyHasOne = depth.slice(1).every((people) => people === 0);
  if (!rows && !nobodyHasOne) return null;
  const only = new Map(rows?.map((row) => [row.name, row.only ?? 0]));
  return names.map((name) => only.get(name) ?? 0);
}

function snapshotsOf(
  { t: { registrationSnapshot: snapshot, registrationCount: count }, read }: Store,
  { tenantId, first, last }: Input,
) {
  return read
    .select({ id: snapshot.id, day: snapshot.day, population: count.population })
    .from(snapshot)
    .leftJoin(
      count,
      and(
        eq(count.tenantId, tenantId),
        eq(count.dimension, 'all'),
        eq(count.value, ''),
        eq(count.snapshotId, snapshot.id),
      ),
    )
    .where(ofPeriod(snapshot, { tenantId, first, last }));
}

const ofPeriod = (snapshot: Store['t']['registrationSnapshot'], { tenantId, first, last }: Input) =>
  and(
    eq(snapshot.tenantId, tenantId),
    eq(snapshot.lastOfDay, true),
    between(snapshot.day, first, last),
  );

/** By snapshot, oldest day first. Raw: of three years there are some ten thousand rows. */
async function countsOf(
  { t: { registrationSnapshot: snapshot }, dialect, read }: Store,
  input: Input,
  what: 'method' | 'family',
): Promise<Map<number, Counted[]>> {
  const [table, name, only] =
    what === 'method'
      ? [sql`registration_method`, sql`counts.method`, sql``]
      : [sql`registration_family`, sql`counts.family`, sql`, counts.only_this as "only"`];
  const rows = await dialect.rows<{ id: number } & Counted>(
    read,
    sql`select ${snapshot.id} as id, ${name} as name, counts.people ${only}
        from ${snapshot}
        join ${table} as counts
          on counts.tenant_id = ${input.tenantId} and counts.snapshot_id = ${snapshot.id}
        where ${ofPeriod(snapshot, input)}
        order by ${snapshot.day}`,
  );
  return Map.groupBy(rows, ({ id }) => id);
}

/** People with 0, 1, 2 and 3 or more families, by snapshot. */
async function depthsOf(
  { t: { registrationSnapshot: snapshot, registrationDepth: depth }, read }: Store,
  input: Input,
): Promise<Map<number, number[]>> {
  const rows = await read
    .select({ id: snapshot.id, families: depth.families, people: depth.people })
    .from(snapshot)
    .innerJoin(depth, and(eq(depth.tenantId, input.tenantId), eq(depth.snapshotId, snapshot.id)))
    .where(ofPeriod(snapshot, input));
  const found = new Map<number, number[]>();
  for (const { id, families, people } of rows) {
    const counts = found.get(id) ?? [0, 0, 0, 0];
    const place = Math.min(3, families);
    counts[place] = (counts[place] ?? 0) + people;
    found.set(id, counts);
  }
  return found;
}

/** All names of the period: those of most people on its last collected day first, then by spelling. */
function namesOf(bySnapshot: ReadonlyMap<number, Counted[]>): string[] {
  const latest = new Map(
    [...bySnapshot.values()].at(-1)?.map(({ name, people }) => [name, people]),
  );
  const names = new Set([...bySnapshot.values()].flat().map(({ name }) => name));
  return [...names].sort(
    (a, b) => (latest.get(b) ?? 0) - (latest.get(a) ?? 0) || (a < b ? -1 : Number(a > b)),
  );
}
