import type Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { registrationChanges } from '../../db/queries/registration-changes.ts';
import { registrationMoves } from '../../db/queries/registration-moves.ts';
import { ruleValues } from '../../db/queries/rule-values.ts';
import { capabilityLostRows } from '../../db/rollups/capability-lost.ts';
import { noteEverything } from '../../db/rollups/recut.ts';
import { type RollUpSettings, rollUp } from '../../db/rollups/roll-up.ts';
import { changeIntervals } from '../../db/store/exclusion-intervals.ts';
import { addDays, DAY_MS, type Day, dayCutter } from '../../domain/day.ts';
import { alertLinks } from '../../domain/surveillance/alert-links.ts';
import { type CollectedHistory, collectedHistory } from '../build/collected-history.ts';
import { someEvidence } from '../build/evidence.ts';
import { plansOf } from '../build/plans.ts';
import { ENGINES, sqliteStore } from '../build/stores.ts';

const UTC = dayCutter('UTC');
const SETTINGS: RollUpSettings = { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] };

/** What the rule measured, in order of time. */
function measured({ store, first, last }: CollectedHistory) {
  const around = { first: addDays(first, -1), last: addDays(last, 1) };
  return ruleValues(store, { tenantId: 1, ...around });
}

/** How many lost capability on each day on which somebody did, as the bars of the page count them. */
async function lostByDay({ store, first, last }: CollectedHistory) {
  const around = { first: addDays(first, -1), last: addDays(last, 1) };
  const { buckets } = await registrationMoves(store, { tenantId: 1, ...around, bucket: 'day' });
  return buckets.flatMap(({ start, lost }) => (lost ? [[start, lost]] : []));
}

async function byDay(history: CollectedHistory) {
  return (await measured(history)).map(({ day, value }) => [day, value]);
}

/** Leaves everybody out of the population from the first day on, or takes that back. */
async function leaveEverybodyOut(history: CollectedHistory, isOut: boolean): Promise<void> {
  const { lease, store, first, last, numberOf } = history;
  const { personExclusion: table } = store.t;
  const personIds = [...numberOf.values()];
  const held = { tenantId: 1, exclusionId: 999, firstDay: first, endDay: null };
  await lease.tx(async (db) => {
    await changeIntervals(lease, db, { personIds, day: first, today: last }, async () => {
      if (isOut)
        await db.insert(table).values(personIds.map((personId) => ({ ...held, personId })));
      else await db.delete(table).where(eq(table.exclusionId, 999));
    });
  });
}

describe.each(ENGINES)('how many people lost capability on a day, on %s', (_, emptyStore) => {
  test('is measured of the snapshots of the day, from the one before the first to the last', async () => {
    const history = await collectedHistory(await emptyStore(), { seed: 1, people: 150 });

    await rollUp(history.lease, SETTINGS);

    const lost = await lostByDay(history);
    expect(lost.length).toBeGreaterThan(5);
    expect(await byDay(history)).toEqual(lost);
    const values = await measured(history);
    expect(values.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(
      values.map(() => 'capability_lost '),
    );
    for (const { day, startAt, endAt } of values) {
      const start = Date.parse(`${day}T00:00:00Z`);
      expect(endAt).toBeGreaterThan(start);
      expect(endAt).toBeLessThan(start + DAY_MS);
      expect(startAt).toBeLessThan(endAt);
    }
  });

  test('is what the list counts that an alert leads to', async () => {
    const history = await collectedHistory(await emptyStore(), { seed: 1, people: 100 });
    await rollUp(history.lease, SETTINGS);

    const values = await measured(history);
    expect(values.length).toBeGreaterThan(2);
    for (const { day, value, startAt, endAt } of values) {
      const evidence = someEvidence({ startAt, endAt: endAt + 1 });
      const [link] = alertLinks({ rule: 'capability_lost', subject: '', evidence }, UTC);
      const query = new URLSearchParams(link?.path.split('?')[1]);
      expect([link?.path.split('?')[0], query.get('move')]).toEqual(['/coverage/changes', 'lost']);
      const [first, last] = [query.get('first') as Day, query.get('last') as Day];
      expect(last).toBe(day);
      const asked = { tenantId: 1, first, last, move: 'lost' as const, limit: 1 };
      expect((await registrationChanges(history.store, asked)).total).toBe(value);
    }
  });

  test('is the same when everything is measured again', async () => {
    const history = await collectedHistory(await emptyStore(), { seed: 2 });
    await rollUp(history.lease, SETTINGS);
    const before = await measured(history);

    await noteEverything(history.lease);
    await rollUp(history.lease, SETTINGS);

    expect(before.length).toBeGreaterThan(0);
    expect(await measured(history)).toEqual(before);
  });

  test('is measured anew when people are left out of the population, and come back', async () => {
    const history = await collectedHistory(await emptyStore(), { seed: 3 });
    await rollUp(history.lease, SETTINGS);
    const before = await measured(history);

    await leaveEverybodyOut(history, true);
    await rollUp(history.lease, SETTINGS);
    const without = await byDay(history);
    expect(without).toEqual(await lostByDay(history));
    expect(without.length).toBeLessThan(before.length);

    await leaveEverybodyOut(history, false);
    await rollUp(history.lease, SETTINGS);
    expect(await measured(history)).toEqual(before);
  });

  test('belongs to the day of the snapshot in another zone', async () => {
    const history = await collectedHistory(await emptyStore(), { seed: 4, people: 120 });
    await rollUp(history.lease, SETTINGS);
    const before = await byDay(history);

    await rollUp(history.lease, { ...SETTINGS, timeZone: 'America/New_York' });

    const after = await byDay(history);
    expect(after).not.toEqual(before);
    expect(after).toEqual(await lostByDay(history));
  });
});

test('is read by index', async () => {
  const history = await collectedHistory(await sqliteStore(), { seed: 1 });
  await rollUp(history.lease, SETTINGS);
  const [{ day } = { day: '2026-01-15' as Day }] = await measured(history);
  const reader = (history.store.read as unknown as { $client: Database.Database }).$client;

  const asked = await plansOf(reader, () =>
    capabilityLostRows(history.lease, history.store.read, day),
  );

  const lines = asked.flatMap(({ plan }) => plan).filter((line) => !/json_each/.test(line));
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.filter((line) => /^SCAN|\(tenant_id=\?\)/.test(line))).toEqual([]);
});
