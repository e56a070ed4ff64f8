import { describe, expect, test } from 'vitest';
import { people } from '../../db/queries/people.ts';
import { personStory } from '../../db/queries/person-story.ts';
import { publishedPeople } from '../../db/queries/published-people.ts';
import { reconciliation } from '../../db/queries/reconciliation.ts';
import { registrationBy } from '../../db/queries/registration-by.ts';
import { registrationCoverage } from '../../db/queries/registration-coverage.ts';
import { registrationMethods } from '../../db/queries/registration-methods.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { storePeople } from '../../db/store/people.ts';
import { finishSnapshots, publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import type { Store } from '../../db/store-types.ts';
import { type Random, randomOf } from '../../demo/random.ts';
import { type Day, dayCutter, HOUR_MS } from '../../domain/day.ts';
import { depthOf, reasonOf } from '../../domain/registration.ts';
import {
  type CopiedDay,
  type CopiedPerson,
  pagesOf,
  registrationDays,
  usersOf,
} from '../build/registration-days.ts';
import { ENGINES } from '../build/stores.ts';
import { REGISTRATION, rowsOf } from '../build/tables.ts';
import { Killed, killedAt, tenantOn, watched } from '../build/tenants.ts';

const UTC = dayCutter('UTC');
const at = (day: Day, hour = 4) => UTC.startOf(day) + hour * HOUR_MS;

async function read(lease: HeldLease, copy: CopiedDay, random: Random): Promise<SnapshotIngest> {
  await storePeople(lease, usersOf(copy));
  const takenAt = at(copy.day);
  const ingest = await SnapshotIngest.begin(lease, { takenAt, day: copy.day });
  for (const page of pagesOf(copy, random)) await ingest.page(page);
  return ingest;
}

async function publish(lease: HeldLease, ingest: SnapshotIngest): Promise<void> {
  await ingest.leavers();
  const totals = [{ userTypes: 'all' as const, feature: '', people: ingest.people }];
  await publishSnapshot(lease, { id: ingest.id, people: ingest.people, rejected: 3, totals });
}

/** What a reader sees of registration; `list` is left out while changes are being applied. */
async function answers(store: Store, tenantId: number, days: CopiedDay[], { list = true } = {}) {
  const [first, last] = [days[0]?.day as Day, days.at(-1)?.day as Day];
  const found: unknown[] = [
    await registrationCoverage(store, { tenantId, first, last }),
    await registrationMethods(store, { tenantId }),
    await reconciliation(store, { tenantId }),
    await publishedPeople(store, tenantId),
  ];
  for (const dimension of ['department', 'country', 'office', 'company', 'admin'])
    found.push(await registrationBy(store, { tenantId, dimension }));
  if (list)
    for (const userType of ['member', 'guest'] as const)
      found.push(
        await people(store, { tenantId, userType, sort: 'name', limit: 200, facets: true }),
      );
  return found;
}

// The reference: counted over the full copy, in the plainest way.
const isMember = ({ row: { state } }: CopiedPerson) =>
  ['', 'member'].includes((state.userType ?? '').toLowerCase());

function counted(all: CopiedPerson[]) {
  const flag = (name: 'enabled' | 'registered' | 'capable' | 'mfaCapable') =>
    all.filter(({ row }) => row.state[name] === true).length;
  return {
    population: all.length,
    enabled: flag('enabled'),
    registered: flag('registered'),
    capable: flag('capable'),
    mfaCapable: flag('mfaCapable'),
  };
}

/** Numbers of people by a value, in the order of the values as the database has it. */
function tally<K extends string | number | null>(values: K[]): [K, number][] {
  const byValue = Map.groupBy(values, (value) => value);
  const bytes = (value: K) => Buffer.from(String(value ?? ''));
  return [...byValue]
    .map(([value, group]): [K, number] => [value, group.length])
    .sort(([a], [b]) => Buffer.compare(bytes(a), bytes(b)));
}

describe.each(ENGINES)('registration history on %s', (_, emptyStore) => {
  test('changes nobody and writes nothing when the same report is read again', async () => {
    const lease = await tenantOn(await emptyStore());
    const [copy] = registrationDays(11, 1) as [CopiedDay];
    const page = [...copy.people.values()].map(({ row }) => row);
    const first = await SnapshotIngest.begin(lease, { takenAt: at(copy.day), day: copy.day });
    await first.page(page);
    await publish(lease, first);

    let transactions = 0;
    const counting = watched(lease, (run) => {
      transactions += 1;
      return run();
    });
    const again = await SnapshotIngest.begin(counting, { takenAt: at(copy.day, 5), day: copy.day });
    const result = await again.page(page);

    expect(result).toEqual({ added: 0, changed: 0 });
    expect(transactions).toBe(1); // the one that began it
  });

  test('says of every person and day what a full daily copy says', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const days = registrationDays(7, 60);
    const random = randomOf('pages', 7);
    const collected = new Map<Day, CopiedDay>();
    let last: CopiedDay | undefined;
    for (const copy of days) {
      if (random.chance(0.1)) continue; // not collected
      if (random.chance(0.1)) {
        await (await read(lease, copy, random)).close('dropped', { rejected: 99 });
        continue;
      }
      await publish(lease, await read(lease, copy, random));
      collected.set(copy.day, copy);
      last = copy;
      if (random.chance(0.2)) await expectLatest(store, copy);
    }

    const range = { tenantId: 1, first: days[0]?.day as Day, last: days.at(-1)?.day as Day };
    await expectDays(store, range, days, collected);
    await expectHistory(store, days, collected);
    if (last) await expectLatest(store, last);
    expect(collected.size).toBeGreaterThan(40);
    expect((await rowsOf(store, 1, ['registrationPending'])).registrationPending).toEqual([]);
  });

  test('shows nothing of a snapshot before it is published (P1), held and dropped ones never (P2)', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const days = registrationDays(8, 6);
    const random = randomOf('pages', 8);
    const [first, second] = days as [CopiedDay, CopiedDay];
    const nothing = await answers(store, 1, days);
    const early = await read(lease, first, random);
    expect(await answers(store, 1, days)).toEqual(nothing);
    await publish(lease, early);
    // Names and departments are those of /users today, so that they change is not part of this.
    for (const ended of ['held', 'dropped'] as const) {
      const before = await answers(store, 1, days);
      const smaller = { day: second.day, people: new Map([...first.people].slice(10)) };
      const ingest = await read(lease, smaller, random);
      await ingest.leavers();
      expect(await answers(store, 1, days)).toEqual(before);

      await ingest.close(ended, { rejected: 5 });

      expect(await answers(store, 1, days)).toEqual(before);
      await finishSnapshots(lease);
      expect(await answers(store, 1, days)).toEqual(before);
      expect((await rowsOf(store, 1, ['registrationPending'])).registrationPending).toEqual([]);
    }
  });

  test('the last of several snapshots of a day counts for it', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const [a, b] = registrationDays(9, 2) as [CopiedDay, CopiedDay];
    const random = randomOf('pages', 9);

    await publish(lease, await read(lease, a, random));
    await publish(lease, await read(lease, { ...b, day: a.day }, random));

    const { day } = a;
    const coverage = await registrationCoverage(store, { tenantId: 1, first: day, last: day });
    const members = [...b.people.values()].filter(isMember);
    expect(coverage).toEqual([{ day, counts: counted(members) }]);
  });

  test('killed before any of its transactions and begun again, it ends as the clean run does (P1, P4)', async () => {
    const store = await emptyStore();
    const days = registrationDays(10, 3);
    const [first, second] = days as [CopiedDay, CopiedDay];
    const pages = () => randomOf('pages', 10);
    const begin = async (id: number) => {
      const lease = await tenantOn(store, { id });
      await publish(lease, await read(lease, first, pages()));
      return lease;
    };
    const clean = await begin(1);
    const old = await answers(store, 1, days, { list: false });
    await publish(clean, await read(clean, second, pages()));
    const after = await answers(store, 1, days, { list: false });
    const expected = await rowsOf(store, 1, REGISTRATION);

    let kills = 0;
    for (let n = 1; ; n++) {
      const lease = await begin(n + 1);
      const dying = killedAt(lease, n);
      const died = await read(dying, second, pages())
        .then((ingest) => publish(dying, ingest))
        .then(() => false, isKilled);
      const shown = await answers(store, n + 1, days, { list: false });
      expect([old, after]).toContainEqual(shown);

      await finishSnapshots(lease);
      const finished = await answers(store, n + 1, days, { list: false });
      expect([old, after]).toContainEqual(finished);
      if (JSON.stringify(finished) === JSON.stringify(old))
        await publish(lease, await read(lease, second, pages()));

      expect(renumbered(await rowsOf(store, n + 1, REGISTRATION))).toEqual(renumbered(expected));
      if (!died) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(8);
  });

  test('killed while its counts are written, it leaves none of a value that people have left since', async () => {
    const store = await emptyStore();
    const [some] = registrationDays(11, 1) as [CopiedDay];
    const one = [...some.people.values()].find(isMember) as CopiedPerson;
    // More values than are written at once.
    const all = Array.from({ length: 1200 }, (_, n) => `person-${n}`).map((id, n) => {
      const department = `Department ${n}`;
      return [id, { ...one, row: { ...one.row, id }, department }] as const;
    });
    const first = { day: some.day, people: new Map(all) };
    const movedAll = new Map(all.map(([id, was]) => [id, { ...was, department: 'New' }]));
    const lease = await tenantOn(store);
    const ingest = await read(lease, first, randomOf('pages', 11));
    const dying = watched(lease, async (run) => {
      const { registrationCount = [] } = await rowsOf(store, 1, ['registrationCount']);
      if (registrationCount.length > 0) throw new Killed('half of the counts are written');
      return run();
    });
    const snapshot = { id: ingest.id, people: ingest.people, rejected: 0, totals: [] };
    await expect(publishSnapshot(dying, snapshot)).rejects.toThrow(Killed);
    const moved = usersOf({ ...first, people: movedAll });
    await storePeople(lease, moved);
    await finishSnapshots(lease);

    const { rows } = await registrationBy(store, { tenantId: 1, dimension: 'department' });
    expect(rows).toMatchObject([{ value: 'New', counts: { population: all.length } }]);
  });

  test('killed while it is being held, it leaves nothing pending', async () => {
    const store = await emptyStore();
    const [copy] = registrationDays(12, 1) as [CopiedDay];
    for (let n = 1; ; n++) {
      const lease = await tenantOn(store, { id: n });
      const ingest = await read(lease, copy, randomOf('pages', 12));
      const closing = ingest.close.bind(Object.assign(ingest, { lease: killedAt(lease, n) }));
      const died = await closing('held', { rejected: 0 }).then(() => false, isKilled);
      await finishSnapshots(lease);
      const left = await rowsOf(store, n, ['registrationPending']);
      expect(left.registrationPending).toEqual([]);
      if (!died) break;
    }
  });
});

