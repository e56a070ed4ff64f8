import { and, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { RegistrationState } from '../../domain/registration.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import { eachChunk, inChunks, Pace } from './chunks.ts';
import type { Stored } from './feed-runs.ts';
import type { HeldLease } from './lease.ts';
import { nextId } from './next-id.ts';
import { personText } from './person-text.ts';
import { StateDictionary } from './registration-states.ts';
import { Seen } from './seen.ts';

/** One person of the registration report. */
export interface RegistrationRow {
  /** Entra object id. */
  id: string;
  name: string | null;
  userPrincipalName: string | null;
  state: RegistrationState;
}

interface KnownPerson {
  id: number;
  stateId: number | null;
  name: string | null;
  userPrincipalName: string | null;
}

/**
 * A registration snapshot while it is being read. Each page is compared with the
 * last published snapshot and only differences are written, to a table nobody
 * reads (P1); publishing is in publish-snapshot.ts. Pages may repeat people: the
 * last word counts.
 */
export class SnapshotIngest {
  readonly id: number;
  readonly takenAt: number;
  readonly states: StateDictionary;
  private readonly lease: HeldLease;
  private readonly seen = new Seen();
  private readonly pace = new Pace();

  private constructor(
    lease: HeldLease,
    { id, takenAt, states }: { id: number; takenAt: number; states: StateDictionary },
  ) {
    this.lease = lease;
    this.id = id;
    this.takenAt = takenAt;
    this.states = states;
  }

  /** Starts a snapshot whose first page was answered at `takenAt`. */
  static async begin(
    lease: HeldLease,
    { takenAt, day }: { takenAt: number; day: Day },
  ): Promise<SnapshotIngest> {
    const { store, tenantId } = lease;
    const { registrationSnapshot: snapshot } = store.t;
    const states = await StateDictionary.load(store, tenantId);
    const id = await lease.tx(async (db) => {
      const next = await nextId(db, snapshot, tenantId);
      const counts = { people: 0, rejected: 0, unknownAdmin: 0 };
      const values = { tenantId, id: next, takenAt, day, state: 'reading', lastOfDay: false };
      await db.insert(snapshot).values({ ...values, ...counts });
      return next;
    });
    return new SnapshotIngest(lease, { id, takenAt, states });
  }

  /** Distinct people read so far. */
  get people(): number {
    return this.seen.size;
  }

  /**
   * Takes in one page. What is stored already is only read; new people, new names and
   * changed states are written, in short transactions.
   */
  async page(rows: RegistrationRow[]): Promise<Stored> {
    const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
    const known = await this.known(distinct);
    const same: number[] = [];
    const toWrite = distinct.filter((row) => {
      const old = known.get(row.id);
      if (!old || this.seen.has(old.id) || !this.isSame(old, row)) return true;
      same.push(old.id);
      return false;
    });
    for (const personId of same) this.seen.add(personId);
    const result = { added: 0, changed: 0 };
    await eachChunk(toWrite, this.pace, async (part) => {
      const { added, changed } = await this.lease.tx((db) => this.write(db, part, known));
      result.added += added;
      result.changed += changed;
    });
    return result;
  }

  private isSame(old: KnownPerson, { name, userPrincipalName, state }: RegistrationRow): boolean {
    return (
      old.stateId !== null &&
      old.stateId === this.states.idOf(state) &&
      old.name === name &&
      old.userPrincipalName === userPrincipalName
    );
  }

  private async write(
    db: Db,
    rows: RegistrationRow[],
    known: Map<string, KnownPerson>,
  ): Promise<Stored> {
    const stateIds = await this.states.ids(
      db,
      rows.map(({ state }) => state),
    );
    const ids = await this.storePeople(db, rows, known);
    const changed = rows.flatMap(({ id }, i) => {
      const personId = ids.get(id) as number;
      const stateId = stateIds[i] as number;
      // Of somebody seen before in this snapshot another state may be pending.
      const differs = known.get(id)?.stateId !== stateId || this.seen.has(personId);
      return differs ? [{ personId, stateId }] : [];
    });
    await this.pend(db, changed);
    for (const personId of ids.values()) this.seen.add(personId);
    const added = rows.filter(({ id }) => (known.get(id)?.stateId ?? null) === null).length;
    return { added, changed: Math.max(0, changed.length - added) };
  }

  private async known(rows: RegistrationRow[]): Promise<Map<string, KnownPerson>> {
    const { store, tenantId } = this.lease;
    // Raw, and from the list to the people: three times as fast as asking for `id in (…)`.
    const asked = store.dialect.jsonRows(
      rows.map(({ id }) => [id]),
      ['text'],
    );
    const found = await store.dialect.rows<KnownPerson & { objectId: string }>(
      store.read,
      sql`select person.id, asked.c0 as "objectId", person.state_id as "stateId",
                 person.name, person.user_principal_name as "userPrincipalName"
          from ${asked} as asked
          left join person on person.tenant_id = ${tenantId} and person.object_id = asked.c0`,
    );
    return new Map(found.filter(({ id }) => id !== null).map((one) => [one.objectId, one]));
  }

  /** Makes sure every person of `rows` has a row with today's name; answers our ids by object id. */
  private async storePeople(
    db: Db,
    rows: RegistrationRow[],
    known: Map<string, KnownPerson>,
  ): Promise<Map<string, number>> {
    const { store, tenantId } = this.lease;
    const ids = new Map<string, number>();
    let next = await nextId(db, store.t.person, tenantId);
    const toWrite = rows.flatMap(({ id: objectId, name, userPrincipalName }) => {
      const old = known.get(objectId);
      const id = old?.id ?? next++;
      ids.set(objectId, id);
      if (old && old.name === name && old.userPrincipalName === userPrincipalName) return [];
      return [{ tenantId, id, objectId, ...personText(name, userPrincipalName) }];
    });
    await bulkInsert(store, db, store.t.person, toWrite, {
      target: ['tenantId', 'id'],
      update: ['name', 'userPrincipalName', 'sortName', 'searchText'],
    });
    return ids;
  }

  private async pend(db: Db, changes: { personId: number; stateId: number | null }[]) {
    const { store, tenantId } = this.lease;
    const rows = changes.map((change) => ({ tenantId, snapshotId: this.id, ...change }));
    await bulkInsert(store, db, store.t.registrationPending, rows, {
      target: ['tenantId', 'snapshotId', 'personId'],
      update: ['stateId'],
    });
  }

  /** After the last page: everybody of the last published snapshot who was not seen has left. */
  async leavers(): Promise<number> {
    const { store, tenantId } = this.lease;
    const { person } = store.t;
    let left = 0;
    for (let after = 0; ; ) {
      const rows = await store.read
        .select({ id: person.id })
        .from(person)
        .where(and(eq(person.tenantId, tenantId), gt(person.id, after), isNotNull(person.stateId)))
        .orderBy(person.id)
        .limit(20_000);
      const gone = rows.filter(({ id }) => !this.seen.has(id));
      await eachChunk(gone, this.pace, (part) => {
        const changes = part.map(({ id }) => ({ personId: id, stateId: null }));
        return this.lease.tx((db) => this.pend(db, changes));
      });
      left += gone.length;
      const last = rows.at(-1);
      if (!last) return left;
      after = last.id;
    }
  }

  /** Ends the snapshot without publishing it: `held` until another agrees, or `dropped`. */
  async close(state: 'held' | 'dropped', counts: { rejected: number }): Promise<void> {
    const { store, tenantId } = this.lease;
    const { registrationSnapshot: snapshot } = store.t;
    await dropPending(this.lease, this.id); // first: killed in between, it is still one to be dropped
    await this.lease.tx(async (db) => {
      await db
        .update(snapshot)
        .set({ state, people: this.people, rejected: counts.rejected })
        .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.id, this.id)));
    });
  }
}

/** Removes what an unpublished snapshot left behind, in short transactions. */
export async function dropPending(lease: HeldLease, snapshotId: number): Promise<void> {
  const { store, tenantId } = lease;
  const { registrationPending: pending } = store.t;
  await inChunks((size) =>
    lease.tx(async (db) => {
      const rows = await db
        .select({ personId: pending.personId })
        .from(pending)
        .where(and(eq(pending.tenantId, tenantId), eq(pending.snapshotId, snapshotId)))
        .limit(size);
      if (rows.length === 0) return 0;
      await db.delete(pending).where(
        and(
          eq(pending.tenantId, tenantId),
          eq(pending.snapshotId, snapshotId),
          inArray(
            pending.personId,
            rows.map(({ personId }) => personId),
          ),
        ),
      );
      return rows.length;
    }),
  );
}
