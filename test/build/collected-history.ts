import { eq } from 'drizzle-orm';
import type { HeldLease } from '../../db/store/lease.ts';
import { storePeople } from '../../db/store/people.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import type { Store } from '../../db/store-types.ts';
import { type Random, randomOf } from '../../demo/random.ts';
import { addDays, type Day, dayCutter, HOUR_MS } from '../../domain/day.ts';
import { type LeftOut, PopulationModel } from './population-model.ts';
import { type CopiedDay, pagesOf, registrationDays, usersOf } from './registration-days.ts';
import { tenantOn } from './tenants.ts';

const UTC = dayCutter('UTC');

export interface CollectedHistory {
  store: Store;
  lease: HeldLease;
  model: PopulationModel;
  /** Every day of the period, collected or not. */
  first: Day;
  last: Day;
  /** When accounts were made, UTC milliseconds, by object id; null: not told. */
  createdAt: Map<string, number | null>;
  /** Our numbers by object id. */
  numberOf: Map<string, number>;
}

/**
 * A tenant whose report was read some times a day, on most days, while people came, left, became guests, changed
 * departments, and were left out of the population for a while.
 */
export async function collectedHistory(
  store: Store,
  { seed, snapshots = 26, people = 40 }: { seed: number; snapshots?: number; people?: number },
): Promise<CollectedHistory> {
  const lease = await tenantOn(store);
  const random = randomOf('history', seed);
  const copies = copiesOf(registrationDays(seed, snapshots, people), random);
  const ids = [...new Set(copies.flatMap(({ people }) => [...people.keys()]))];
  const [first, last] = [copies[0]?.day as Day, copies.at(-1)?.day as Day];
  const leftOut = leftOutOf(ids, first, copies.length, random);
  const createdAt = new Map(ids.map((id) => [id, createdOf(first, random)]));
  const hours = new Map<Day, number>();
  for (const [n, copy] of copies.entries()) {
    const hour = (hours.get(copy.day) ?? 0) + 1;
    hours.set(copy.day, hour);
    const users = usersOf(copy).map((user) => ({
      ...user,
      createdAt: createdAt.get(user.id) ?? null,
    }));
    await storePeople(lease, users);
    if (n === 0) await leaveOut(store, lease, leftOut);
    const takenAt = UTC.startOf(copy.day) + hour * HOUR_MS;
    const ingest = await SnapshotIngest.begin(lease, { takenAt, day: copy.day });
    for (const page of pagesOf(copy, random)) await ingest.page(page);
    await ingest.leavers();
    const { id, people: read } = ingest;
    await publishSnapshot(lease, { id, people: read, rejected: 0, totals: [] });
  }
  const { person } = store.t;
  const rows = await store.read
    .select({ id: person.objectId, number: person.id })
    .from(person)
    .where(eq(person.tenantId, 1));
  return {
    store,
    lease,
    model: new PopulationModel(copies, leftOut),
    first,
    last,
    createdAt,
    numberOf: new Map(rows.map(({ id, number }) => [id, number])),
  };
}

/** Several a day, and days with none. */
function copiesOf(copies: CopiedDay[], random: Random): CopiedDay[] {
  let day: Day | null = null;
  return copies.map((copy) => {
    day = day === null ? copy.day : addDays(day, random.pick([0, 0, 1, 1, 1, 2, 4]));
    return { ...copy, day };
  });
}

function leftOutOf(ids: string[], first: Day, days: number, random: Random): LeftOut[] {
  return ids.flatMap((id) => {
    const times = random.chance(0.4) ? 1 + random.int(2) : 0;
    return Array.from({ length: times }, () => {
      const firstDay = addDays(first, random.int(days) - 3);
      const endDay = random.chance(0.4) ? null : addDays(firstDay, 1 + random.int(12));
      return { id, firstDay, endDay };
    });
  });
}

const createdOf = (first: Day, random: Random): number | null =>
  random.chance(0.1) ? null : UTC.startOf(first) + (random.int(60) - 15) * 13 * HOUR_MS;

/** Puts the intervals into the database; people who come later are known by then from /users. */
async function leaveOut(store: Store, lease: HeldLease, leftOut: LeftOut[]): Promise<void> {
  const { person, exclusion, personExclusion } = store.t;
  const everybody = [...new Set(leftOut.map(({ id }) => id))];
  await storePeople(
    lease,
    everybody.map((id) => ({ ...NOBODY, id })),
  );
  const rows = await store.read.select({ number: person.id, id: person.objectId }).from(person);
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  await lease.tx(async (db) => {
    for (const [n, { id, firstDay, endDay }] of leftOut.entries()) {
      const own = { tenantId: 1, firstDay, endDay };
      const said = { kind: 'person', reason: 'test', author: 'test', setAt: 0 };
      await db.insert(exclusion).values({ ...own, ...said, id: n + 1 });
      const personId = numbers.get(id) as number;
      await db.insert(personExclusion).values({ ...own, personId, exclusionId: n + 1 });
    }
  });
}

const NOBODY = {
  name: null,
  userPrincipalName: null,
  department: null,
  country: null,
  office: null,
  company: null,
  createdAt: null,
  accountEnabled: null,
  passwordChangedAt: null,
  passwordPolicies: null,
  onPremisesSynced: null,
};
