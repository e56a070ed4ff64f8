import { describe, expect, test } from 'vitest';
import { type Chance, chance } from '../oracle/chance.ts';
import { asOf, dayAfter, dayAt, dayCollected, daysFrom, startOfDay } from '../oracle/days.ts';
import {
  expectFailures,
  expectStories,
  expectSummaries,
  expectTrends,
} from '../oracle/expect-resets.ts';
import { factsOf, type Read } from '../oracle/figures.ts';
import { type Lab, lab, worldOf } from '../oracle/lab.ts';
import { AUTOMATION_ACCOUNT } from '../oracle/nasty-resets.ts';
import { type NastyTenant, nastyTenant } from '../oracle/nasty-tenant.ts';
import { guidOf, type Raw } from '../oracle/raw.ts';
import { floorOf, readOf } from '../oracle/read.ts';
import {
  countsBy,
  countsOf,
  DIMENSIONS,
  methodCounts,
  peopleOf,
  populationOf,
  type SnapshotSeen,
} from '../oracle/registration.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.parse('2026-11-10T15:17:23.456Z');
const ZONE = 'America/New_York';
const SCHEDULED = { full: false };

/** Days without, between the first and the last day with; as /collection tells them. */
function gapsIn(days: readonly string[], has: (day: string) => boolean) {
  const gaps: { first: string; last: string }[] = [];
  const [from, to] = [days.findIndex(has), days.findLastIndex(has)];
  for (const day of days.slice(from, to + 1).filter((one) => !has(one))) {
    const open = gaps.at(-1);
    if (open && dayAfter(open.last) === day) open.last = day;
    else gaps.push({ first: day, last: day });
  }
  return gaps;
}

async function storedIds({ store }: Lab): Promise<Set<string>> {
  const { auditRecord } = store.t;
  const rows = await store.read.select({ id: auditRecord.id }).from(auditRecord);
  return new Set(rows.map(({ id }) => id));
}

describe('a feed that was half read for days', () => {
  const [before, after] = [nastyTenant(21, NOW - 33 * DAY_MS), nastyTenant(22, NOW)];
  const tenant: NastyTenant = {
    users: [...before.users, ...after.users],
    report: [...before.report, ...after.report],
    audits: [...before.audits, ...after.audits],
  };
  const start = NOW - 33 * DAY_MS;
  const broken = [30, 27, 24].map((days) => NOW - days * DAY_MS);
  const end = NOW + 9 * DAY_MS;

  test('leaves gaps that are told, null days, and figures by what was stored', async () => {
    const it = await lab({ world: worldOf(tenant), now: start, timeZone: ZONE, pageSizeMax: 60 });
    await it.collect();
    it.graph.setFaults([{ route: 'resets', fault: 'redirect', page: 2 }]);
    for (const now of broken) {
      it.clock.now = now;
      const { feeds } = await it.collect(SCHEDULED);
      expect(feeds.find(({ feed }) => feed === 'resets')?.state).toBe('failed');
    }
    const half = await storedIds(it);
    it.graph.setFaults(undefined);
    it.clock.now = end;
    const { feeds } = await it.collect(SCHEDULED);
    expect(feeds.map(({ state, reason }) => [state, reason])).toEqual(Array(5).fill(['ok', null]));

    const windows: [number, number][] = [
      [floorOf(start), start],
      [floorOf(end), end],
    ];
    const own = await storedIds(it);
    const read: Read = {
      ...readOf(tenant, { now: end, timeZone: ZONE }),
      windows,
      audits: tenant.audits.filter(({ id }) => own.has(String(id))),
      automation: [],
    };
    const facts = factsOf(read);
    const inGap = read.audits.filter(
      ({ id, activityDateTime }) =>
        half.has(String(id)) && Date.parse(String(activityDateTime)) > start,
    );
    expect(inGap.length, 'half-read records').toBeGreaterThan(20);
    await expectGaps(it, { windows, snapshots: [start, ...broken, end] });
    await expectSummaries(it, facts);
    await expectTrends(it, facts);
    await expectFailures(it, facts);
    const ids = peopleOf({ ...tenant, takenAt: end }).map(({ id }) => id);
    await expectStories(it, facts, ids.slice(0, 60));
  });

  async function expectGaps(
    it: Lab,
    { windows, snapshots }: { windows: [number, number][]; snapshots: number[] },
  ) {
    const days = daysFrom(dayAt(floorOf(start), ZONE), dayAt(end, ZONE));
    const snapshotDays = new Set(snapshots.map((at) => dayAt(at, ZONE)));
    const [first = [0, 0], last = [0, 0]] = windows;
    const security: [number, number][] = [[first[0], broken.at(-1) ?? 0], last];
    const expected = [
      ...gapsIn(days, (day) => snapshotDays.has(day)).map((gap) => ({
        feed: 'registration',
        ...gap,
      })),
      ...gapsIn(days, (day) => dayCollected({ timeZone: ZONE, windows }, day)).map((gap) => ({
        feed: 'resets',
        ...gap,
      })),
      ...gapsIn(days, (day) => dayCollected({ timeZone: ZONE, windows: security }, day)).map(
        (gap) => ({ feed: 'security-info', ...gap }),
      ),
    ];
    const told = (await it.ask('/collection')) as { gaps: object[]; asOf: string };
    expect(expected.filter(({ feed }) => feed === 'resets')).toHaveLength(1);
    expect(told.gaps).toEqual(expected);
    expect(told.asOf).toBe(new Date(asOf({ timeZone: ZONE, windows }) ?? 0).toISOString());
  }
});

