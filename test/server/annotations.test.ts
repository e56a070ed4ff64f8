import { describe, expect, test } from 'vitest';
import { pinTenant } from '../../db/store/tenant.ts';
import { Annotation, AnnotationsResponse } from '../../server/contract/annotations.ts';
import { serve, type TestServer } from '../build/server.ts';

const TENANT = {
  id: 'contoso',
  origin: 'https://graph.example',
  name: 'Contoso',
  timeZone: 'Europe/Vienna',
  sample: false,
};
const NOTE = { kind: 'note', day: '2025-03-10', text: 'SMS provider changed', author: 'Ada' };

async function serveTenant() {
  const told: string[] = [];
  const server = await serve({ settingsChanged: () => told.push('settings') });
  await pinTenant(server.store, TENANT, server.clock.now);
  return { ...server, told };
}

const post = ({ askSignedIn }: TestServer, json: unknown) =>
  askSignedIn('/api/v1/annotations', { method: 'POST', json });

const remove = ({ askSignedIn }: TestServer, id: string) =>
  askSignedIn(`/api/v1/annotations/${id}`, { method: 'DELETE' });

async function annotationsOf({ askSignedIn }: TestServer, first: string, last: string) {
  const { body } = await askSignedIn(`/api/v1/annotations?first=${first}&last=${last}`);
  return AnnotationsResponse.parse(body).annotations;
}

describe('annotations over HTTP', () => {
  test('are written, listed beside the automatic ones, and removed', async () => {
    const server = await serveTenant();

    const written = await post(server, { ...NOTE, lastDay: '2025-03-12' });
    const listed = await annotationsOf(server, '2025-03-12', '2025-03-31');
    const annotation = Annotation.parse(written.body);
    const removed = await remove(server, annotation.id);

    expect(written.status).toBe(200);
    expect(annotation).toEqual({
      ...NOTE,
      id: expect.stringMatching(/^\d+$/),
      lastDay: '2025-03-12',
      source: null,
      createdAt: '2026-03-10T12:00:00.000Z',
    });
    expect(listed).toEqual([annotation]);
    expect([removed.status, removed.body]).toEqual([200, annotation]);
    expect(await annotationsOf(server, '2025-03-12', '2025-03-31')).toEqual([]);
    expect((await annotationsOf(server, '2027-02-01', '2027-02-01'))[0]).toMatchObject({
      ...{ id: 'microsoft:sms_voice_end', kind: 'microsoft', author: null, createdAt: null },
    });
  });

  test('of campaigns are told to the jobs, which make the forecast; notes are not', async () => {
    const server = await serveTenant();

    await post(server, NOTE);
    const before = [...server.told];
    const campaign = await post(server, { ...NOTE, kind: 'campaign' });
    await remove(server, Annotation.parse(campaign.body).id);

    expect(before).toEqual([]);
    expect(server.told).toEqual(['settings', 'settings']);
  });

  test.each([
    ['an automatic kind', { ...NOTE, kind: 'policy' }, /kind/],
    ['an end before its beginning', { ...NOTE, lastDay: '2025-03-09' }, /lastDay: must not come/],
    ['no author', { ...NOTE, author: ' ' }, /author: must say who/],
    ['no text', { ...NOTE, text: '' }, /text: must not be empty/],
    ['a day that is none', { ...NOTE, day: '2025-02-30' }, /day: must be a calendar day/],
    ['a zero byte', { ...NOTE, text: 'a\0b' }, /zero byte/],
    ['a field nobody knows', { ...NOTE, colour: 'red' }, /unknown field: colour/],
  ])('with %s are refused', async (_, json, message) => {
    const { status, body } = await post(await serveTenant(), json);

    expect([status, body]).toMatchObject([
      400,
      { error: { code: 'invalid', message: expect.stringMatching(message) } },
    ]);
  });

  test('that do not exist cannot be removed, nor ones that nobody wrote', async () => {
    const server = await serveTenant();

    expect(await remove(server, '77')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
    expect(await remove(server, 'microsoft:sms_voice_end')).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('written by hand') } },
    });
  });

  test('cannot be written before a tenant is known to hold them', async () => {
    expect(await post(await serve(), NOTE)).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict' } },
    });
  });

  test('need sign-in, keep out of caches, and are logged without their text and author', async () => {
    const server = await serveTenant();

    const unknown = await server.ask('/api/v1/annotations?first=2025-03-01&last=2025-03-02');
    await post(server, NOTE);
    const listed = await server.askSignedIn('/api/v1/annotations?first=2025-03-01&last=2025-03-31');

    expect(unknown.status).toBe(401);
    expect(listed.headers['cache-control']).toBe('no-store');
    expect(server.logged.join('\n')).toContain('note written');
    expect(server.logged.join('\n')).not.toMatch(/Ada|provider/);
  });
});
