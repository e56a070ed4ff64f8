import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rollUp } from '../../db/rollups/roll-up.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { type Day, HOUR_MS } from '../../domain/day.ts';
import { isTotal, type SeriesName } from '../../domain/surveillance/series.ts';
import { store as put, RECORDS_END, someDays, stored } from '../build/stored-records.ts';
import { ENGINES } from '../build/stores.ts';
import { DERIVED, rowsOf } from '../build/tables.ts';
import { tenantOn } from '../build/tenants.ts';
import {
  anAdminReset,
  aRecord,
  BLOCKED,
  MINUTE_MS,
  NINE,
  REASONS,
  step,
} from '../domain/records.ts';

const SETTINGS = { incidentGapHours: 24, automationAccounts: [] };
const KATHMANDU = 'Asia/Kathmandu'; // 5 h 45 min ahead: its days begin within an hour
const MONDAY = '2026-03-02' as Day;
const UNTIL = RECORDS_END + 72 * HOUR_MS;

type Person = { id: string; country: string | null; admin: boolean | null; hasLeft?: boolean };

/** People with a state of the registration report, which those who have left only once had. */
async function know({ store, tenantId }: HeldLease, people: Person[]): Promise<void> {
  const { person, registrationState, registrationChange } = store.t;
  await store.tx(async (db) => {
    for (const [i, { id: objectId, country, admin, hasLeft = false }] of people.entries()) {
      const id = i + 1;
      const state = { key: `${id}`, admin, userClass: 'member', reason: '', families: 0 };
      await db.insert(registrationState).values({ tenantId, id, ...state });
      const named = { objectId, country, sortName: '', searchText: '' };
      const stateId = hasLeft ? null : id;
      await db.insert(person).values({ tenantId, id, ...named, stateId });
      const change = { tenantId, personId: id };
      await db.insert(registrationChange).values({ ...change, snapshotId: 1, stateId: id });
      if (hasLeft)
        await db.insert(registrationChange).values({ ...change, snapshotId: 2, stateId: null });
    }
  });
}

async function counts({ store, tenantId }: HeldLease) {
  const { watchedCount: watched } = store.t;
  const rows = await store.read.select().from(watched).where(eq(watched.tenantId, tenantId));
  const told = (bucket: 'day' | 'hour') =>
    rows
      .filter((row) => row.bucket === bucket)
      .map(({ series, day, startAt, count }) => [series, bucket === 'day' ? day : startAt, count])
      .sort((a, b) => (String(a) < String(b) ? -1 : 1));
  return { days: told('day'), hours: told('hour') };
}

const derived = (lease: HeldLease) => rowsOf(lease.store, lease.tenantId, DERIVED);