function isKilled(error: unknown): true {
  if (!(error instanceof Killed)) throw error;
  return true;
}

/** The rows with snapshots numbered anew, and without those that were dropped on the way. */
function renumbered(tables: Record<string, unknown[]>) {
  const { registrationSnapshot = [], person = [], ...rest } = tables;
  const snapshots = registrationSnapshot as { id: number; state: string }[];
  const kept = snapshots.filter(({ state }) => state === 'published').map(({ id }) => id);
  const number = (id: unknown) => kept.sort((a, b) => a - b).indexOf(id as number);
  const people = new Map(
    (person as { id: number; objectId: string }[]).map(({ id, objectId }) => [id, objectId]),
  );
  const renamed = Object.entries(rest).map(([name, rows]) => [
    name,
    (rows as Record<string, unknown>[])
      .map(({ snapshotId, personId, stateId: _, ...row }) => ({
        ...row,
        snapshot: number(snapshotId),
        person: people.get(personId as number),
      }))
      .map((row) => JSON.stringify(row))
      .sort(),
  ]);
  return {
    ...Object.fromEntries(renamed),
    registrationSnapshot: snapshots
      .filter(({ state }) => state === 'published')
      .map((row) => ({ ...row, id: number(row.id) })),
    person: (person as { id: number }[])
      .map(({ id: _, ...row }) => JSON.stringify({ ...row, stateId: undefined }))
      .sort(),
  };
}

