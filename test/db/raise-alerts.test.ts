import { describe, expect, test } from 'vitest';
import { acknowledgeAlert, snoozeAlert } from '../../db/store/alert-actions.ts';
import { endAlertExclusion, excludeAlerts } from '../../db/store/alert-exclusions.ts';
import { addSurveillance } from '../../db/store/surveillance-settings.ts';
import type { Store } from '../../db/store-types.ts';
import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { SURVEILLANCE_DEFAULTS } from '../../domain/surveillance/settings.ts';
import { AlertWorld, at, spray, unusualHour } from '../build/alert-world.ts';
import { ENGINES } from '../build/stores.ts';
import { rowsOf } from '../build/tables.ts';
import { Killed, killedAt, tenantOn } from '../build/tenants.ts';

const TABLES = ['alert', 'alertEvent', 'delivery', 'surveillanceState'] as const;
const ACTION = { tenantId: 1, id: 1, author: 'Ada', note: null };

/** A burst on day 29, two hours before as-of, and a channel that takes everything. */
async function burst(store: Store): Promise<AlertWorld> {
  const world = new AlertWorld(await tenantOn(store));
  await world.channel();
  await world.failed(spray(29, 20));
  await world.judged([unusualHour({ day: 29, hour: 20 })]);
  await world.readUntil(at(29, 22));
  return world;
}

const stored = ({ lease }: AlertWorld) => rowsOf(lease.store, lease.tenantId, TABLES);

