import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleAlerts } from '../../bench/surveillance/sample-alerts.ts';
import { againstStory, type StoryAlerts } from '../../bench/surveillance/story-alerts.ts';
import { openStore } from '../../db/open.ts';
import { alertTitle } from '../../domain/surveillance/alert-title.ts';
import { tenantOn } from '../build/tenants.ts';

// The last 150 days of the sample tenant, collected day by day: questions turned off, the SMS provider out of order, the mass
// reset, the probes and the attack night. All thirteen months, of more tenants, are measured by bench/.
const END = Date.parse('2026-11-22T13:00:00Z');
const DAYS = 150;
const MONTHS = DAYS / 30;

const folder = mkdtempSync(join(tmpdir(), 'deflectometer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let told: StoryAlerts;

beforeAll(async () => {
  const store = await openStore(`file:${join(folder, 'test.db')}`, { madeUp: true });
  const lease = await tenantOn(store, { clock: () => END });
  const { sample, alerts } = await sampleAlerts(lease, { end: END, days: DAYS });
  told = againstStory(sample.story, alerts);
  await store.close();
}, 300_000);

const alertsOf = (turn: RegExp) => told.turns.find(({ title }) => turn.test(title))?.alerts ?? [];
const foundAs = (turn: RegExp, cause: string) =>
  alertsOf(turn).filter(({ evidence }) => evidence.cause === cause);

test('the attack night is one critical alert, that ends with it and says who got in', () => {
  const [night, ...others] = alertsOf(/Attack night/);
  expect(others).toEqual([]);
  expect(night).toMatchObject({ rule: 'failed_verifications', level: 'critical' });
  expect(night?.evidence).toMatchObject({ cause: 'attack', addresses: 5 });
  expect(new Date(night?.startedAt ?? 0).toISOString()).toBe('2026-11-03T01:00:00.000Z');
  expect(new Date(night?.lastAt ?? 0).toISOString()).toBe('2026-11-03T05:00:00.000Z');
  expect(night?.evidence.through.filter(({ newAddress }) => newAddress)).toHaveLength(1);
  expect(night && alertTitle(night)).toMatch(
    /^\d+ people failed from 5 addresses.*: looks like an attack$/,
  );
});

test('the flows that the attack night got stopped by configuration are part of its alert', () => {
  const [night] = alertsOf(/Attack night/);
  expect(night?.evidence.rules).toContainEqual(
    expect.objectContaining({ rule: 'configuration_stops' }),
  );
});

test('the failed SMS provider is told apart from an attack, and named', () => {
  const [outage, ...others] = foundAs(/SMS provider/, 'broken_method');
  expect(others).toEqual([]);
  expect(outage?.level).toBe('critical');
  expect(outage && alertTitle(outage)).toMatch(/: looks like mobile SMS is out of order$/);
  expect(foundAs(/SMS provider/, 'attack')).toEqual([]);
});

test('the end of the security questions is found by the people who can no longer reset, with the change in the log', () => {
  const losses = foundAs(/Security questions/, 'policy_change').filter(
    ({ rule }) => rule === 'capability_lost',
  );
  expect(losses).toHaveLength(1);
  const [change] = losses;
  expect(['alert', 'critical']).toContain(change?.level);
  expect(change?.evidence.changes).toMatchObject([{ day: '2026-07-15' }]);
  // From the snapshot before the change to the next one.
  expect(new Date(change?.startedAt ?? 0).toISOString()).toBe('2026-07-15T04:10:00.000Z');
  expect(new Date(change?.lastAt ?? 0).toISOString()).toMatch(/^2026-07-16T04:10:00/);
  expect(change && alertTitle(change)).toMatch(
    /^5\d\d people can no longer reset their own password since the snapshot before, threshold 20: looks like a change of policy$/,
  );
});

test('nobody else is said to have lost capability: on other days hardly anybody does', () => {
  const others = told.unexplained.filter(({ rule }) => rule === 'capability_lost');
  expect(others.map((alert) => alertTitle(alert))).toEqual([]);
});

test('the probes before the attack are found as an attack from one address', () => {
  const [probe] = foundAs(/probes/, 'attack');
  expect(probe?.level).toBe('critical');
  expect(probe?.evidence.addresses).toBe(1);
});

test('three hundred passwords reset by one operator are found', () => {
  const [mass] = alertsOf(/300 passwords/);
  expect(mass).toMatchObject({ rule: 'many_resets_by_one_operator', level: 'alert' });
  expect(mass?.evidence.people).toBeGreaterThanOrEqual(300);
});

test('at most one alert a month, above watch, is about nothing in the story', () => {
  expect(told.unexplained.map((alert) => alertTitle(alert)).length).toBeLessThanOrEqual(MONTHS);
});