async function expectDays(
  store: Store,
  range: { tenantId: number; first: Day; last: Day },
  days: CopiedDay[],
  collected: Map<Day, CopiedDay>,
) {
  const membersOf = (day: Day) => {
    const copy = collected.get(day);
    return copy && [...copy.people.values()].filter(isMember);
  };
  const series = (of: (one: CopiedPerson) => boolean) =>
    days.map(({ day }) => {
      const members = membersOf(day);
      return { day, counts: members ? counted(members.filter(of)) : null };
    });
  expect(await registrationCoverage(store, range)).toEqual(series(() => true));
  for (const [dimension, of] of Object.entries(DIMENSIONS))
    for (const value of new Set(
      [...collected.values()].flatMap(({ people: all }) => [...all.values()].map(of)),
    ))
      expect(
        await registrationCoverage(store, { ...range, dimension, value: value ?? '' }),
        `${dimension} ${value}`,
      ).toEqual(series((one) => of(one) === value));
  for (const { day } of days) {
    const members = membersOf(day);
    const { methods, depth } = await registrationMethods(store, { tenantId: 1, day });
    const named = (members ?? []).flatMap(({ row }) => row.state.methods ?? []);
    const byMethod = tally(named).map(([method, number]) => ({ method, people: number }));
    expect(methods?.toSorted((a, b) => (a.method < b.method ? -1 : 1)) ?? null).toEqual(
      members ? byMethod.toSorted((a, b) => (a.method < b.method ? -1 : 1)) : null,
    );
    const families = tally((members ?? []).map(({ row }) => depthOf(row.state)));
    const byDepth = families.map(([number, group]) => ({ families: number, people: group }));
    expect(depth).toEqual(members ? byDepth : null);
  }
}

