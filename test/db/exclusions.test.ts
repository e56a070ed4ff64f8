import { describe, expect, test } from 'vitest';
import { exclusionPreview, exclusions } from '../../db/queries/exclusions.ts';
import { reconciliation } from '../../db/queries/reconciliation.ts';
import { endExclusion } from '../../db/store/end-exclusion.ts';
import { BadExclusion, excludeByRule, excludePeople } from '../../db/store/exclude.ts';
import { finishSnapshots } from '../../db/store/publish-snapshot.ts';
import { type Random, randomOf } from '../../demo/random.ts';
import { addDays, type Day, HOUR_MS } from '../../domain/day.ts';
import type { ExclusionRule } from '../../domain/exclusion.ts';
import { isMember } from '../build/exclusion-model.ts';
import {
  type Published,
  storedCounts,
  storedMoves,
  TERMS,
  World,
  ZONE,
} from '../build/exclusion-world.ts';
import { ENGINES } from '../build/stores.ts';
import { rowsOf } from '../build/tables.ts';
import { Killed, killedAt, tenantOn, watched } from '../build/tenants.ts';

const RULES: ExclusionRule[] = [
  { field: 'name', match: 'contains', value: '*' },
  { field: 'userPrincipalName', match: 'starts_with', value: 'P1' },
  { field: 'department', match: 'equals', value: 'ZOË & SÖHNE' },
  { field: 'userPrincipalName', match: 'ends_with', value: '7@X' },
];

