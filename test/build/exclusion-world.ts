import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { exclusions } from '../../db/queries/exclusions.ts';
import { expireExclusions, refreshExclusions } from '../../db/store/apply-exclusions.ts';
import { endExclusion } from '../../db/store/end-exclusion.ts';
import { excludeByRule, excludePeople } from '../../db/store/exclude.ts';
import type { Moment } from '../../db/store/exclusion-intervals.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { storePeople } from '../../db/store/people.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import type { Store } from '../../db/store-types.ts';
import { type Random, randomOf } from '../../demo/random.ts';
import { type Day, dayCutter } from '../../domain/day.ts';
import type { ExclusionRule } from '../../domain/exclusion.ts';
import { countedCopy, countedMoves, ExclusionModel } from './exclusion-model.ts';
import { type CopiedDay, pagesOf, registrationDays, usersOf } from './registration-days.ts';

// The clocks of New York change within the days of these tests.
export const ZONE = dayCutter('America/New_York');
const START = Date.parse('2026-03-05T15:00:00Z');
export const TERMS = { reason: 'a test account', author: 'Admin', untilDay: null };
/** A snapshot that counts, and the report that it was made of. */
export interface Published {
  id: number;
  copy: CopiedDay;
}

/** A tenant, what was done to it, and what must follow. */
export class World {
  readonly model = new ExclusionModel();
  readonly published: Published[] = [];
  now = START;
  readonly lease: HeldLease;
  readonly store: Store;
  private readonly copies: CopiedDay[];
  private readonly random: Random;

  /** `times`: so many people for each of a small tenant's. */
  constructor(lease: HeldLease, seed: number, times = 1) {
    this.lease = lease;
    this.store = lease.store;
    this.copies = registrationDays(seed, 90).map((copy) => multiplied(copy, times));
    this.random = randomOf('exclusions', seed);
  }

  get today(): Day {
    return ZONE.dayOf(this.now);
  }

  get moment(): Moment {
    return { now: this.now, today: this.today };
  }

  /** Reads the next report, first page now, and answers how to publish it. */
  async read(): Promise<(lease?: HeldLease) => Promise<void>> {
    const copy = { ...(this.copies.shift() as CopiedDay), day: this.today };
    await storePeople(this.lease, usersOf(copy));
    const ingest = await SnapshotIngest.begin(this.lease, { takenAt: this.now, day: copy.day });
    for (const page of pagesOf(copy, this.random)) await ingest.page(page);
    this.model.hear(copy);
    const { id } = ingest;
    return async (lease = this.lease) => {
      await ingest.leavers();
      await publishSnapshot(lease, { id, people: ingest.people, rejected: 0, totals: [] });
      this.noted({ id, copy });
    };
  }

  noted(published: Published): void {
    this.model.askRules(published.copy.day);
    this.published.push(published);
  }

  async refresh(): Promise<void> {
    await refreshExclusions(this.lease, { now: this.now, cutter: ZONE });
    this.model.askRules(this.today);
  }

  async exclude(objectIds: string[], untilDay: Day | null = null): Promise<void> {
    const { today: first } = this;
    const given = { ...TERMS, untilDay, objectIds };
    const { ids } = await excludePeople(this.lease, given, this.moment);
    const { exclusions: all } = await exclusions(this.store, { tenantId: 1, today: first });
    for (const id of ids) {
      const who = all.find((one) => one.id === String(id))?.person?.id ?? '';
      this.model.add(id, { who, rule: null, first, until: untilDay });
    }
  }

  async excludeRule(rule: ExclusionRule, untilDay: Day | null = null): Promise<void> {
    const given = { ...TERMS, untilDay, rule };
    const { ids } = await excludeByRule(this.lease, given, this.moment);
    for (const id of ids)
      this.model.add(id, { who: null, rule, first: this.today, until: untilDay });
    if (ids.length > 0) this.askOnly(ids[0] ?? 0);
  }

  /** Setting a rule asks no other rule. */
  private askOnly(id: number): void {
    const others = [...this.model.exclusions].filter(([other]) => other !== id);
    for (const [other] of others) this.model.exclusions.delete(other);
    this.model.askRules(this.today);
    for (const [other, one] of others) this.model.exclusions.set(other, one);
  }

  async end(id: number): Promise<void> {
    expect(await endExclusion(this.lease, id, this.moment)).toBe('done');
    this.model.end(id, this.today);
  }

