import { describe, expect, test } from 'vitest';
import { forecastCoverage } from '../../db/rollups/coverage-forecast.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { StateDictionary } from '../../db/store/registration-states.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import { PeopleResponse } from '../../server/contract/people.ts';
import { ControlsResponse, ForecastResponse } from '../../server/contract/registration.ts';
import { growingDays, publishDays } from '../build/published-days.ts';
import { registrationDays } from '../build/registration-days.ts';
import { serve } from '../build/server.ts';
import { tenantOn } from '../build/tenants.ts';

const CAPABLE = {
  ...{ admin: false, enabled: true, registered: true, capable: true, mfaCapable: true },
  ...{ methods: ['email', 'mobilePhone'], userType: 'member' },
};

async function serveDays(days: number) {
  const server = await serve();
  const lease = await tenantOn(server.store);
  await publishDays(lease, growingDays(days));
  const set = (settings: Record<string, string>) =>
    server.askSignedIn('/api/v1/settings', { method: 'PUT', json: { settings } });
  const get = async (path: string) => (await server.askSignedIn(`/api/v1${path}`)).body;
  return { ...server, lease, set, get };
}

describe('GET /registration/forecast', () => {
  test('answers the stored forecast, and follows the target of the settings', async () => {
    const { lease, set, get } = await serveDays(40);
    const asked = async () => ForecastResponse.parse(await get('/registration/forecast'));

    const before = await asked();
    await forecastCoverage(lease, { now: 1000 });
    const made = await asked();
    await set({ target_coverage: '60', target_day: '2026-12-31' });
    const withTarget = await asked();

    expect(before).toEqual({
      target: null,
      forecast: null,
      reason: 'No forecast has been made yet.',
    });
    expect(made.forecast).toMatchObject({ day: '2026-04-09', arrival: null });
    expect(withTarget.target).toEqual({ percent: 60, day: '2026-12-31' });
    expect(withTarget.forecast?.arrival?.onTime?.whole).toBeGreaterThan(0);
    expect(withTarget.forecast?.days).toEqual(made.forecast?.days);
  });
});

describe('GET /controls', () => {
  test('answers three expectations, and follows what is typed into the settings', async () => {
    const { lease, set, get } = await serveDays(1);
    const { store, tenantId } = lease;
    const dictionary = await StateDictionary.load(store, tenantId);
    await store.tx(async (db) => {
      const [stateId = 0] = await dictionary.ids(db, [CAPABLE]);
      const row = { tenantId, snapshotId: 1, stateId, people: 70 };
      await db.insert(store.t.registrationStateCount).values(row);
    });
    const states = async () => {
      const { controls } = ControlsResponse.parse(await get('/controls'));
      return controls.flatMap(({ expectations }) => expectations.map(({ state }) => state));
    };

    const before = await states();
    await set({ required_methods: '2' });

    expect(before).toEqual(['pass', 'cannot_be_seen', 'pass']);
    expect(await states()).toEqual(['pass', 'pass', 'pass']);
  });

  test('names filters that list as many people as fail', async () => {
    const server = await serve();
    const lease = await tenantOn(server.store);
    const [copy] = registrationDays(11, 1);
    if (!copy) throw new Error('One day was asked for');
    const rows = [...copy.people.values()].map(({ row }) => row);
    const ingest = await SnapshotIngest.begin(lease, { takenAt: 1000, day: copy.day });
    await ingest.page(rows);
    await ingest.leavers();
    await publishSnapshot(lease, { id: ingest.id, people: rows.length, rejected: 0, totals: [] });

    const get = async (path: string) => (await server.askSignedIn(`/api/v1${path}`)).body;
    const listed = async (filters: Record<string, string>) =>
      PeopleResponse.parse(await get(`/people?${new URLSearchParams(filters)}`)).total;
    const { controls } = ControlsResponse.parse(await get('/controls'));
    const [enabled, two, registered] = controls[0]?.expectations ?? [];

    for (const { people, filters } of [enabled, registered].flatMap((one) => one ?? [])) {
      const missing = (people?.whole ?? 0) - (people?.part ?? 0);
      expect(missing).toBeGreaterThan(0);
      expect(await listed(filters ?? {})).toBe(missing);
    }
    const hit = await listed(two?.filters ?? {});
    expect(hit).toBeGreaterThan(0);
    expect(two?.advice).toContain(`With two required, ${hit} people`);
  });
});