describe.each(ENGINES)('exclusions on %s', (_, emptyStore) => {
  const world = async (seed: number, times?: number) =>
    new World(await tenantOn(await emptyStore()), seed, times);

  test('change the days that they should and no other, through any order of things', async () => {
    for (const seed of [1, 2]) {
      const it = await world(seed);
      const random = randomOf('steps', seed);
      for (let step = 0; step < 40; step++) {
        await oneStep(it, random);
        if (step % 13 === 12) {
          await it.expectNow();
          await it.expectDays();
        }
      }
      await it.expectNow();
      await it.expectDays();
      expect(it.published.length).toBeGreaterThan(6);
      expect(it.model.exclusions.size).toBeGreaterThan(5);
    }
  });

  test('leave capable = capable before + gained + arrived - lost - departed', async () => {
    const it = await world(4);
    const random = randomOf('steps', 4);
    for (let step = 0; step < 25; step++) await oneStep(it, random);

    const capable = await Promise.all(
      it.published.map(async ({ id }) => (await storedCounts(it.store, id)).all.capable),
    );
    for (const [i, { id }] of it.published.entries()) {
      const moves = await storedMoves(it.store, id);
      if (i === 0) expect(moves).toBeNull();
      else if (moves)
        expect(capable[i]).toBe(
          (capable[i - 1] ?? 0) + moves.gained + moves.arrived - moves.lost - moves.departed,
        );
    }
  });

  test('take a person out of today and what follows, and bring them back by hand the same day as if never', async () => {
    const it = await world(5);
    await (await it.read())();
    it.now += 24 * HOUR_MS;
    await (await it.read())();
    const before = await rowsOf(it.store, 1, COUNTS);
    const [yesterday, today] = it.published as [Published, Published];
    const who = [...today.copy.people.values()].filter(isMember).map(({ row }) => row.id);
    const [one = '', other = ''] = who;

    await it.exclude([one, other, one]);

    expect((await storedCounts(it.store, today.id)).all.population).toBe(who.length - 2);
    const { classes } = await reconciliation(it.store, { tenantId: 1 });
    expect(classes?.find((row) => row.class === 'excluded')?.people).toBe(2);
    expect(classes?.reduce((sum, { people }) => sum + people, 0)).toBe(today.copy.people.size);
    const unchanged = await storedCounts(it.store, yesterday.id);
    expect(unchanged.excluded.population).toBe(0);

    for (const id of it.model.active(it.today)) await it.end(id);

    expect(await rowsOf(it.store, 1, COUNTS)).toEqual(before);
    await it.expectNow();
  });

  test('that expire while nothing runs for days are over when anybody looks', async () => {
    const it = await world(6);
    await (await it.read())();
    const [one = ''] = it.published[0]?.copy.people.keys() ?? [];
    await it.exclude([one], addDays(it.today, 2));
    it.now += 24 * HOUR_MS;
    await it.expectNow();
    expect(it.model.isOut(one, it.today)).toBe(true);

    it.now += 9 * 24 * HOUR_MS;

    await it.expectNow();
    expect(it.model.isOut(one, it.today)).toBe(false);
    const list = await exclusions(it.store, { tenantId: 1, today: it.today });
    expect(list).toMatchObject({ people: 0, exclusions: [{ state: 'expired', people: 0 }] });
    await (await it.read())();
    await it.expectDays();
  });

  test('count for a snapshot as they stood on its own day, also when it is published a day later', async () => {
    const it = await world(7);
    await (await it.read())();
    const [one = '', other = ''] = it.published[0]?.copy.people.keys() ?? [];
    await it.exclude([one], addDays(it.today, 1));
    it.now = ZONE.endOf(it.today) - 1; // the last moment of the day
    const publish = await it.read();
    it.now += 2;
    await it.expectNow();
    await it.exclude([other]);

    await publish();

    await it.expectDays();
    await it.expectNow();
    await (await it.read())();
    await it.expectDays();
  });

  test('by a rule leave out whoever comes to match it, from the snapshot that tells of them', async () => {
    const it = await world(8);
    await (await it.read())();
    const rule: ExclusionRule = { field: 'name', match: 'contains', value: '*' };
    const preview = await exclusionPreview(it.store, { tenantId: 1, rule });
    await it.excludeRule(rule);
    const listed = async () =>
      (await exclusions(it.store, { tenantId: 1, today: it.today })).people;
    expect(await listed()).toBe(preview.people);

    const first = await listed();
    for (let days = 0; days < 20; days++) {
      it.now += 24 * HOUR_MS;
      await (await it.read())();
    }

    expect(await listed()).toBeGreaterThan(first);
    await it.expectDays();
    await it.expectNow();
    const [id = 0] = it.model.active(it.today);
    await it.end(id);
    expect(await listed()).toBe(0);
    await it.expectDays();
  });

  test('that cannot be made say why, and nothing changes', async () => {
    const it = await world(9);
    await (await it.read())();
    const [one = ''] = it.published[0]?.copy.people.keys() ?? [];
    const before = await rowsOf(it.store, 1, [...COUNTS, 'exclusion', 'personExclusion', 'person']);
    const attempt = (objectIds: string[], untilDay: Day | null) =>
      excludePeople(it.lease, { ...TERMS, untilDay, objectIds }, it.moment);
    const rule = { field: 'name', match: 'contains', value: 'a' } as const;

    await expect(attempt([one, 'nobody', 'no one'], null)).rejects.toThrow(/nobody, no one/);
    await expect(attempt([one], it.today)).rejects.toThrow(BadExclusion);
    await expect(
      excludeByRule(it.lease, { ...TERMS, rule, untilDay: addDays(it.today, -1) }, it.moment),
    ).rejects.toThrow(/after today/);

    expect(
      await rowsOf(it.store, 1, [...COUNTS, 'exclusion', 'personExclusion', 'person']),
    ).toEqual(before);
  });

  test('of one person, or by the same rule, are not made twice; a rule and a person go together', async () => {
    const it = await world(10);
    await (await it.read())();
    const [one = ''] = it.published[0]?.copy.people.keys() ?? [];
    const rule = RULES[1] as ExclusionRule;
    await it.exclude([one]);
    await it.excludeRule(rule);
    expect(it.model.exclusions.size).toBe(2);

    await it.exclude([one]);
    await it.excludeRule({ ...rule, value: rule.value.toLowerCase() });

    expect(it.model.exclusions.size).toBe(2);
    await it.expectNow();
    await it.expectDays();
    const [first = 0, second = 0] = it.model.active(it.today);
    await it.end(second);
    await it.expectDays();
    expect(await endExclusion(it.lease, second, it.moment)).toBe('over');
    expect(await endExclusion(it.lease, 99, it.moment)).toBe('unknown');
    await it.end(first);
    await it.expectNow();
  });

  test('that are set while a snapshot is being published count in it, whenever that is', async () => {
    for (let n = 1; ; n++) {
      const it = await world(12);
      await (await it.read())();
      const [one = ''] = it.published[0]?.copy.people.keys() ?? [];
      const publish = await it.read();
      let transactions = 0;
      const interrupted = watched(it.lease, async (run) => {
        transactions += 1;
        if (transactions === n) await it.exclude([one]);
        return run();
      });

      await publish(interrupted);

      await it.expectDays();
      await it.expectNow();
      if (transactions < n) break;
    }
  });

  test('that are set and ended at the same time as others, and as a publication, all count', async () => {
    const it = await world(13);
    await (await it.read())();
    const known = [...it.model.known.keys()];
    await it.exclude(known.slice(0, 5));
    const first = it.model.active(it.today);
    const publish = await it.read();
    const newOnes = known.slice(5, 12);

    await Promise.all([
      publish(),
      ...first.map((id) => it.end(id)),
      ...newOnes.map((id) => it.exclude([id])),
      it.exclude(newOnes),
      it.refresh(),
    ]);

    await it.expectDays();
    await it.expectNow();
    for (const id of it.model.active(it.today)) await it.end(id);
    await it.expectDays();
  });

  test('killed before any of its transactions, a rule, its end and a publication are finished by the next run', {
    timeout: 60_000,
  }, async () => {
    let kills = 0;
    for (let n = 1; n < 40; n++) {
      const it = await world(11, 5);
      await (await it.read())();
      it.now += 24 * HOUR_MS;
      const rule: ExclusionRule = { field: 'name', match: 'contains', value: ' ' };
      const dying = killedAt(it.lease, n);
      const terms = { ...TERMS, untilDay: null };
      let died = await excludeByRule(dying, { ...terms, rule }, it.moment).then(
        () => false,
        isKilled,
      );
      await finishRule(it, rule);
      await it.refresh();
      await it.expectNow();

      const publish = await it.read();
      died = (await publish(died ? it.lease : dying).then(() => false, isKilled)) || died;
      await finishPublication(it);
      await it.expectDays();

      const [id = 0] = it.model.active(it.today);
      if (died) await it.end(id);
      else {
        died = await endExclusion(dying, id, it.moment).then(() => false, isKilled);
        if ((await endExclusion(it.lease, id, it.moment)) !== 'unknown') it.model.end(id, it.today);
      }
      await it.refresh();
      await it.expectNow();
      await it.expectDays();
      if (!died) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(8);
    expect(kills).toBeLessThan(39);
  });
});

const COUNTS = [
  'registrationSnapshot',
  'registrationCount',
  'registrationMethod',
  'registrationDepth',
  'registrationStateCount',
  'registrationFamily',
  'registrationMove',
] as const;

function isKilled(error: unknown): true {
  if (!(error instanceof Killed)) throw error;
  return true;
}

/** The model learns of a rule that was set, whether or not its setting was killed; if not even that, it is set now. */
async function finishRule(it: World, rule: ExclusionRule): Promise<void> {
  const list = await exclusions(it.store, { tenantId: 1, today: it.today });
  const [made] = list.exclusions;
  if (!made) return it.excludeRule(rule);
  it.model.add(Number(made.id), { who: null, rule, first: it.today, until: null });
}

async function finishPublication(it: World): Promise<void> {
  await finishSnapshots(it.lease);
  const rows = await it.store.read.select().from(it.store.t.registrationSnapshot);
  const last = rows.sort((a, b) => a.id - b.id).at(-1);
  const noted = it.published.at(-1);
  if (!last || last.id === noted?.id) return;
  if (last.state === 'published') {
    const people = new Map([...it.model.known]);
    const held = await it.store.read.select().from(it.store.t.person);
    for (const { objectId, stateId } of held) if (stateId === null) people.delete(objectId);
    it.noted({ id: last.id, copy: { day: it.today, people } });
  } else await (await it.read())();
}

/** Something that may happen. */
async function oneStep(it: World, random: Random): Promise<void> {
  const known = [...it.model.known.keys()];
  const until = random.chance(0.5) ? addDays(it.today, 1 + random.int(4)) : null;
  const active = it.model.active(it.today);
  switch (random.int(8)) {
    case 0:
    case 1:
      return (await it.read())();
    case 2:
      if (known.length > 0) await it.exclude([random.pick(known), random.pick(known)], until);
      return;
    case 3:
      return it.excludeRule(random.pick(RULES), until);
    case 4:
      if (active.length > 0) await it.end(random.pick(active));
      return;
    case 5:
      return it.refresh();
    default:
      it.now += (1 + random.int(40)) * HOUR_MS;
  }
}
