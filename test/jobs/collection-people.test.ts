import { describe, expect, test } from 'vitest';
import {
  type Actors,
  endExclusion,
  exclude,
  HARD_NOTES,
  someRules,
  writeNote,
} from '../oracle/act.ts';
import { DEFAULT_ENDS, type OracleEnds } from '../oracle/at-risk.ts';
import { type Chance, chance } from '../oracle/chance.ts';
import { Chronicle, type OracleRule } from '../oracle/chronicle.ts';
import { dayAfter, startOfDay } from '../oracle/days.ts';
import { evolve, living } from '../oracle/evolve.ts';
import { expectRisks } from '../oracle/expect-at-risk.ts';
import { expectClasses, expectDimensions, expectExclusions } from '../oracle/expect-exclusions.ts';
import { expectJoiners, expectMethodsTrend, expectMoves } from '../oracle/expect-history.ts';
import { expectLists } from '../oracle/expect-list.ts';
import { expectNotesAndExclusions } from '../oracle/expect-story.ts';
import { lab, worldOf } from '../oracle/lab.ts';
import { isOfType, listedAt } from '../oracle/listed.ts';
import { withLinks } from '../oracle/nasty-links.ts';
import { nastyTenant } from '../oracle/nasty-tenant.ts';

const NOW = Date.parse('2026-11-10T15:17:23.456Z');

/** A tenant that was collected once. */
async function collectedOnce(seed: number, timeZone: string): Promise<Actors & { random: Chance }> {
  const random = chance(seed + 1000); // The tenant is made of the stream of `seed`.
  const tenant = withLinks(random, nastyTenant(seed, NOW));
  const it = await lab({ world: worldOf(tenant), now: NOW, timeZone });
  const chronicle = new Chronicle(timeZone);
  await it.collect();
  chronicle.collected({ takenAt: NOW, report: tenant.report, users: tenant.users });
  return { it, chronicle, random };
}

/** Exclusions that overlap, one of them ended; notes with hard texts. */
async function workedOn(actors: Actors, random: Chance): Promise<void> {
  const ids = random.shuffled([...(actors.chronicle.snapshots[0]?.people.keys() ?? [])]);
  for (const rule of someRules(random).slice(0, 3)) await exclude(actors, { rule });
  await exclude(actors, { people: ids.slice(0, 12) }, '2026-11-20');
  await exclude(actors, { people: ids.slice(12, 15) });
  await endExclusion(actors, actors.chronicle.exclusions[0]?.id ?? '');
  for (const [index, note] of HARD_NOTES.entries())
    await writeNote(actors, ids[20 + index] ?? '', { note, done: random.is(0.6) });
}

/** Of filters, per tenant. */
const COMBINATIONS = 70;

const SETTINGS: [seed: number, timeZone: string, ends: Partial<OracleEnds>][] = [
  [31, 'UTC', {}],
  [32, 'America/New_York', { requiredMethods: 2 }],
  [33, 'Asia/Kathmandu', { ownTelephony: true }],
];

describe.each(SETTINGS)('of tenant %s in %s with %o', (seed, timeZone, given) => {
  test('lists, counts beside filters, CSV files and what is at risk are those of a literal second reading', async () => {
    const { it, chronicle, random } = await collectedOnce(seed, timeZone);
    const capable = [...(chronicle.snapshots[0]?.people.values() ?? [])].filter(
      (person) => person.capable === true,
    );
    const [byId = [], byName = []] = [capable.slice(0, 25), capable.slice(25, 50)];
    const ends = {
      ...DEFAULT_ENDS,
      ...given,
      globalAdministrators: [...byId, ...byName].map(({ id }) => id),
    };
    const settings = {
      required_methods: String(ends.requiredMethods),
      own_telephony: String(ends.ownTelephony),
      global_administrators: [
        ...byId.map(({ id }) => id),
        ...byName.map(({ userPrincipalName }) => userPrincipalName?.toUpperCase()),
      ].join('\n'),
    };
    expect(await it.put('/settings', { settings })).toBe(200);
    await workedOn({ it, chronicle }, random);

    await expectExclusions(it, chronicle, NOW);
    await expectClasses(it, chronicle);
    await expectRisks(it, chronicle, { random, ends });
    const exclusionIds = chronicle.exclusions.map(({ id }) => id);
    const wish = { random, count: COMBINATIONS, ends, exclusionIds };
    const listed = listedAt(chronicle, NOW);
    const tried = await expectLists(it, listed, wish);
    expect(tried.withPeople, 'combinations that list somebody').toBeGreaterThan(COMBINATIONS / 2);
    const excluded = listed.filter((one) => one.excluded).map(({ id }) => id);
    const ids = [...chronicle.notes.keys(), ...excluded.slice(0, 20)];
    await expectNotesAndExclusions(it, chronicle, { now: NOW, ids });
  });
});

