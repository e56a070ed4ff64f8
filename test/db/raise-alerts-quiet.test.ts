import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { raiseAlerts } from '../../db/rollups/raise-alerts.ts';
import { acknowledgeAlert, snoozeAlert } from '../../db/store/alert-actions.ts';
import { endAlertExclusion, excludeAlerts } from '../../db/store/alert-exclusions.ts';
import { addSurveillance } from '../../db/store/surveillance-settings.ts';
import type { Store } from '../../db/store-types.ts';
import type { JudgedPoint } from '../../domain/surveillance/level-of.ts';
import { SURVEILLANCE_DEFAULTS } from '../../domain/surveillance/settings.ts';
import { AlertWorld, at, newId, spray, unusualHour } from '../build/alert-world.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn, watched } from '../build/tenants.ts';

const ACTION = { tenantId: 1, id: 1, author: 'Ada', note: null };

/** An hour that is an alert, not critical. */
const mild = (day: number, hour: number): JudgedPoint => ({
  ...unusualHour({ day, hour, observed: 12 }),
  p: 0.000004,
});

/** Still milder: only watched. */
const watch = (day: number, hour: number): JudgedPoint => ({
  ...unusualHour({ day, hour, observed: 8 }),
  p: 0.002,
});

const unusualDay = (day: number): JudgedPoint => ({
  ...{ ...unusualHour({ day, hour: 0 }), bucket: 'day', farrington: true },
});

async function worldOn(store: Store): Promise<AlertWorld> {
  const world = new AlertWorld(await tenantOn(store));
  await world.channel();
  return world;
}

/** One run with what is judged by then. */
async function run(world: AlertWorld, asOf: number, points: readonly JudgedPoint[]): Promise<void> {
  await world.judged(points);
  await world.readUntil(asOf);
  await world.raise(asOf);
}

