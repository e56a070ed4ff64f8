import { describe, expect, test } from 'vitest';
import { pinTenant } from '../../db/store/tenant.ts';
import { DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import type { AssumptionsResponse, DeflectionResponse } from '../../server/contract/deflection.ts';
import { storeServedMonths } from '../build/served-months.ts';
import { serve, type TestServer } from '../build/server.ts';
import { setWith } from '../domain/deflection/report-inputs.ts';

const MARCH = 'first=2026-03-01&last=2026-03-31';
const TENANT = {
  ...{ id: 'contoso', origin: 'https://graph.example', name: 'Contoso' },
  ...{ timeZone: 'UTC', sample: false },
};

async function served(): Promise<TestServer> {
  const server = await serve();
  const { store } = server;
  await pinTenant(store, TENANT, server.clock.now);
  await storeServedMonths(
    { store, tenantId: 1, tx: (work) => store.tx(work) },
    {
      months: [{ month: '2026-03', reset: 20, unlock: 4, fellBack: 2, adminResets: 7 }],
      until: Date.parse('2026-04-01T00:00:00Z') - 1,
    },
  );
  return server;
}

const deflection = async ({ askSignedIn }: TestServer) =>
  (await askSignedIn(`/api/v1/deflection?${MARCH}`)).body as DeflectionResponse;

const assumptions = async ({ askSignedIn }: TestServer) =>
  (await askSignedIn('/api/v1/assumptions')).body as AssumptionsResponse;

const put = ({ askSignedIn }: TestServer, json: unknown) =>
  askSignedIn('/api/v1/assumptions', { method: 'PUT', json });

const OWN_COST = setWith({
  ...{ currency: 'EUR', desk: { basis: 'own', hourlyRate: 30 } },
  handleMinutes: { low: 10, likely: 10, high: 10 },
});

describe('tickets avoided, over HTTP', () => {
  test('come with the assumptions, the days and the currency that they follow from', async () => {
    const server = await served();

    const { status, headers, text } = await server.askSignedIn(`/api/v1/deflection?${MARCH}`);
    const figures = await deflection(server);

    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(text).not.toMatch(/NaN|Infinity/);
    expect(figures).toMatchObject({
      ...{ served: { reset: 620, unlock: 124 }, evidence: 'logs', daysCollected: 31 },
      ...{ hybrid: null, timeZone: 'UTC', asOf: '2026-03-31T23:59:59.999Z' },
      assumptions: { version: 0, madeAt: null, author: null, set: DEFAULT_SET },
      saving: { currency: 'USD', defaultCost: true },
      counts: { selfServed: 744, fellBack: 62, adminResets: 217 },
    });
    expect((await server.askSignedIn(`/api/v1/deflection?${MARCH}`)).text).toBe(text);
  });

  test('follow a change of the assumptions at once, the trend too', async () => {
    const server = await served();
    const trend = async () =>
      (await server.askSignedIn(`/api/v1/deflection/trend?${MARCH}`)).body as object;
    const before = await trend();

    expect((await put(server, { author: 'finance', set: OWN_COST })).status).toBe(200);

    const { avoided, saving, assumptions: own } = await deflection(server);
    expect(own).toMatchObject({ version: 1, author: 'finance', note: null });
    expect(saving).toMatchObject({
      ...{ currency: 'EUR', defaultCost: false },
      desk: {
        ...{ low: (avoided?.low ?? 0) * 5, likely: (avoided?.likely ?? 0) * 5 },
        high: (avoided?.high ?? 0) * 5,
      },
    });
    expect(before).toMatchObject({ currency: 'USD' });
    expect(await trend()).toMatchObject({
      ...{ currency: 'EUR', months: [{ month: '2026-03', desk: saving?.desk, avoided }] },
    });
  });

  test.each([
    ['/deflection', /first: is required/],
    ['/deflection?first=2026-03-02&last=2026-03-01', /last: must not come before first/],
    [`/deflection?${MARCH}&bucket=day`, /unknown parameter: bucket/],
    ['/deflection/trend?first=2026-02-30&last=2026-03-01', /first: /],
    [`/assumptions?version=1`, /unknown parameter: version/],
  ])('refuse %s, naming the parameter', async (path, message) => {
    const { status, body } = await (await serve()).askSignedIn(`/api/v1${path}`);

    expect([status, body]).toMatchObject([
      400,
      { error: { code: 'invalid', message: expect.stringMatching(message) } },
    ]);
  });
});

describe('assumptions, over HTTP', () => {
  test('come with meanings, sources and published costs', async () => {
    const told = await assumptions(await served());

    expect(told.current).toMatchObject({ version: 0, set: DEFAULT_SET });
    expect(told.versions).toEqual([
      { version: 0, madeAt: null, author: null, note: null, changes: [] },
    ]);
    expect(told.presets.map(({ name }) => name)).toContain('HDI');
    expect(told.meanings.length).toBeGreaterThan(10);
  });

  test('are versions, newest first, with what each changed in words', async () => {
    const server = await served();

    await put(server, { author: ' finance ', note: 'our own', set: OWN_COST });
    const { status, body } = await put(server, {
      ...{ author: 'cio', set: setWith({ ...OWN_COST.money, usableShare: 0.25 }) },
    });

    expect(status).toBe(200);
    expect(body).toEqual(await assumptions(server));
    expect((body as AssumptionsResponse).versions).toMatchObject([
      { version: 2, author: 'cio', note: null, changes: ['Usable share of time: 0.5 → 0.25'] },
      {
        ...{ version: 1, author: 'finance', note: 'our own', madeAt: '2026-03-10T12:00:00.000Z' },
        changes: [
          'Currency: USD → EUR',
          'Cost of a ticket: HDI: median desk cost of a ticket → own handle minutes at 30 an hour',
          'Handle minutes: 5 / 10 / 20 → 10 / 10 / 10',
        ],
      },
      { version: 0, changes: [] },
    ]);
  });

  const { deflection: shares, money } = DEFAULT_SET;
  const withReset = (induced: object) => ({
    ...DEFAULT_SET,
    deflection: { ...shares, reset: { ...shares.reset, induced } },
  });
  test.each<[string, unknown, RegExp]>([
    ['nobody', { author: ' ', set: OWN_COST }, /author: must say who/],
    ['no set', { author: 'x' }, /set: is required/],
    ['more than it knows', { author: 'x', set: { ...OWN_COST, tax: 1 } }, /unknown field: tax/],
    [
      'bounds in the wrong order',
      { author: 'x', set: withReset({ low: 0.5, likely: 0.2, high: 0.9 }) },
      /set\.deflection\.reset\.induced: low, likely and high must be in that order/,
    ],
    [
      'a share above 1',
      { author: 'x', set: withReset({ low: 0.1, likely: 0.2, high: 1.2 }) },
      /set\.deflection\.reset\.induced\.high: /,
    ],
    [
      'a share of which nothing is known',
      { author: 'x', set: withReset({ low: 0, likely: 0.5, high: 1 }) },
      /set\.deflection\.reset\.induced: .*too wide to tell anything/,
    ],
    [
      'euros for dollars',
      { author: 'x', set: { ...DEFAULT_SET, money: { ...money, currency: 'EUR' } } },
      /set\.money\.currency: must be USD with the preset HDI/,
    ],
    [
      'a currency in words',
      { author: 'x', set: { ...DEFAULT_SET, money: { ...money, currency: 'euro' } } },
      /set\.money\.currency: must be three capital letters/,
    ],
    [
      'a preset that is not there',
      { author: 'x', set: setWith({ desk: { basis: 'preset', preset: 'Gartner' } }) },
      /set\.money\.desk\.preset: must be one of HDI, /,
    ],
    [
      'a rate below nothing',
      { author: 'x', set: setWith({ desk: { basis: 'own', hourlyRate: -1 } }) },
      /set\.money\.desk\.hourlyRate: /,
    ],
    [
      'a day that does not exist',
      { author: 'x', set: { ...DEFAULT_SET, selfServiceSince: '2026-02-30' } },
      /set\.selfServiceSince: must be a calendar day/,
    ],
    [
      'several things, all at once',
      {
        author: 'x',
        set: {
          ...DEFAULT_SET,
          selfServiceSince: '2026-02-30',
          money: { ...money, currency: 'EUR' },
        },
      },
      /selfServiceSince: .*; set\.money\.currency: /,
    ],
    ['a note too long', { author: 'x', note: 'n'.repeat(2001), set: OWN_COST }, /note: /],
  ])('by %s are refused, and nothing changes', async (_, json, message) => {
    const server = await served();
    const before = await assumptions(server);

    const { status, body } = await put(server, json);

    expect([status, body]).toMatchObject([
      400,
      { error: { code: 'invalid', message: expect.stringMatching(message) } },
    ]);
    expect(await assumptions(server)).toEqual(before);
  });

  test('that hold already are not made again', async () => {
    const server = await served();

    const { status, body } = await put(server, { author: 'x', set: DEFAULT_SET });

    expect([status, body]).toMatchObject([
      409,
      { error: { code: 'conflict', message: expect.stringContaining('version 0, which holds') } },
    ]);
    expect((await assumptions(server)).versions).toHaveLength(1);
  });

  test('cannot be changed before a tenant is known to hold them', async () => {
    const { status, body } = await put(await serve(), { author: 'x', set: OWN_COST });

    expect([status, body]).toMatchObject([409, { error: { code: 'conflict' } }]);
  });
});
