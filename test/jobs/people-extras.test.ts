import { describe, expect, test } from 'vitest';
import type { NamedFault } from '../../demo/faults.ts';
import { aPerson, emptyWorld, signedIn } from '../../demo/world.ts';
import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { type Lab, lab } from '../oracle/lab.ts';

const NOW = Date.parse('2026-11-10T03:50:00Z');
const SIGNED_IN = '2026-11-09T08:00:00Z';
const BOSS = aPerson('Bess Bossington').user.id;

/** Bess, who manages Ada; Ada signs in, Nil never did. */
function office() {
  const world = emptyWorld();
  const user = { manager: { id: BOSS.toUpperCase() }, signInActivity: signedIn(SIGNED_IN) };
  world.people = [aPerson('Bess Bossington'), aPerson('Ada Able', { user }), aPerson('Nil Never')];
  return world;
}

async function labOf(...faults: NamedFault['fault'][]): Promise<Lab> {
  return lab({
    world: office(),
    now: NOW,
    timeZone: 'UTC',
    pageSizeMax: 2,
    faults: faults.map((fault) => ({ route: 'people', fault })),
  });
}

async function collectPeople(it: Lab, full = true) {
  const asked = it.graph.statistics.byPath.people ?? 0;
  const { feeds } = await it.collect({ feeds: ['people'], full });
  const requests = (it.graph.statistics.byPath.people ?? 0) - asked;
  return { ...feeds.find(({ feed }) => feed === 'people'), requests };
}

async function stored({ store }: Lab) {
  const { person } = store.t;
  const rows = await store.read.select().from(person);
  return Object.fromEntries(
    rows.map(({ name, managerId, lastSignInAt }) => [name, { managerId, lastSignInAt }]),
  );
}

const ADA = { managerId: BOSS, lastSignInAt: Date.parse(SIGNED_IN) };
const NOTHING = { managerId: null, lastSignInAt: null };

describe('managers and sign-ins', () => {
  test('are read with everybody, over all pages', async () => {
    const it = await labOf();

    expect(await collectPeople(it)).toMatchObject({ state: 'ok', reason: null, requests: 2 });
    expect(await stored(it)).toEqual({
      'Bess Bossington': NOTHING,
      'Ada Able': ADA,
      'Nil Never': NOTHING,
    });
  });

  test.each(['no-sign-in-activity', 'no-sign-in-licence'] as const)(
    'with %s: everybody is read without sign-ins, and the feed says what to grant',
    async (fault) => {
      const it = await labOf(fault);

      const report = await collectPeople(it);

      expect(report).toMatchObject({ state: 'ok', received: 3, rejected: 0, requests: 3 });
      expect(report.reason).toMatch(/^Sign-ins could not be read: .*AuditLog\.Read\.All.*P1.*\.$/);
      expect((await stored(it))['Ada Able']).toEqual({ ...ADA, lastSignInAt: null });
      const { feeds } = (await it.ask('/collection')) as { feeds: object[] };
      expect(feeds).toContainEqual(
        expect.objectContaining({ feed: 'people', state: 'ok', reason: report.reason }),
      );
    },
  );

  test('where managers cannot be expanded, everybody is read without them', async () => {
    const it = await labOf('no-manager');

    const report = await collectPeople(it);

    expect(report).toMatchObject({ state: 'ok', received: 3 });
    expect(report.reason).toMatch(/^Managers could not be read: /);
    expect((await stored(it))['Ada Able']).toEqual({ ...ADA, managerId: null });
  });

  test('where neither is told, both are named', async () => {
    const it = await labOf('no-manager', 'no-sign-in-activity');

    const { state, reason } = await collectPeople(it);

    expect(state).toBe('ok');
    expect(reason).toMatch(/Sign-ins could not be read.*Managers could not be read/);
    expect((await stored(it))['Ada Able']).toEqual(NOTHING);
  });

  test('that were stored stay while they are refused', async () => {
    const it = await labOf();
    await collectPeople(it);
    it.graph.setFaults([
      { route: 'people', fault: 'no-sign-in-activity' },
      { route: 'people', fault: 'no-manager' },
    ]);

    await collectPeople(it);

    expect((await stored(it))['Ada Able']).toEqual(ADA);
  });

  test('that were refused are asked for again a day later, or at once by hand', async () => {
    const it = await labOf('no-sign-in-activity');
    const { reason } = await collectPeople(it, false);

    it.clock.now = NOW + HOUR_MS;
    expect(await collectPeople(it, false)).toMatchObject({ state: 'ok', reason, requests: 2 });
    expect(await collectPeople(it, true)).toMatchObject({ state: 'ok', reason, requests: 3 });

    it.clock.now = NOW + HOUR_MS + DAY_MS;
    expect(await collectPeople(it, false)).toMatchObject({ state: 'ok', reason, requests: 3 });

    it.graph.setFaults(undefined);
    it.clock.now = NOW + HOUR_MS + 2 * DAY_MS;
    expect(await collectPeople(it, false)).toMatchObject({ state: 'ok', reason: null });
    expect((await stored(it))['Ada Able']).toEqual(ADA);
  });

  test('are not blamed where /users itself is refused', async () => {
    const it = await labOf('permission-403');

    const { state, reason } = await collectPeople(it);

    expect(state).toBe('unavailable');
    expect(reason).toMatch(/User\.Read\.All/);
  });

  test('on later pages come from the configured origin only', async () => {
    const it = await labOf();
    it.graph.setFaults([{ route: 'people', fault: 'foreign-nextlink', page: 1 }]);

    const { state, requests } = await collectPeople(it);

    expect(state).toBe('failed');
    expect(requests).toBe(1);
  });
});