describe('scheduled runs', () => {
  test('read 48 hours again, once in a day 7 days, and so find what came late', async () => {
    const tenant = nastyTenant(23, NOW);
    const hoursAgo = (record: object) =>
      (NOW - Date.parse(String((record as Raw).activityDateTime))) / HOUR_MS;
    const isBetween = (record: object, from: number, to: number) =>
      hoursAgo(record) > from && hoursAgo(record) < to;
    // Some of the last two days come within the hour after NOW, some of the days before three hours after it.
    const sooner = tenant.audits.filter(
      (record, index) => index % 3 === 0 && isBetween(record, 5, 46),
    );
    const later = tenant.audits.filter(
      (record, index) => index % 3 === 0 && isBetween(record, 50, 140),
    );
    const latency = new Map<object, number>([
      ...sooner.map((record): [object, number] => [record, (hoursAgo(record) + 0.5) * HOUR_MS]),
      ...later.map((record): [object, number] => [record, (hoursAgo(record) + 3) * HOUR_MS]),
    ]);
    const asked: [since: number, until: number][] = [];
    const world = worldOf(tenant, (record) => latency.get(record) ?? 0);
    const it = await lab({
      world: {
        ...world,
        auditRecords(since, until) {
          asked.push([since, until]);
          return world.auditRecords(since, until);
        },
      },
      now: NOW,
      timeZone: ZONE,
    });
    const missing = async () => {
      const own = await storedIds(it);
      const isMissing = ({ id }: Raw) => !own.has(String(id));
      return [sooner.filter(isMissing).length, later.filter(isMissing).length];
    };
    const scheduled = async (hours: number) => {
      it.clock.now = NOW + hours * HOUR_MS;
      asked.length = 0;
      const { feeds } = await it.collect({ full: false, feeds: ['resets'] });
      expect(feeds[0]?.state).toBe('ok');
      return (it.clock.now - Math.min(...asked.map(([since]) => since))) / HOUR_MS;
    };
    await it.collect();
    expect(sooner.length).toBeGreaterThan(5);
    expect(later.length).toBeGreaterThan(5);
    expect(await missing()).toEqual([sooner.length, later.length]);

    expect(await scheduled(1)).toBe(48);
    expect(await missing()).toEqual([0, later.length]);
    expect(await scheduled(23)).toBe(48);
    expect(await missing()).toEqual([0, later.length]);
    expect(await scheduled(24)).toBe(168);
    expect(await missing()).toEqual([0, 0]);
    expect(await scheduled(25)).toBe(48);
    expect(await scheduled(48.5)).toBe(168);

    const now = NOW + 48.5 * HOUR_MS;
    const read = readOf(tenant, { now, timeZone: ZONE });
    const facts = factsOf({
      ...read,
      windows: [[floorOf(NOW), now]],
      audits: readOf(tenant, { now: NOW, timeZone: ZONE }).audits,
      automation: [],
    });
    await expectSummaries(it, facts);
    await expectTrends(it, facts);
  });

  test('that missed days begin where the last one ended', async () => {
    const tenant = nastyTenant(24, NOW);
    const start = NOW - 15 * DAY_MS;
    const known = { ...tenant, audits: [] as Raw[] };
    const it = await lab({ world: worldOf(known), now: start, timeZone: ZONE });
    const instant = ({ activityDateTime }: Raw) => Date.parse(String(activityDateTime));
    known.audits = tenant.audits.filter((record) => instant(record) <= start);
    await it.collect();
    known.audits = tenant.audits;
    it.clock.now = NOW;

    await it.collect(SCHEDULED);

    const windows: [number, number][] = [[floorOf(start), NOW]];
    const audits = tenant.audits.filter((record) => instant(record) >= floorOf(start));
    const read = { ...readOf(tenant, { now: NOW, timeZone: ZONE }), windows, audits };
    await expectSummaries(it, factsOf({ ...read, automation: [] }));
  });
});