describe.each(ENGINES)('alerts on %s', (_, emptyStore) => {
  test('one episode is one alert, with who and what makes it, and is sent once', async () => {
    const world = await burst(await emptyStore());

    expect(await world.raise(at(29, 22))).toEqual({ raised: 1, changed: 0, ended: 0 });

    const [alert] = await world.alerts();
    expect(alert).toMatchObject({
      ...{ id: 1, rule: 'failed_verifications', level: 'critical', queue: 'security' },
      ...{ startedAt: at(29, 20), lastAt: at(29, 21), endedAt: null, raisedAt: at(29, 22) },
    });
    expect(alert?.evidence).toMatchObject({
      ...{ observed: 60, expected: 2, people: 60, addresses: 1 },
      methods: [{ method: 'mobile SMS', started: 60, passed: 0, usualStarted: 0, usualPassed: 0 }],
    });
    const byAddress = alert?.evidence.explainedBy.find(({ by }) => by === 'address');
    expect(byAddress).toMatchObject({
      values: 1,
      parts: [{ value: '203.0.113.9', observed: 60, isNew: true }],
    });
    const byPerson = alert?.evidence.explainedBy.find(({ by }) => by === 'person');
    expect(byPerson?.values).toBeGreaterThan(40);
    expect(byPerson?.parts.length).toBeLessThanOrEqual(50);
    expect(await world.happened()).toEqual(['raised']);
    expect(await world.outbox()).toEqual(['raised']);
  });

  test('run again, nothing changes', async () => {
    const world = await burst(await emptyStore());
    await world.raise(at(29, 22));
    const before = await stored(world);

    expect(await world.raise(at(29, 23))).toEqual({ raised: 0, changed: 0, ended: 0 });

    expect(await stored(world)).toEqual(before);
  });

  test('one that lasts is the same one, longer, and closes by itself', async () => {
    const world = await burst(await emptyStore());
    await world.raise(at(29, 22));
    await world.failed(spray(29, 22, 30, '203.0.113.10'));
    const hours = [20, 22].map((hour) => unusualHour({ day: 29, hour }));
    await world.judged(hours);
    await world.readUntil(at(29, 23));

    expect(await world.raise(at(29, 23))).toEqual({ raised: 0, changed: 1, ended: 0 });

    expect(await world.alerts()).toMatchObject([
      { id: 1, startedAt: at(29, 20), lastAt: at(29, 23), endedAt: null, raisedAt: at(29, 22) },
    ]);
    expect((await world.alerts())[0]?.evidence.addresses).toBe(2);
    await world.readUntil(at(30, 23));
    await world.raise(at(30, 23));
    expect(await world.alerts()).toMatchObject([{ id: 1, endedAt: at(29, 23) }]);
    expect(await world.happened()).toEqual(['raised', 'closed']);
    expect(await world.outbox()).toEqual(['raised', 'closed']);
  });

  test('a level that rises is told, and only that', async () => {
    const world = await burst(await emptyStore());
    const mild = { ...unusualHour({ day: 29, hour: 20, observed: 12 }), p: 0.000004 };
    await world.judged([mild]);
    await world.raise(at(29, 22));
    expect((await world.alerts())[0]?.level).toBe('alert');
    await world.judged([unusualHour({ day: 29, hour: 20 })]);

    await world.raise(at(29, 23));

    expect((await world.alerts())[0]?.level).toBe('critical');
    expect(await world.happened()).toEqual(['raised', 'level_raised']);
    expect(await world.outbox()).toEqual(['raised', 'level_raised']);
  });

  test('a reset that goes through from an address new for the person raises the level by one', async () => {
    const world = await burst(await emptyStore());
    const mild = { ...unusualHour({ day: 29, hour: 20, observed: 60 }), p: 0.000004 };
    await world.judged([mild]);
    await world.flow({ at: at(10), person: 'person-3', address: '198.51.100.7' });
    await world.flow({ at: at(29, 20) + 90_000, person: 'person-3', address: '203.0.113.9' });

    await world.raise(at(29, 22));

    const [alert] = await world.alerts();
    expect(alert?.level).toBe('critical');
    expect(alert?.evidence.through).toMatchObject([
      { personId: 'person-3', address: '203.0.113.9', newAddress: true },
    ]);
    expect(alert?.evidence.rules.map(({ rule }) => rule)).toContain('new_address_reset');
  });

  test('late records change it, take it away, and bring it back', async () => {
    const world = await burst(await emptyStore());
    await world.raise(at(29, 22));
    const later = unusualHour({ day: 29, hour: 20, observed: 80 });
    await world.failed(spray(29, 20, 20, '203.0.113.11').map((one) => ({ ...one, person: null })));
    await world.judged([later]);
    await world.raise(at(29, 23));
    expect((await world.alerts())[0]?.evidence.observed).toBe(80);

    await world.judged([]);
    expect(await world.raise(at(30, 1))).toEqual({ raised: 0, changed: 0, ended: 0 });
    await world.readUntil(at(30, 22));
    expect(await world.raise(at(30, 22))).toEqual({ raised: 0, changed: 0, ended: 1 });

    expect(await world.alerts()).toMatchObject([{ id: 1, withdrawnAt: at(30, 22) }]);
    const before = await stored(world);
    await world.raise(at(30, 23));
    expect(await stored(world)).toEqual(before);
    await world.judged([later, unusualHour({ day: 29, hour: 23 })]);
    await world.raise(at(31));
    expect(await world.alerts()).toMatchObject([{ id: 1, withdrawnAt: null }]);
    expect(await world.happened()).toEqual(['raised', 'withdrawn', 'reopened']);
    expect(await world.outbox()).toEqual(['raised', 'closed', 'raised']);
  });

  test('of two that turn out to be one the older keeps its number', async () => {
    const world = await burst(await emptyStore());
    const hours = [4, 20].map((hour) => unusualHour({ day: 29, hour }));
    await world.judged(hours);
    await world.raise(at(29, 22));
    expect(await world.alerts()).toHaveLength(2);

    await world.judged([...hours, ...[9, 14].map((hour) => unusualHour({ day: 29, hour }))]);
    await world.raise(at(29, 23));

    const [first, second] = await world.alerts();
    expect(first).toMatchObject({ startedAt: at(29, 4), lastAt: at(29, 21), withdrawnAt: null });
    expect(second).toMatchObject({ withdrawnAt: at(29, 23) });
  });

  test('what is history is listed and not sent', async () => {
    const world = await burst(await emptyStore());
    await world.judged([unusualHour({ day: 5, hour: 3 })]);

    await world.raise(at(29, 22));

    expect(await world.alerts()).toMatchObject([{ startedAt: at(5, 3), endedAt: at(5, 4) }]);
    expect(await world.happened()).toEqual(['raised', 'closed']);
    expect(await world.outbox()).toEqual([]);
  });

  test('an acknowledged one is silent until its level rises', async () => {
    const world = await burst(await emptyStore());
    const mild = { ...unusualHour({ day: 29, hour: 20, observed: 12 }), p: 0.000004 };
    await world.judged([mild]);
    await world.raise(at(29, 22));
    await acknowledgeAlert(world.lease.store, ACTION, at(29, 22));

    await world.judged([mild, { ...mild, startAt: at(29, 21) }]);
    await world.raise(at(29, 23));
    expect(await world.outbox()).toEqual(['raised']);
    await world.judged([unusualHour({ day: 29, hour: 20 })]);
    await world.raise(at(30));

    expect(await world.outbox()).toEqual(['raised', 'level_raised']);
    expect((await world.alerts())[0]).toMatchObject({ acknowledgedBy: 'Ada' });
  });

  test('a snoozed one is silent, and speaks once more when it lasts longer than that', async () => {
    const world = await burst(await emptyStore());
    await world.raise(at(29, 22));
    const until = at(30, 1);
    await snoozeAlert(world.lease.store, { ...ACTION, until }, at(29, 22));
    await world.judged([20, 22].map((hour) => unusualHour({ day: 29, hour })));
    await world.raise(at(29, 23));
    expect(await world.outbox()).toEqual(['raised']);

    await world.raise(at(30, 2));
    await world.raise(at(30, 3));

    expect(await world.happened()).toEqual(['raised', 'snoozed', 'reopened']);
    expect(await world.outbox()).toEqual(['raised', 'raised']);
  });

  test('an excluded one is listed and silent, also after it is raised, until the exclusion ends', async () => {
    const world = await burst(await emptyStore());
    const { store } = world.lease;
    const terms = { reason: 'a penetration test', author: 'Ada', until: at(40) };
    const address = { kind: 'address' as const, id: '203.0.113.9' };
    await excludeAlerts(store, 1, { ...terms, rule: null, subject: address }, at(29));

    await world.raise(at(29, 22));
    expect(await world.alerts()).toMatchObject([{ exclusionId: 1, endedAt: null }]);
    expect(await world.outbox()).toEqual([]);
    expect(await endAlertExclusion(store, { tenantId: 1, id: 1, author: 'Bob' }, at(29, 22))).toBe(
      'ended',
    );
    await world.raise(at(29, 23));

    expect(await world.alerts()).toMatchObject([{ exclusionId: null }]);
    expect(await world.happened()).toEqual(['raised', 'excluded', 'exclusion_ended', 'reopened']);
    expect(await world.outbox()).toEqual(['raised']);
  });

  test('an exclusion of one address of two keeps nothing quiet', async () => {
    const world = await burst(await emptyStore());
    const { store } = world.lease;
    await world.failed(spray(29, 20, 60, '203.0.113.10'));
    const terms = { rule: null, reason: 'ours', author: 'Ada', until: at(40) };
    const address = (id: string) => ({ ...terms, subject: { kind: 'address' as const, id } });
    await excludeAlerts(store, 1, address('203.0.113.9'), at(29));
    await world.raise(at(29, 22));
    expect(await world.alerts()).toMatchObject([{ exclusionId: null }]);

    await excludeAlerts(store, 1, address('203.0.113.10'), at(29, 22));

    expect(await world.alerts()).toMatchObject([{ exclusionId: 1 }]);
  });

  test('an exclusion that expires ends by itself', async () => {
    const world = await burst(await emptyStore());
    const terms = { reason: 'a test', author: 'Ada', until: at(29, 23) };
    const made = { ...terms, rule: 'failed_verifications' as const, subject: null };
    await excludeAlerts(world.lease.store, 1, made, at(29));
    await world.raise(at(29, 22));

    await world.raise(at(30));

    expect(await world.happened()).toEqual(['raised', 'excluded', 'exclusion_ended', 'reopened']);
    expect(await world.outbox()).toEqual(['raised']);
  });

  test('a change of settings leaves history alone and lets what lasts come to its end', async () => {
    const world = await burst(await emptyStore());
    const { store } = world.lease;
    const hours = [unusualHour({ day: 5, hour: 3 }), unusualHour({ day: 29, hour: 20 })];
    await world.judged(hours);
    await world.raise(at(29, 22));
    const off = { ...SURVEILLANCE_DEFAULTS.rhythm, failed_verifications: { on: false } };
    const settings = { ...SURVEILLANCE_DEFAULTS, rhythm: off };
    await addSurveillance(store, 1, { author: 'Ada', note: null, settings }, at(29, 22));

    await world.raise(at(29, 23));
    expect(await world.alerts()).toMatchObject([
      { startedAt: at(5, 3), withdrawnAt: null },
      { startedAt: at(29, 20), withdrawnAt: null, endedAt: null },
    ]);
    await world.readUntil(at(31));
    await world.raise(at(31));

    expect(await world.alerts()).toMatchObject([
      { settingsVersion: 0, endedAt: at(5, 4), withdrawnAt: null },
      { settingsVersion: 0, endedAt: at(29, 21), withdrawnAt: null },
    ]);
  });

  test('settings that are stricter raise nothing in days that are history', async () => {
    const world = await burst(await emptyStore());
    const mild = (day: number) => ({ ...unusualHour({ day, hour: 3, observed: 8 }), p: 0.02 });
    await world.judged([mild(20), mild(29)]);
    await world.raise(at(29, 22));
    expect(await world.alerts()).toEqual([]);
    const hourly = { ...SURVEILLANCE_DEFAULTS.hourly, watch: 0.03 };
    const settings = { ...SURVEILLANCE_DEFAULTS, hourly };
    await addSurveillance(world.lease.store, 1, { author: 'Ada', note: null, settings }, at(29));

    await world.raise(at(29, 23));

    expect(await world.alerts()).toMatchObject([
      { startedAt: at(29, 3), level: 'watch', settingsVersion: 1 },
    ]);
  });

  test('what is over stays as it is when the days that are worked out move on', async () => {
    const world = await burst(await emptyStore());
    await world.judged([unusualHour({ day: 5, hour: 3 })]);
    await world.readUntil(at(6, 12));
    await world.raise(at(6, 12));
    const [before] = await world.alerts();

    for (const day of [20, 40, 41, 42, 43, 60]) {
      if (day === 60) await world.judged([]); // its hours are no longer kept
      await world.readUntil(at(day));
      await world.raise(at(day));
    }

    expect(await world.alerts()).toEqual([before]);
  });

  test('what one rule measures is an alert of its own, of the people behind it', async () => {
    const world = await burst(await emptyStore());
    await world.judged([]);
    const rule = 'one_address_many_people' as const;
    await world.measured([{ rule, day: 28, subject: '203.0.113.9', value: 12 }]);
    await world.failed(spray(28, 10, 12));
    await world.failed(spray(28, 10, 1, '198.51.100.1'));

    await world.raise(at(29, 22));

    expect(await world.alerts()).toMatchObject([
      {
        ...{ rule, level: 'alert', startedAt: at(28, 9) },
        evidence: { people: 12, addresses: 1, expected: null, observed: 12 },
      },
    ]);
  });

  test('killed anywhere, the next run leaves what one run does', async () => {
    const store = await emptyStore();
    const hours = [
      [5, 3],
      [12, 4],
      [29, 20],
    ].map(([day = 0, hour = 0]) => unusualHour({ day, hour }));
    const make = async (id: number) => {
      const world = new AlertWorld(await tenantOn(store, { id }));
      await world.failed(spray(29, 20));
      await world.judged(hours);
      await world.readUntil(at(29, 22));
      return world;
    };
    const clean = await make(1);
    await clean.raise(at(29, 22));
    const expected = await rowsOf(store, 1, TABLES);
    for (const [n, id] of [1, 2, 3, 4, 5].entries()) {
      const world = await make(id + 1);
      const dead = world.raise(at(29, 22), killedAt(world.lease, n + 1));
      await expect(dead).rejects.toThrow(Killed);

      await world.raise(at(29, 22));

      expect(await rowsOf(store, id + 1, TABLES)).toEqual(expected);
    }
  });

  test('no two runs over a growing story tell it differently from one', async () => {
    const store = await emptyStore();
    const hours = [
      [26, 3],
      [26, 5],
      [27, 20],
      [28, 1],
      [29, 20],
    ].map(([day = 0, hour = 0]) => unusualHour({ day, hour }));
    const failures = hours.flatMap((_, n) => spray(26 + Math.min(n, 3), n + 3, 12));
    const end = at(29, 22);
    const grown = new AlertWorld(await tenantOn(store));
    const once = new AlertWorld(await tenantOn(store, { id: 2 }));
    for (const world of [grown, once]) await world.failed(failures);
    for (let asOf = at(26); asOf <= end; asOf += 3 * HOUR_MS) {
      await grown.judged(hours.filter(({ startAt }) => startAt < asOf));
      await grown.readUntil(asOf);
      await grown.raise(asOf);
    }
    await grown.readUntil(end);
    await grown.judged(hours);
    await grown.raise(end);
    await once.judged(hours);
    await once.readUntil(end);
    await once.raise(end);

    const facts = async (world: AlertWorld) =>
      (await world.alerts())
        .filter(({ withdrawnAt }) => withdrawnAt === null)
        .map(({ tenantId: _t, id: _i, raisedAt: _r, updatedAt: _u, ...fact }) => fact)
        .sort((a, b) => a.startedAt - b.startedAt);
    const told = await facts(grown);
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual(await facts(once));
    expect(told.every(({ lastAt }) => lastAt <= end + DAY_MS)).toBe(true);
  });
});
