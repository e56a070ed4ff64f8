import { describe, expect, test } from 'vitest';
import { pinTenant } from '../../db/store/tenant.ts';
import type { SettingsResponse } from '../../server/contract/settings.ts';
import { serve, type TestServer } from '../build/server.ts';

const TENANT = {
  id: 'contoso',
  origin: 'https://graph.example',
  name: 'Contoso',
  timeZone: 'Europe/Vienna',
  sample: false,
};

async function serveTenant() {
  const told: string[] = [];
  const server = await serve({ settingsChanged: () => told.push('settings') });
  await pinTenant(server.store, TENANT, server.clock.now);
  return { ...server, told };
}

async function valuesOf({ askSignedIn }: TestServer): Promise<Record<string, string>> {
  const { settings } = (await askSignedIn('/api/v1/settings')).body as SettingsResponse;
  return Object.fromEntries(settings.map(({ name, value }) => [name, value]));
}

const put = ({ askSignedIn }: TestServer, settings: Record<string, string>) =>
  askSignedIn('/api/v1/settings', { method: 'PUT', json: { settings } });

describe('settings', () => {
  test('have their defaults, the time zone that of the environment', async () => {
    const values = await valuesOf(await serve());

    expect(values).toMatchObject({ time_zone: 'Europe/Vienna', required_methods: '1' });
  });

  test('are changed together, answered as they are now, and told to the jobs', async () => {
    const server = await serveTenant();

    const { status, body } = await put(server, { required_methods: '2', incident_gap_hours: '48' });

    expect(status).toBe(200);
    expect((body as SettingsResponse).settings).toContainEqual(
      expect.objectContaining({ name: 'required_methods', value: '2', default: '1' }),
    );
    expect(await valuesOf(server)).toMatchObject({
      required_methods: '2',
      incident_gap_hours: '48',
    });
    expect(server.told).toEqual(['settings']);
  });

  test('say where their value comes from, and may be empty: not set', async () => {
    const { askSignedIn } = await serveTenant();

    const { settings } = (await askSignedIn('/api/v1/settings')).body as SettingsResponse;

    const of = (name: string) => settings.find((setting) => setting.name === name);
    expect(of('sms_voice_end')).toMatchObject({
      default: '2027-02-01',
      source: expect.stringMatching(/Microsoft Learn.*2026-09-23: https:\/\/learn\.microsoft\.com/),
    });
    expect(of('required_methods')?.source).toMatch(/^Typed in/);
    expect(of('time_zone')).not.toHaveProperty('source');
    expect(of('target_coverage')).toMatchObject({ value: '', default: '', min: 1, max: 100 });
    expect(of('target_day')).toMatchObject({ kind: 'date', value: '', default: '' });
  });

  test('get their default back by an empty text', async () => {
    const server = await serveTenant();
    await put(server, { required_methods: '2' });

    await put(server, { required_methods: '' });

    expect(await valuesOf(server)).toMatchObject({ required_methods: '1' });
  });

  test('are refused with every complaint, and none of them changes', async () => {
    const server = await serveTenant();

    const { status, body } = await put(server, {
      required_methods: '2',
      incident_gap_hours: '100',
      sms_voice_end: '2026-02-30',
      shoe_size: '44',
    });

    expect(status).toBe(400);
    const { message } = (body as { error: { message: string } }).error;
    expect(message).toMatch(/4 to 72/);
    expect(message).toMatch(/SMS and voice end on: must be a calendar day/);
    expect(message).toMatch(/no setting shoe_size/);
    expect(await valuesOf(server)).toMatchObject({ required_methods: '1' });
    expect(server.told).toEqual([]);
  });

  test('cannot be changed before a tenant is known to hold them', async () => {
    const { status, body } = await put(await serve(), { required_methods: '2' });

    expect([status, body]).toMatchObject([409, { error: { code: 'conflict' } }]);
  });
});

test('the sample tenant is called so before anything is collected', async () => {
  const sample = await serve({ sample: true });
  const real = await serveTenant();
  const tenantOf = async ({ askSignedIn }: TestServer) =>
    (await askSignedIn('/api/v1/collection')).body;

  expect(await tenantOf(sample)).toMatchObject({ tenant: { name: null, sample: true } });
  expect(await tenantOf(real)).toMatchObject({ tenant: { name: 'Contoso', sample: false } });
});