const DIMENSIONS: Record<string, (one: CopiedPerson) => string | null> = {
  department: ({ department }) => department,
  country: ({ country }) => country,
  company: () => 'Contoso',
  admin: ({ row }) => String(row.state.admin === true),
};

/** As of every collected day, each person's changes say what the copy of that day says. */
async function expectHistory(store: Store, days: CopiedDay[], collected: Map<Day, CopiedDay>) {
  const ids = new Set([...collected.values()].flatMap(({ people: all }) => [...all.keys()]));
  for (const id of ids) {
    const story = await personStory(store, { tenantId: 1, id });
    const changes = story?.registrationChanges ?? [];
    for (const { day } of days) {
      const copy = collected.get(day);
      if (!copy) continue;
      const asOf = changes.find((change) => change.day <= day)?.state ?? null;
      const state = copy.people.get(id)?.row.state;
      const { mfaCapable: _, userType: __, ...told } = state ?? { mfaCapable: 0, userType: 0 };
      const methods = state?.methods ? [...state.methods].sort() : null;
      expect(asOf, `${id} on ${day}`).toEqual(
        state ? { ...told, methods, reason: reasonOf(state) } : null,
      );
    }
    for (const change of changes) expect(collected.has(change.day)).toBe(true);
  }
}

/** The list, its facets and the classes are those of the last published copy. */
async function expectLatest(store: Store, copy: CopiedDay) {
  const all = [...copy.people.values()];
  const members = all.filter(isMember);
  const guests = all.filter(({ row }) => row.state.userType === 'guest');
  for (const [userType, group] of [
    ['member', members],
    ['guest', guests],
  ] as const) {
    const input = { tenantId: 1, userType, sort: 'name' as const, limit: 200, facets: true };
    const list = await people(store, input);
    expect(list.people.map(({ id }) => id).sort()).toEqual(group.map(({ row }) => row.id).sort());
    expect(list.total).toBe(group.length);
    for (const { id, reason, department, name } of list.people) {
      const one = copy.people.get(id) as CopiedPerson;
      const expected = [reasonOf(one.row.state), one.department, one.row.name];
      expect([reason, department, name]).toEqual(expected);
    }
    const reasons = 'facets' in list ? list.facets?.reason : undefined;
    const facet = reasons?.map(({ value, people: number }) => [value, number]);
    expect(facet).toEqual(tally(group.map(({ row }) => reasonOf(row.state))));
  }
  const { classes, unknownAdmin } = await reconciliation(store, { tenantId: 1 });
  expect(classes?.reduce((sum, one) => sum + one.people, 0)).toBe(all.length);
  expect(classes?.find((one) => one.class === 'guest')?.people).toBe(guests.length);
  expect(unknownAdmin).toBe(members.filter(({ row }) => row.state.admin === null).length);
}