describe('over days', () => {
  const DAY_MS = 86_400_000;
  const LIVES: [timeZone: string, seed: number, days: number][] = [
    ['America/New_York', 42, 34],
    ['Asia/Kathmandu', 45, 9],
  ];

  test.each(LIVES)(
    'in %s each day keeps its own counts, moves and people',
    { timeout: 120_000 },
    async (timeZone, seed, length) => {
      const random = chance(seed + 1000); // The tenant is made of the stream of `seed`.
      const start = startOfDay('2026-10-27', timeZone) + 9.3 * 3_600_000;
      const alive = living(withLinks(random, nastyTenant(seed, start)));
      const it = await lab({ world: worldOf(alive.tenant), now: start, timeZone });
      const chronicle = new Chronicle(timeZone);
      const actors = { it, chronicle };
      const collect = async (now: number) => {
        it.clock.now = now;
        const { feeds } = await it.collect({ feeds: ['people', 'registration'] });
        expect(feeds.map(({ state, reason }) => [state, reason])).toEqual([
          ['ok', null],
          ['ok', null],
        ]);
        chronicle.collected({
          takenAt: now,
          report: alive.tenant.report,
          users: alive.tenant.users,
        });
      };
      const rules = someRules(random);
      for (let day = 0; day < length; day += 1) {
        const morning = start + day * DAY_MS;
        it.clock.now = morning;
        if (day % 4 === 1) await act(actors, random, rules);
        if (day > 0) evolve(random, alive, morning);
        if (random.is(0.7) || day === 0) await collect(morning + 1000);
        if (random.is(0.3)) {
          evolve(random, alive, morning);
          await collect(morning + 5 * 3_600_000);
        }
        it.clock.now = morning + 7 * 3_600_000;
        if (day % 4 === 2) await act(actors, random, rules);
        await expectNow(actors);
      }
      const days = chronicle.lastOfDays().map((one) => one.day);
      const period = { first: dayAfter(days[0] ?? '', -3), last: dayAfter(days.at(-1) ?? '', 2) };
      await expectClasses(it, chronicle);
      await expectDimensions(it, chronicle);
      await expectMoves(it, chronicle, period);
      await expectMoves(it, chronicle, { first: '2026-11-04', last: '2026-11-25' });
      await expectMethodsTrend(it, chronicle, period);
      await expectJoiners(it, chronicle, null);
      await expectJoiners(it, chronicle, { first: '2026-11-04', last: '2026-11-25' });
      await expectRisks(it, chronicle, { random, ends: DEFAULT_ENDS });
      const { now } = it.clock;
      const ids = listedAt(chronicle, now).map(({ id }) => id);
      await expectNotesAndExclusions(it, chronicle, { now, ids: ids.slice(0, 80) });
      const exclusionIds = chronicle.exclusions.map(({ id }) => id);
      await expectLists(it, listedAt(chronicle, now), {
        random,
        count: 20,
        ends: DEFAULT_ENDS,
        exclusionIds,
      });
    },
  );

  async function expectNow({ it, chronicle }: Actors) {
    const { now } = it.clock;
    await expectTotal({ it, chronicle });
    await expectExclusions(it, chronicle, now);
    if (chronicle.dayOf(now).endsWith('5')) await expectClasses(it, chronicle);
  }

  async function act(actors: Actors, random: Chance, rules: OracleRule[]) {
    const { chronicle, it } = actors;
    const today = chronicle.dayOf(it.clock.now);
    const active = chronicle.exclusions.filter(
      ({ until, endedOn }) => endedOn === null && (until === null || today < until),
    );
    for (const { id } of active.filter(() => random.is(0.2))) await endExclusion(actors, id);
    const ids = random.shuffled([...(chronicle.snapshots.at(-1)?.people.keys() ?? [])]);
    await exclude(actors, { people: ids.slice(0, 3) }, dayAfter(today, 1 + random.below(9)));
    if (random.is(0.5)) await exclude(actors, { people: ids.slice(3, 5) });
    const rule = random.one(rules);
    await exclude(
      actors,
      { rule },
      random.is(0.5) ? dayAfter(today, 1 + random.below(9)) : undefined,
    );
  }
});

