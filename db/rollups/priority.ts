import { and, eq, sql } from 'drizzle-orm';
import { bucketStart, type DayCutter } from '../../domain/day.ts';
import { callOrder } from '../../domain/priority/call-order.ts';
import { priorityCuts } from '../../domain/priority/cuts.ts';
import { observedDays } from '../../domain/priority/observed.ts';
import { isDormant, passwordExpires } from '../../domain/priority/password-expiry.ts';
import { NOT_RANKED, Ranking } from '../../domain/priority/ranking.ts';
import { priorityReport } from '../../domain/priority/report.ts';
import { publishedPeople } from '../queries/published-people.ts';
import { snapshotOfDay } from '../queries/snapshot-of-day.ts';
import { workedOut } from '../queries/worked-out.ts';
import { eachChunk, Pace } from '../store/chunks.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db } from '../store-types.ts';
import { domainValidity } from './domain-validity.ts';
import { historySince, type StoredPerson, storedPeople } from './priority-people.ts';
import { RegistrationPast } from './registration-past.ts';

/** Raise it when features, weights or the report change: everything is then worked out again. */
const DEFINITIONS = 1;

export interface RankPeopleInput {
  /** The tenant's zone. */
  cutter: DayCutter;
  /** When this is done, UTC milliseconds; nothing that is worked out depends on it. */
  now: number;
  onProgress?: (doing: string) => void;
}

/**
 * Works out how often everybody of the population is expected to call the helpdesk in the 90 days after as-of,
 * writes it to `person.call_order` where its first two digits changed, and says in `priority_model` how it was done. Answers null
 * where nothing was read since it was done last, or where no reset log was read or no report published. The model is made from the history up
 * to the first of the month, so that only what a person did moves that person.
 */
export async function rankPeople(
  lease: HeldLease,
  { cutter, now, onProgress = () => undefined }: RankPeopleInput,
): Promise<{ ranked: number; changed: number } | null> {
  const { store, tenantId } = lease;
  const { asOf, windows } = await workedOut(store, tenantId);
  if (asOf === null || (await publishedPeople(store, tenantId)) === null) return null;
  const day = cutter.dayOf(asOf);
  const done = await madeFrom(lease, asOf);
  if ((await doneFor(lease)) === done) return null;

  const past = await RegistrationPast.load(store, tenantId);
  const fitAt = cutter.startOf(bucketStart(day, 'month'));
  const ranking = new Ranking({
    ...{ asOf, fitAt, registeredSince: past.since },
    observedDays: (since, until) => observedDays(windows, since, until),
  });
  const places = await takeIn(lease, { ranking, past, asOf, fitAt, onProgress });
  const result = ranking.result();
  const changed = places.changes(result.expected.map(callOrder));
  await eachChunk(changed, new Pace({ most: 1000 }), (part) =>
    lease.tx((db) => writeOrders(lease, db, part)),
  );

  const since = windows[0]?.since ?? asOf;
  const report = priorityReport(result, { since, asOf, cutter });
  const body = { done, report };
  const row = { tenantId, day, madeAt: now, body };
  const { priorityModel } = store.t;
  await lease.tx(async (db) => {
    await db
      .insert(priorityModel)
      .values(row)
      .onConflictDoUpdate({ target: priorityModel.tenantId, set: row });
  });
  return { ranked: result.people, changed: changed.length };
}

/** Chunks of people between two signs of life of the lease. */
const CHUNKS_PER_SIGN = 5;

interface TakeIn {
  ranking: Ranking;
  past: RegistrationPast;
  asOf: number;
  fitAt: number;
  onProgress: (doing: string) => void;
}

async function takeIn(lease: HeldLease, { ranking, past, asOf, fitAt, onProgress }: TakeIn) {
  const { store, tenantId } = lease;
  const validityDays = await domainValidity(store, tenantId);
  const [first = asOf] = priorityCuts(fitAt).early;
  const places = new Places();
  let chunks = 0;
  for await (const people of storedPeople(store, { tenantId, since: historySince(first), past })) {
    for (const person of people) {
      const place = person.excluded
        ? NOT_RANKED
        : ranking.add({ ...person, now: present(person, past, { asOf, validityDays }) });
      places.add(person, place);
    }
    if (++chunks % CHUNKS_PER_SIGN === 0) await lease.renew();
    onProgress(`working out who calls next (${places.people})`);
  }
  return places;
}

function present(
  { stateId, password, lastSignInAt, userPrincipalName }: StoredPerson,
  past: RegistrationPast,
  { asOf, validityDays }: { asOf: number; validityDays: (name: string | null) => number | null },
) {
  const state = past.member(stateId);
  return (
    state && {
      capable: state.capable,
      passwordExpires: passwordExpires(password, validityDays(userPrincipalName), asOf),
      dormant: isDormant(lastSignInAt, asOf),
    }
  );
}

/** Where everybody came in the ranking: three numbers a person, as there may be millions. */
class Places {
  private readonly ids: number[] = [];
  private readonly places: number[] = [];
  private readonly before: number[] = [];

  get people(): number {
    return this.ids.length;
  }

  add({ id, callOrder: before }: StoredPerson, place: number): void {
    this.ids.push(id);
    this.places.push(place);
    this.before.push(before);
  }

  /** People whose order is not what is stored, in that order; 0 for those who are not ranked. */
  changes(orders: readonly number[]): Placed[] {
    const changed = this.ids.flatMap((id, i): Placed[] => {
      const order = orders[this.places[i] ?? NOT_RANKED] ?? 0;
      return order === this.before[i] ? [] : [{ id, order }];
    });
    return changed.sort((a, b) => a.order - b.order || a.id - b.id);
  }
}

interface Placed {
  id: number;
  order: number;
}

/** By value, so that a statement sets many people and the index is written where it is open. */
async function writeOrders(
  { store, tenantId }: HeldLease,
  db: Db,
  orders: Placed[],
): Promise<void> {
  const { person } = store.t;
  for (const [callOrder, placed] of Map.groupBy(orders, ({ order }) => order)) {
    const ids = store.dialect.inList(placed.map(({ id }) => id));
    await db
      .update(person)
      .set({ callOrder })
      .where(and(eq(person.tenantId, tenantId), sql`${person.id} in ${ids}`));
  }
}

/** What a ranking stands on, as a text: as-of, the report, and when /users and the domains were read last. */
async function madeFrom({ store, tenantId }: HeldLease, asOf: number): Promise<string> {
  const { feed } = store.t;
  const snapshot = await snapshotOfDay(store, { tenantId });
  const read = await store.read
    .select({ feed: feed.feed, lastCompleteAt: feed.lastCompleteAt })
    .from(feed)
    .where(and(eq(feed.tenantId, tenantId), sql`${feed.feed} in ('people', 'domains', 'resets')`))
    .orderBy(feed.feed);
  const times = read.map(({ lastCompleteAt }) => lastCompleteAt);
  return JSON.stringify([DEFINITIONS, asOf, snapshot?.id, times]);
}

/** What the stored model was made for; null: there is none. */
async function doneFor({ store, tenantId }: HeldLease): Promise<string | null> {
  const { priorityModel } = store.t;
  const [row] = await store.read
    .select({ body: priorityModel.body })
    .from(priorityModel)
    .where(eq(priorityModel.tenantId, tenantId));
  return row ? (row.body as { done: string }).done : null;
}