describe.each(ENGINES)('what is watched on %s', (engine, emptyStore) => {
  test('is counted where each series says, on the day and the hour it began', async () => {
    const lease = await tenantOn(await emptyStore());
    await know(lease, [
      { id: 'ada', country: 'Norway', admin: true },
      { id: 'bob', country: '', admin: null },
      { id: 'eve', country: 'Peru', admin: true, hasLeft: true },
    ]);
    const flow = (n: number, who: string) => ({
      ...{ correlationId: `flow-${n}`, targetId: who, initiatorId: who },
    });
    const records = [
      step(REASONS.startedSms, 0, flow(1, 'ada')),
      aRecord({ ...flow(1, 'ada'), activity: BLOCKED, reason: null, occurredAt: NINE + MINUTE_MS }),
      step(REASONS.startedEmail, 61, flow(2, 'bob')),
      step(REASONS.startedEmail, 62, flow(3, 'eve')),
      step(REASONS.options, 120, flow(4, 'ada')),
      // Tells of a step that the log does not have.
      step(REASONS.contacted, 181, flow(5, 'ada')),
      step(REASONS.options, 180, flow(5, 'ada')),
      step(REASONS.options, 240, flow(6, 'bob')),
      step(REASONS.notEntitled, 241, flow(6, 'bob')),
      anAdminReset(5),
      anAdminReset(6, { initiatorId: null, initiatorName: null }),
    ];
    await put(lease, records.map(stored), { until: UNTIL });

    await rollUp(lease, { ...SETTINGS, timeZone: 'UTC' });

    const at = (hour: number) => NINE + hour * HOUR_MS;
    const { days, hours } = await counts(lease);
    expect(days).toEqual([
      ['admin_resets', MONDAY, 1],
      ['admins', MONDAY, 3],
      ['blocked', MONDAY, 1],
      ['country:Norway', MONDAY, 2],
      ['country:Peru', MONDAY, 1],
      ['options_only', MONDAY, 1],
      ['people_beyond_addresses', MONDAY, 2],
      ['stop:insufficient_methods', MONDAY, 1],
    ]);
    expect(hours).toEqual([
      ['admin_resets', at(5), 1],
      ['admins', at(0), 1],
      ['admins', at(1), 1],
      ['admins', at(3), 1],
      ['blocked', at(0), 1],
      ['country:Norway', at(0), 1],
      ['country:Norway', at(3), 1],
      ['country:Peru', at(1), 1],
      ['options_only', at(2), 1],
      ['people_beyond_addresses', at(1), 1],
      ['stop:insufficient_methods', at(4), 1],
    ]);
  });

  test('keeps the country and the admin flag that were known when the flow was worked out', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    const { person } = store.t;
    await know(lease, [{ id: 'ada', country: 'Norway', admin: true }]);
    await put(lease, [stored(step(REASONS.startedSms))], { until: UNTIL });
    await rollUp(lease, { ...SETTINGS, timeZone: 'UTC' });
    const before = await derived(lease);
    expect(before.failedVerification).toMatchObject([{ country: 'Norway', admin: true }]);

    await store.tx(async (db) => {
      await db
        .update(person)
        .set({ country: 'Peru', stateId: null })
        .where(and(eq(person.tenantId, tenantId), eq(person.objectId, 'ada')));
    });
    await put(lease, [stored(step(REASONS.startedSms, 300, { correlationId: 'flow-2' }))]);
    await rollUp(lease, { ...SETTINGS, timeZone: 'UTC' });

    const { failedVerification } = await derived(lease);
    expect(failedVerification).toContainEqual(before.failedVerification?.[0]);
  });

  test('a flow has the first address that its records tell', async () => {
    const lease = await tenantOn(await emptyStore());
    const records = [
      step(REASONS.identified, 0, { address: null }),
      step(REASONS.options, 1, { address: '' }),
      step(REASONS.startedSms, 2, { address: '198.51.100.7' }),
      step(REASONS.startedEmail, 3),
      step(REASONS.identified, 4, { correlationId: 'flow-2', address: null }),
    ];
    await put(lease, records.map(stored), { until: UNTIL });

    await rollUp(lease, { ...SETTINGS, timeZone: 'UTC' });

    const { flow } = await derived(lease);
    expect(flow).toMatchObject([
      { id: 'flow-1', address: '198.51.100.7' },
      { id: 'flow-2', address: null },
    ]);
  });

  test('an hour belongs to the day on which it begins, also when a late record moves a flow out of it', async () => {
    const store = await emptyStore();
    const [lease, clean] = [await tenantOn(store), await tenantOn(store, { id: 2 })];
    // Midnight in Kathmandu is at 18:15 UTC.
    const midnight = NINE + 9.25 * HOUR_MS;
    const options = (at: number, id: string) =>
      stored(aRecord({ id, reason: REASONS.options, occurredAt: at }));
    const [late, first] = [
      options(midnight - 2 * HOUR_MS, 'a'),
      options(midnight + MINUTE_MS, 'b'),
    ];
    const settings = { ...SETTINGS, timeZone: KATHMANDU };
    const reset = { occurredAt: midnight + 5 * MINUTE_MS };
    const operator = stored(anAdminReset(0, reset));
    await put(lease, [first, operator], { until: UNTIL, timeZone: KATHMANDU });
    await rollUp(lease, settings);

    const before = await counts(lease);
    expect(before.days).toEqual([
      ['admin_resets', '2026-03-03', 1],
      ['options_only', '2026-03-03', 1],
    ]);
    const rows = (await derived(lease)).watchedCount as { bucket: string; day: Day }[];
    const hours = rows.filter(({ bucket }) => bucket === 'hour');
    expect(hours.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-02']);

    const corrected = stored(anAdminReset(0, { ...reset, initiatorId: null, initiatorName: null }));
    await put(lease, [late, corrected], { timeZone: KATHMANDU });
    await rollUp(lease, settings);
    await put(clean, [late, first, corrected], { until: UNTIL, timeZone: KATHMANDU });
    await rollUp(clean, settings);

    expect(await counts(lease)).toEqual(await counts(clean));
    expect((await counts(lease)).days).toEqual([['options_only', '2026-03-02', 1]]);
  });

  test('of every series that is a sum there are as many by the hour as by the day', async () => {
    const store = await emptyStore();
    let id = 0;
    const property = fc.asyncProperty(someDays, async (records) => {
      const lease = await tenantOn(store, { id: ++id, timeZone: KATHMANDU });
      await know(lease, [{ id: 'ada', country: 'Norway', admin: true }]);
      await put(lease, records, { until: UNTIL, timeZone: KATHMANDU });
      await rollUp(lease, { ...SETTINGS, timeZone: KATHMANDU });

      const { days, hours } = await counts(lease);
      const total = (rows: typeof days) => {
        const sums = new Map<SeriesName, number>();
        for (const [name, , count] of rows) {
          const series = name as SeriesName;
          // Distinct people of a day are not the sum of those of its hours.
          if (isTotal(series)) continue;
          sums.set(series, (sums.get(series) ?? 0) + Number(count));
        }
        return sums;
      };
      expect(total(hours)).toEqual(total(days));
    });
    await fc.assert(property, { numRuns: engine === 'SQLite' ? 20 : 5 });
  });

  test('a database from before it was counted is worked out again', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    const { watchedCount, flow, failedVerification, rollupState } = store.t;
    await know(lease, [{ id: 'ada', country: 'Norway', admin: true }]);
    const [records = []] = fc.sample(someDays, { numRuns: 1, seed: 3 });
    await put(lease, records, { until: UNTIL });
    const settings = { ...SETTINGS, timeZone: 'UTC' };
    await rollUp(lease, settings);
    const expected = await derived(lease);
    await store.tx(async (db) => {
      const { timeZone, incidentGapHours } = settings;
      const madeWith = JSON.stringify({ definitions: 2, timeZone, incidentGapHours });
      const own = eq(rollupState.tenantId, tenantId);
      await db.delete(watchedCount).where(eq(watchedCount.tenantId, tenantId));
      await db.update(flow).set({ address: null }).where(eq(flow.tenantId, tenantId));
      await db
        .update(failedVerification)
        .set({ country: null, admin: null })
        .where(eq(failedVerification.tenantId, tenantId));
      await db.update(rollupState).set({ madeWith }).where(own);
    });

    await rollUp(lease, settings);

    expect(await derived(lease)).toEqual(expected);
    expect(expected.watchedCount?.length).toBeGreaterThan(0);
  });
});