test('an exclusion ends at midnight without a run, and days before it keep their counts', async () => {
  const timeZone = 'America/New_York';
  const actors = await collectedOnce(34, timeZone);
  const { it, chronicle, random } = actors;
  const people = random.shuffled([...(chronicle.snapshots[0]?.people.keys() ?? [])]).slice(0, 30);
  const [rule] = someRules(random);
  if (!rule) throw new RangeError('No rule');
  await exclude(actors, { people }, '2026-11-11');
  await exclude(actors, { rule }, '2026-11-12');
  const midnights = ['2026-11-11', '2026-11-12'].map((day) => startOfDay(day, timeZone));
  for (const now of midnights.flatMap((at) => [at - 1, at, at + 3_600_000])) {
    it.clock.now = now;
    await expectTotal(actors);
    await expectExclusions(it, chronicle, now);
    await expectClasses(it, chronicle);
  }
  await exclude(actors, { people: people.slice(0, 9) });
  await exclude(actors, { rule });
  await expectTotal(actors);
  await expectClasses(it, chronicle);
  await expectDimensions(it, chronicle);
});

async function expectTotal({ it, chronicle }: Actors) {
  const { now } = it.clock;
  const listed = listedAt(chronicle, now).filter((one) => isOfType('member')(one) && !one.excluded);
  const { total } = (await it.ask('/people?limit=1')) as { total: number };
  expect.soft(total, `people at ${new Date(now).toISOString()}`).toBe(listed.length);
}

test('what cannot be read or names nobody changes nothing', async () => {
  const { it, chronicle, random } = await collectedOnce(35, 'UTC');
  const [id = '', other = ''] = [...(chronicle.snapshots[0]?.people.keys() ?? [])];
  await writeNote({ it, chronicle }, id, { note: 'kept', done: true });
  await exclude({ it, chronicle }, { people: [other] });
  const by = { reason: 'why', author: 'who' };
  const rule = { field: 'name', match: 'contains', value: 'a' };
  const bad: [method: 'put' | 'post', path: string, json: unknown][] = [
    ['put', `/people/${id}/note`, { note: 'x'.repeat(2001), done: false, author: 'who' }],
    ['put', `/people/${id}/note`, { note: 'x', done: 'false', author: 'who' }],
    ['put', `/people/${id}/note`, { note: 'x', done: false, author: '  ' }],
    ['put', `/people/${id}/note`, { note: 'x', done: false, author: 'who', more: 1 }],
    ['put', `/people/${id}/note`, { done: false, author: 'who' }],
    ['put', `/people/${random.guid()}/note`, { note: 'x', done: false, author: 'who' }],
    ['post', '/exclusions', { ...by }],
    ['post', '/exclusions', { ...by, people: [] }],
    ['post', '/exclusions', { ...by, people: [id, random.guid()] }],
    ['post', '/exclusions', { ...by, people: [id], rule }],
    ['post', '/exclusions', { ...by, people: [id], until: '2026-11-10' }],
    ['post', '/exclusions', { ...by, people: [id], until: '2026-02-30' }],
    ['post', '/exclusions', { author: 'who', people: [id] }],
    ['post', '/exclusions', { ...by, rule: { ...rule, value: ' ' } }],
    ['post', '/exclusions', { ...by, rule: { ...rule, field: 'id' } }],
  ];
  const state = async () => [await it.ask('/exclusions'), await it.ask('/people?excluded=true')];
  const before = await state();
  for (const [method, path, json] of bad) {
    const { status } = await it.send(method, path, json);
    expect.soft([400, 404], `${path} ${JSON.stringify(json)} answered ${status}`).toContain(status);
  }
  expect(await state()).toEqual(before);
  await expectNotesAndExclusions(it, chronicle, { now: NOW, ids: [id, other] });
});