describe('settings that change what counts', () => {
  const tenant = nastyTenant(25, NOW);

  test.each([4, 11, 72])('a new incident after %s hours', async (gapHours) => {
    const it = await lab({ world: worldOf(tenant), now: NOW, timeZone: ZONE });
    await it.collect();
    const settings = {
      incident_gap_hours: String(gapHours),
      automation_accounts: AUTOMATION_ACCOUNT,
    };
    expect(await it.put('/settings', { settings })).toBe(200);
    await it.collect({ feeds: ['domains'] });

    const read = readOf(tenant, { now: NOW, timeZone: ZONE });
    expect(factsOf({ ...read, gapHours }).incidents.length).not.toBe(
      factsOf(read).incidents.length,
    );
    await expectSummaries(it, factsOf({ ...read, gapHours }));
  });

  test('automation accounts by name and by id, in whatever case', async () => {
    const robot = '0b07f00d-aaaa-4bbb-8ccc-0123456789ab';
    let turn = 0;
    // Every fourth reset by a person is made by a script that only its id gives away.
    const audits = tenant.audits.map((record) => {
      const user = (record.initiatedBy as { user: Raw | null } | undefined)?.user;
      if (record.activityDisplayName !== 'Reset password (by admin)' || !user?.id) return record;
      turn += 1;
      if (turn % 4 !== 0) return record;
      return { ...record, initiatedBy: { user: { ...user, id: robot }, app: null } };
    });
    const it = await lab({ world: worldOf({ ...tenant, audits }), now: NOW, timeZone: ZONE });
    await it.collect();
    const accounts = ` ${AUTOMATION_ACCOUNT.toUpperCase()} \n${robot.toUpperCase()}\n`;
    await it.put('/settings', { settings: { automation_accounts: accounts } });
    await it.collect({ feeds: ['domains'] });

    const read = readOf({ ...tenant, audits }, { now: NOW, timeZone: ZONE });
    const counted = (automation: string[]) =>
      factsOf({ ...read, automation }).resets.filter(({ kind }) => kind === 'counted').length;
    expect(counted([AUTOMATION_ACCOUNT, robot])).toBeLessThan(counted([AUTOMATION_ACCOUNT]));
    const facts = factsOf({ ...read, automation: [AUTOMATION_ACCOUNT, robot] });
    await expectSummaries(it, facts);
    const targets = facts.resets.map(({ person }) => person);
    const listed = peopleOf({ ...tenant, takenAt: NOW }).map(({ id }) => id);
    const ids = listed.filter((id) => targets.includes(id));
    expect(ids.length).toBeGreaterThan(20);
    await expectStories(it, facts, ids);
  });
});

describe('snapshots', () => {
  test('of one day: the last counts; over days: each day keeps its own', async () => {
    const random = chance(26);
    const tenant = { ...nastyTenant(26, NOW), audits: [] as Raw[] };
    const midnight = startOfDay('2026-11-01', ZONE);
    // Both ends of a day, the hour that comes twice, and a day left out.
    const times = [
      midnight - 9 * HOUR_MS,
      midnight - 1,
      midnight,
      midnight + 1.5 * HOUR_MS,
      midnight + 2.5 * HOUR_MS,
      midnight + 25 * HOUR_MS - 1,
      midnight + 25 * HOUR_MS,
      midnight + 60 * HOUR_MS,
    ];
    const it = await lab({ world: worldOf(tenant), now: times[0] ?? 0, timeZone: ZONE });
    // Everybody once: two rows of one person would be shaken apart.
    const everybody = [...new Map(tenant.report.map((row) => [guidOf(row.id), row])).values()];
    const snapshots: SnapshotSeen[] = [];
    for (const takenAt of times) {
      it.clock.now = takenAt;
      tenant.report = shaken(random, everybody);
      tenant.users = moved(random, tenant.users);
      snapshots.push({ takenAt, report: tenant.report, users: tenant.users });
      const { feeds } = await it.collect({ feeds: ['people', 'registration'] });
      expect(feeds.map(({ state }) => state)).toEqual(['ok', 'ok']);
    }

    const lastOf = new Map(snapshots.map((seen) => [dayAt(seen.takenAt, ZONE), seen]));
    expect(lastOf.size).toBe(4);
    await expectDays(it, lastOf);
    await expectChanges(it, snapshots);
  });
});