describe.each(ENGINES)('what is said of alerts on %s', (_, emptyStore) => {
  test('an attack that goes on after a change of settings is a new alert, from the end of the old one', async () => {
    const world = await worldOn(await emptyStore());
    const before = [unusualHour({ day: 20, hour: 22 }), unusualHour({ day: 21, hour: 1 })];
    await run(world, at(21, 2), [...before, unusualDay(20)]);
    const leastEffect = { ...SURVEILLANCE_DEFAULTS.leastEffect, excess: 4 };
    const settings = { ...SURVEILLANCE_DEFAULTS, leastEffect };
    await addSurveillance(world.lease.store, 1, { author: 'Ada', note: null, settings }, at(21, 2));
    await run(world, at(22, 6), [...before, unusualDay(20)]);
    expect(await world.alerts()).toMatchObject([{ endedAt: at(21, 2) }]);

    const after = [unusualDay(21), unusualDay(22), unusualHour({ day: 22, hour: 12 })];
    await run(world, at(22, 13), [...before, unusualDay(20), ...after]);
    await run(world, at(22, 14), [...before, unusualDay(20), ...after]);

    expect(await world.alerts()).toMatchObject([
      { id: 1, startedAt: at(20, 22), endedAt: at(21, 2), withdrawnAt: null },
      { id: 2, startedAt: at(21, 2), lastAt: at(22, 13), endedAt: null, withdrawnAt: null },
    ]);
    expect(await world.outbox()).toEqual(['raised', 'closed', 'raised']);
  });

  test('an acknowledged one that was over and lasts again is open, and is told', async () => {
    const world = await worldOn(await emptyStore());
    await run(world, at(20, 22), [mild(20, 20)]);
    await acknowledgeAlert(world.lease.store, ACTION, at(20, 22));
    const days = [20, 21].map(unusualDay).map((day) => ({ ...day, p: 0.001 }));
    await run(world, at(21, 22), [mild(20, 20)]);

    await run(world, at(22), [mild(20, 20), ...days, unusualHour({ day: 21, hour: 23 })]);

    expect(await world.alerts()).toMatchObject([
      { acknowledgedAt: null, acknowledgedBy: null, level: 'critical', endedAt: null },
    ]);
    expect(await world.happened()).toEqual([
      ...['raised', 'acknowledged', 'closed', 'level_raised', 'reopened'],
    ]);
    expect(await world.outbox()).toEqual(['raised', 'closed', 'level_raised']);
  });

  test('an acknowledgement is for whom it was about: somebody new is told once', async () => {
    const world = await worldOn(await emptyStore());
    const rule = 'many_resets_by_one_operator' as const;
    const first = { rule, day: 20, subject: 'op-A', value: 12 };
    await world.measured([first]);
    await run(world, at(20, 22), []);
    await acknowledgeAlert(world.lease.store, ACTION, at(20, 22));

    await world.measured([first, { ...first, day: 21, subject: 'op-B', value: 20 }]);
    await run(world, at(21, 18), []);
    await run(world, at(21, 19), []);

    expect(await world.alerts()).toMatchObject([{ id: 1, acknowledgedAt: null }]);
    expect(await world.happened()).toEqual(['raised', 'acknowledged', 'reopened']);
    expect(await world.outbox()).toEqual(['raised', 'raised']);
  });

  test('a level that rose while one was snoozed and acknowledged is told after the snooze, once', async () => {
    const world = await worldOn(await emptyStore());
    await run(world, at(29, 21), [mild(29, 20)]);
    await acknowledgeAlert(world.lease.store, ACTION, at(29, 21));
    await snoozeAlert(world.lease.store, { ...ACTION, until: at(30) }, at(29, 21));
    const worse = [unusualHour({ day: 29, hour: 20 })];
    await run(world, at(29, 22), worse);
    expect(await world.outbox()).toEqual(['raised']);

    for (const hour of [1, 2, 3]) await run(world, at(30, hour), worse);

    expect(await world.outbox()).toEqual(['raised', 'level_raised']);
    expect(await world.alerts()).toMatchObject([{ acknowledgedBy: 'Ada', snoozedUntil: null }]);
  });

  test('an acknowledged one that an exclusion no longer keeps quiet is told where it is worse, else left alone', async () => {
    const world = await worldOn(await emptyStore());
    const { store } = world.lease;
    await run(world, at(29, 21), [mild(29, 20)]);
    await acknowledgeAlert(store, ACTION, at(29, 21));
    const terms = { reason: 'a test', author: 'Ada', until: at(40), subject: null };
    const exclude = () => excludeAlerts(store, 1, { ...terms, rule: null }, at(29, 21));
    const free = (id: number) =>
      endAlertExclusion(store, { tenantId: 1, id, author: 'Ada' }, at(29, 21));
    await free(await exclude());
    let transactions = 0;
    const counted = watched(world.lease, (work) => {
      transactions += 1;
      return work();
    });
    await world.raise(at(29, 21), counted);
    expect(transactions).toBe(2); // exclusions that expired, and the state
    const id = await exclude();
    await run(world, at(29, 22), [unusualHour({ day: 29, hour: 20 })]);
    expect(await world.outbox()).toEqual(['raised']);
    await free(id);

    await world.raise(at(29, 23));
    await world.raise(at(29, 23));

    expect(await world.outbox()).toEqual(['raised', 'level_raised']);
  });

  test('a level that goes up and down is told once', async () => {
    const world = await worldOn(await emptyStore());
    for (let hour = 0; hour < 8; hour++)
      await run(world, at(29, 12 + hour), [hour % 2 === 0 ? watch(29, 10) : mild(29, 10)]);

    expect(await world.outbox()).toEqual(['raised', 'level_raised']);
    expect(await world.alerts()).toMatchObject([{ level: 'alert' }]);
  });

  test('an episode that comes and goes is told once, and withdrawn once, when it would be over', async () => {
    const world = await worldOn(await emptyStore());
    for (let hour = 0; hour < 8; hour++)
      await run(world, at(29, 12 + hour), hour % 2 === 0 ? [mild(29, 10)] : []);
    expect(await world.outbox()).toEqual(['raised']);

    for (let hour = 11; hour < 15; hour++)
      await run(world, at(30, hour), hour % 2 === 0 ? [mild(29, 10)] : []);

    expect(await world.outbox()).toEqual(['raised', 'closed']);
    expect(await world.happened()).toContain('withdrawn');
  });

  test('what one rule found first and a total confirms is one alert, with its acknowledgement', async () => {
    const world = await worldOn(await emptyStore());
    const rule = 'blocked_attempts' as const;
    await world.measured([{ rule, day: 29, value: 3 }]);
    await run(world, at(29, 18), []);
    await acknowledgeAlert(world.lease.store, ACTION, at(29, 18));
    expect(await world.alerts()).toMatchObject([{ id: 1, rule, level: 'watch' }]);

    await world.failed(spray(29, 15));
    for (let hour = 19; hour < 23; hour++)
      await run(world, at(29, hour), hour === 20 ? [] : [unusualHour({ day: 29, hour: 15 })]);

    expect(await world.alerts()).toMatchObject([
      { id: 1, rule: 'failed_verifications', level: 'critical', acknowledgedBy: 'Ada' },
    ]);
    expect(await world.happened()).toEqual(['raised', 'acknowledged', 'level_raised']);
    expect(await world.outbox()).toEqual(['raised', 'level_raised']);
  });

  test('of several that a total confirms, the oldest goes on and the others say what they are part of', async () => {
    const world = await worldOn(await emptyStore());
    const address = { rule: 'one_address_many_people' as const, day: 29, subject: '203.0.113.9' };
    await world.measured([{ ...address, value: 12 }]);
    await run(world, at(29, 17), []);
    await world.measured([
      { ...address, value: 12 },
      { rule: 'blocked_attempts', day: 29, value: 3 },
    ]);
    await run(world, at(29, 18), []);

    await run(world, at(29, 19), [unusualHour({ day: 29, hour: 15 })]);

    expect(await world.alerts()).toMatchObject([
      { id: 1, rule: 'failed_verifications', withdrawnAt: null },
      { id: 2, rule: 'blocked_attempts', withdrawnAt: at(29, 19) },
    ]);
    const { alertEvent: event } = world.lease.store.t;
    const said = await world.lease.store.read
      .select({ text: event.text })
      .from(event)
      .where(eq(event.kind, 'withdrawn'));
    expect(said).toEqual([{ text: expect.stringContaining('a part of alert 1') }]);
  });

  test('a closed one of breakdowns alone is history, however many series are judged later', async () => {
    const world = await worldOn(await emptyStore());
    const series = 'method:voice' as const;
    const voice = { ...unusualHour({ day: 20, hour: 10, series }), p: 1e-12 };
    await run(world, at(20, 12), [voice]);
    expect(await world.alerts()).toMatchObject([{ level: 'watch' }]);
    await run(world, at(22), [voice]);

    await run(world, at(23), []);

    expect(await world.alerts()).toMatchObject([{ endedAt: at(20, 11), withdrawnAt: null }]);
  });

  test('whoever was told of one is told that it is over, although it was acknowledged', async () => {
    const world = await worldOn(await emptyStore());
    await run(world, at(29, 21), [mild(29, 20)]);
    await acknowledgeAlert(world.lease.store, ACTION, at(29, 21));

    await run(world, at(30, 22), [mild(29, 20)]);

    expect(await world.outbox()).toEqual(['raised', 'closed']);
  });

  test('an error with one alert does not stop the others', async () => {
    const world = await worldOn(await emptyStore());
    await world.judged([mild(28, 3), mild(29, 3)]);
    await world.readUntil(at(29, 12));
    let left = 1;
    const lease = watched(world.lease, async (work) => {
      if (left-- > 0) throw new Error('broken');
      return work();
    });
    const bugs: unknown[] = [];
    const input = { timeZone: 'UTC', now: at(29, 12), newId };
    const onBug = (error: unknown) => bugs.push(error);

    expect(await raiseAlerts(lease, { ...input, onBug })).toMatchObject({ raised: 1 });
    expect(bugs).toEqual([new Error('broken')]);
    expect(await raiseAlerts(lease, { ...input, onBug })).toMatchObject({ raised: 1 });

    const started = (await world.alerts()).map(({ startedAt }) => startedAt);
    expect(started).toEqual([at(29, 3), at(28, 3)]);
  });
});