  /** Counts of every snapshot, whenever it was, are those of the full copy less who was out on its day. */
  async expectDays(): Promise<void> {
    for (const [i, { id, copy }] of this.published.entries()) {
      const out = (who: string) => this.model.isOut(who, copy.day);
      const stored = await storedCounts(this.store, id);
      // Of several snapshots of a day the last one is shown; /users may have moved people since the others.
      const shown = this.published[i + 1]?.copy.day !== copy.day;
      const counted = countedCopy(copy, out);
      const places = shown ? {} : { department: stored.department, country: stored.country };
      expect(stored, `snapshot ${id} of ${copy.day}`).toEqual({ ...counted, ...places });
      const before = this.published[i - 1];
      const moves = before
        ? countedMoves(
            { copy: before.copy, out: (who) => this.model.isOut(who, before.copy.day) },
            { copy, out },
          )
        : null;
      expect(await storedMoves(this.store, id), `moves of ${copy.day}`).toEqual(moves);
    }
  }

  /** Who is excluded now, and how many each exclusion leaves out; asking lets what has expired expire. */
  async expectNow(): Promise<void> {
    const { store, today, model } = this;
    await expireExclusions(this.lease, today);
    const people = await store.read.select().from(store.t.person);
    const flagged = people.filter(({ excluded }) => excluded).map(({ objectId }) => objectId);
    const expected = people.filter(({ objectId }) => model.isOut(objectId, today));
    expect(flagged.sort()).toEqual(expected.map(({ objectId }) => objectId).sort());
    const list = await exclusions(store, { tenantId: 1, today });
    expect(list.people).toBe(expected.filter(({ kind }) => kind === 'member').length);
    const active = list.exclusions.filter(({ state }) => state === 'active');
    expect(active.map(({ id }) => Number(id)).sort()).toEqual(model.active(today).sort());
  }
}

function multiplied({ day, people }: CopiedDay, times: number): CopiedDay {
  const all = [...people.values()].flatMap((one) =>
    Array.from({ length: times }, (_, n) => {
      const id = n === 0 ? one.row.id : `${one.row.id}-${n}`;
      return [id, { ...one, row: { ...one.row, id } }] as const;
    }),
  );
  return { day, people: new Map(all) };
}

/** Every count of a snapshot, as `countedCopy` tells them. */
export async function storedCounts(store: Store, snapshotId: number) {
  const of = async (name: 'registrationMethod' | 'registrationDepth' | 'registrationFamily') => {
    const table = store.t[name];
    const rows = await store.read
      .select()
      .from(table)
      .where(and(eq(table.tenantId, 1), eq(table.snapshotId, snapshotId)));
    return rows as unknown as Record<string, number>[];
  };
  const { registrationCount, registrationStateCount, registrationSnapshot } = store.t;
  const counts = await store.read
    .select()
    .from(registrationCount)
    .where(and(eq(registrationCount.tenantId, 1), eq(registrationCount.snapshotId, snapshotId)));
  const flags = (rows: typeof counts) =>
    rows.map(({ tenantId: _, snapshotId: __, dimension: ___, value, ...row }) => [value, row]);
  const by = (dimension: string) =>
    Object.fromEntries(flags(counts.filter((row) => row.dimension === dimension)));
  const states = await store.read
    .select()
    .from(registrationStateCount)
    .where(eq(registrationStateCount.snapshotId, snapshotId));
  const [snapshot] = await store.read
    .select()
    .from(registrationSnapshot)
    .where(eq(registrationSnapshot.id, snapshotId));
  const none = { population: 0, enabled: 0, registered: 0, capable: 0, mfaCapable: 0 };
  return {
    all: by('all')[''] ?? none,
    excluded: by('class').excluded ?? none,
    department: by('department'),
    country: by('country'),
    company: by('company'),
    admin: by('admin'),
    methods: Object.fromEntries(
      (await of('registrationMethod')).map(({ method, people }) => [method, people]),
    ),
    depth: Object.fromEntries(
      (await of('registrationDepth')).map(({ families, people }) => [families, people]),
    ),
    families: Object.fromEntries(
      (await of('registrationFamily')).map(({ family, people, only }) => [family, [people, only]]),
    ),
    states: states.reduce((sum, { people }) => sum + people, 0),
    unknownAdmin: snapshot?.unknownAdmin,
  };
}

export async function storedMoves(
  { t: { registrationMove: table }, read }: Store,
  snapshotId: number,
) {
  const [row] = await read
    .select({
      gained: table.gained,
      lost: table.lost,
      arrived: table.arrived,
      departed: table.departed,
    })
    .from(table)
    .where(eq(table.snapshotId, snapshotId));
  return row ?? null;
}