/** Everybody, some of whom changed, left or came back. */
function shaken(random: Chance, report: readonly Raw[]): Raw[] {
  return report
    .filter(() => random.is(0.96))
    .map((row) => {
      if (random.is(0.85)) return row;
      const [isSsprRegistered, isSsprEnabled] = [random.is(0.6), random.is(0.7)];
      const methodsRegistered = random.one([
        [],
        ['email'],
        ['mobilePhone', 'email'],
        ['newMethod'],
      ]);
      const isSsprCapable = isSsprRegistered && isSsprEnabled;
      return { ...row, isSsprRegistered, isSsprEnabled, isSsprCapable, methodsRegistered };
    });
}

function moved(random: Chance, users: readonly Raw[]): Raw[] {
  return users.map((user) =>
    random.is(0.9) ? user : { ...user, department: random.one(['Moved', 'Sales', null, ' ']) },
  );
}

async function expectDays(it: Lab, lastOf: Map<string, SnapshotSeen>) {
  const [first = '', last = ''] = [[...lastOf.keys()].at(0), [...lastOf.keys()].at(-1)];
  const period = `first=${dayAfter(first, -1)}&last=${dayAfter(last, 1)}`;
  const populationOn = (day: string) => {
    const seen = lastOf.get(day);
    return seen ? populationOf(peopleOf(seen)) : null;
  };
  for (const value of [null, 'Moved']) {
    const narrowed = value === null ? '' : `&dimension=department&value=${value}`;
    const { days } = (await it.ask(`/registration/coverage?${period}${narrowed}`)) as {
      days: { day: string; counts: unknown }[];
    };
    for (const { day, counts } of days) {
      const people = populationOn(day);
      const own = people?.filter(({ department }) => value === null || department === value);
      expect.soft(counts, `${day} ${value}`).toEqual(own ? countsOf(own) : null);
    }
  }
  for (const [day] of lastOf) await expectDay(it, day, populationOn(day) ?? []);
}

async function expectDay(it: Lab, day: string, population: ReturnType<typeof populationOf>) {
  for (const dimension of DIMENSIONS) {
    const { rows } = (await it.ask(`/registration/by/${dimension}?day=${day}`)) as {
      rows: { value: string | null; counts: unknown }[];
    };
    const told = new Map(rows.map(({ value, counts }) => [value, counts]));
    expect.soft(told, `${day} by ${dimension}`).toEqual(countsBy(population, dimension));
  }
  const { methods } = (await it.ask(`/registration/methods?day=${day}`)) as {
    methods: { method: string; people: number }[];
  };
  const told = new Map(methods.map(({ method, people }) => [method, people]));
  expect.soft(told, `methods of ${day}`).toEqual(methodCounts(population));
}

/** A person's changes are those from one snapshot to the next, newest first; null when they left. */
async function expectChanges(it: Lab, snapshots: SnapshotSeen[]) {
  const seen = snapshots.map((snapshot) => ({
    takenAt: new Date(snapshot.takenAt).toISOString(),
    day: dayAt(snapshot.takenAt, ZONE),
    people: new Map(peopleOf(snapshot).map((person) => [person.id, person])),
  }));
  const ids = [...new Set(seen.flatMap(({ people }) => [...people.keys()]))].slice(0, 80);
  for (const id of ids) {
    let before = 'null';
    const expected: object[] = [];
    for (const { takenAt, day, people } of seen) {
      const person = people.get(id);
      const state = person ? stateOf(person) : null;
      // What is not shown may change too: the class and whether a second factor is possible.
      const whole = JSON.stringify([state, person?.mfaCapable, person?.class]);
      const text = state ? whole : 'null';
      if (text !== before) expected.unshift({ day, takenAt, state });
      before = text;
    }
    const story = (await it.ask(`/people/${id}`)) as { registrationChanges: { state: State }[] };
    const told = story.registrationChanges.map(({ state, ...when }) => ({
      ...when,
      state: state && { ...state, methods: inOrder(state.methods) },
    }));
    expect.soft(told, `changes of ${id}`).toEqual(expected);
  }
}

type State = { methods: string[] | null } | null;

function stateOf(person: ReturnType<typeof peopleOf>[number]) {
  const { admin, enabled, registered, capable, methods, reason } = person;
  return { admin, enabled, registered, capable, methods: inOrder(methods), reason };
}

function inOrder(methods: string[] | null): string[] | null {
  return methods && [...new Set(methods)].toSorted();
}
