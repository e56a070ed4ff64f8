import { describe, expect, test } from 'vitest';
import { openSecrets } from '../../db/store/channel-secrets.ts';
import { pinTenant } from '../../db/store/tenant.ts';
import { dayCutter } from '../../domain/day.ts';
import { deliverDue } from '../../jobs/out/deliver.ts';
import { sendersBy } from '../../jobs/out/senders.ts';
import {
  ChannelMade,
  ChannelsResponse,
  DeliveriesResponse,
  Delivery,
} from '../../server/contract/channels.ts';
import { TEST_KEY, testSecretsKey } from '../build/outbox.ts';
import { receiverRules, webReceiver } from '../build/receivers.ts';
import { serve, type TestServer, testOut } from '../build/server.ts';

const TENANT = {
  id: 'contoso',
  origin: 'https://graph.example',
  name: 'Contoso',
  timeZone: 'Europe/Vienna',
  sample: false,
};
const HOOK = {
  kind: 'webhook',
  name: 'SIEM',
  url: 'https://hooks.example.org:8443/s3cr3t/path?sig=s3cr3t#s3cr3t',
};
const MAIL = { kind: 'mail', name: 'Desk', to: ['desk@example.org'] };

async function serveTenant(out = testOut()): Promise<TestServer> {
  const server = await serve({ out, sample: false });
  await pinTenant(server.store, TENANT, server.clock.now);
  return server;
}

const ask = ({ askSignedIn }: TestServer, method: string, path: string, json?: unknown) =>
  askSignedIn(`/api/v1${path}`, { method, json });

const added = async (server: TestServer, json: unknown) =>
  ChannelMade.parse((await ask(server, 'POST', '/channels', json)).body);

const listed = async (server: TestServer) =>
  ChannelsResponse.parse((await ask(server, 'GET', '/channels')).body);

/** Sends what is due with the product's own senders, to nowhere but this machine. */
async function send({ store, clock }: TestServer) {
  return deliverDue({
    store,
    tenantId: 1,
    senders: sendersBy(await receiverRules()),
    secretsKey: testSecretsKey,
    clock: () => clock.now,
    random: () => 0,
    cutter: dayCutter('UTC'),
    publicUrl: null,
    acknowledged: new Map(),
    signal: new AbortController().signal,
    onBug: (error) => {
      throw error;
    },
  });
}

describe('channels over HTTP', () => {
  test('are added with what holds where nothing is said, and tell the key of a webhook once', async () => {
    const server = await serveTenant();

    const { channel, signingKey } = await added(server, HOOK);

    expect(signingKey).toBe(`whsec_${Buffer.alloc(32, 'test').toString('base64')}`);
    expect(channel).toMatchObject({
      id: '1',
      kind: 'webhook',
      on: true,
      level: 'alert',
      rules: null,
      names: false,
      quiet: null,
      to: null,
      target: 'hooks.example.org:8443',
      problem: null,
      lastSentAt: null,
    });
    const all = await ask(server, 'GET', '/channels');
    expect(all.headers['cache-control']).toBe('no-store');
    expect(all.text).not.toMatch(/whsec|s3cr3t/);
    const again = await ask(server, 'PUT', '/channels/1', { ...HOOK, name: 'Other' });
    expect(ChannelMade.parse(again.body)).toMatchObject({
      signingKey: null,
      channel: { name: 'Other' },
    });
  });

  test('keep their secret address where a change leaves it out', async () => {
    const server = await serveTenant();
    await added(server, HOOK);
    const { url, ...rest } = HOOK;

    await ask(server, 'PUT', '/channels/1', { ...rest, level: 'critical', on: false });

    const [row] = await server.store.read.select().from(server.store.t.channel);
    expect(row).toMatchObject({ on: false, body: { level: 'critical' } });
    const secrets = row && openSecrets(row.secrets, { tenantId: 1, channelId: 1 }, TEST_KEY);
    expect(secrets).toEqual({ url, key: Buffer.alloc(32, 'test').toString('base64') });
  });

  test('of every kind say where they lead to, and no more', async () => {
    const server = await serveTenant();
    const syslog = { kind: 'syslog', name: 'Log', host: 'Log.example.org', transport: 'tls' };

    expect((await added(server, MAIL)).channel).toMatchObject({
      to: ['desk@example.org'],
      target: null,
    });
    expect((await added(server, syslog)).channel).toMatchObject({
      target: 'Log.example.org:6514',
      transport: 'tls',
    });
    expect((await added(server, { ...HOOK, kind: 'teams' })).signingKey).toBeNull();
    expect((await listed(server)).channels.map(({ kind }) => kind)).toEqual([
      'mail',
      'syslog',
      'teams',
    ]);
  });

  test('say what is in the way: no mail server, a host that is not listed any more', async () => {
    let listedHosts = true;
    const hostComplaint = () => (listedHosts ? null : 'Not listed.');
    const server = await serveTenant(
      testOut({ mail: false, hostComplaint, publicUrl: 'https://page.example' }),
    );
    const { channel } = await added(server, MAIL);
    expect(channel.problem).toBe(
      'No mail server is set up: set SMTP_URL and MAIL_FROM, and start again.',
    );
    await added(server, {
      kind: 'syslog',
      name: 'Log',
      host: '10.0.0.1',
      port: 514,
      transport: 'tcp',
    });
    listedHosts = false;

    const answer = await listed(server);
    expect(answer).toMatchObject({ mail: false, publicUrl: 'https://page.example' });
    expect(answer.channels.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('SMTP_URL'),
      'Not listed.',
    ]);
  });

  test.each([
    [{ ...HOOK, url: undefined }, 'url: is required'],
    [
      { ...HOOK, url: 'http://hooks.example.org/s3cr3t' },
      'url: must be an address that begins with https://',
    ],
    [
      { ...HOOK, url: 'https://me:s3cr3t@hooks.example.org/' },
      'url: must not hold a user name or password',
    ],
    [
      { ...HOOK, url: 'https://127.0.0.1/s3cr3t' },
      'url: The address of the receiver is not a public one',
    ],
    [
      { ...HOOK, url: 'https://2130706433/s3cr3t' },
      'url: The address of the receiver is not a public one',
    ],
    [{ ...HOOK, kind: 'teams', url: 'https://[::ffff:10.0.0.1]/s3cr3t' }, 'not a public one'],
    [{ ...HOOK, to: ['a@example.org'] }, 'to: is not for a channel of kind webhook'],
    [{ ...MAIL, to: undefined }, 'to: is required'],
    [{ ...MAIL, to: ['a@example.org\r\nBcc: b@example.org'] }, 'to.0'],
    [{ ...MAIL, url: HOOK.url }, 'url: is not for a channel of kind mail'],
    [{ ...MAIL, quiet: { from: 0, until: 24 } }, 'quiet: must leave an hour'],
    [{ ...MAIL, quiet: { from: 7, until: 7 } }, 'quiet: must leave an hour'],
    [{ ...MAIL, quiet: { from: 7, until: 9, days: 'all' } }, 'unknown field: days'],
    [{ ...MAIL, quiet: { from: 7, until: 25 } }, 'quiet.until: must be a whole hour'],
    [{ ...MAIL, rules: [] }, 'rules: must name a rule, or be null for every rule'],
    [{ ...MAIL, to: [] }, 'to: must name somebody'],
    [{ ...MAIL, to: ['nobody'] }, 'to.0: must be an e-mail address'],
    [{ ...MAIL, level: 'loud' }, 'level: must be one of'],
    [{ ...MAIL, rules: ['no_such_rule'] }, 'rules.0: must be one of'],
    [{ ...MAIL, name: ' ' }, 'name: must not be empty'],
    [{ ...MAIL, key: 's3cr3t' }, 'unknown field: key'],
    [{ kind: 'syslog', name: 'x' }, 'host: is required'],
    [{ kind: 'syslog', name: 'x', host: 'a b' }, 'host: It is neither'],
    [{ kind: 'syslog', name: 'x', host: 'siem', transport: 'tcp' }, 'host: Syslog over plain TCP'],
    [
      { kind: 'syslog', name: 'x', host: '169.254.169.254' },
      'reserved addresses are never allowed',
    ],
  ])('are refused with a sentence that repeats no secret: %j', async (json, complaint) => {
    const server = await serveTenant();

    const { status, text } = await ask(server, 'POST', '/channels', json);

    expect([status, text]).toEqual([400, expect.stringContaining(complaint)]);
    expect(text + server.logged.join()).not.toContain('s3cr3t');
    expect((await listed(server)).channels).toEqual([]);
  });

  test('cannot change their kind, and unknown ones are not there', async () => {
    const server = await serveTenant();
    await added(server, HOOK);

    expect((await ask(server, 'PUT', '/channels/1', MAIL)).status).toBe(400);
    expect((await ask(server, 'PUT', '/channels/2', MAIL)).status).toBe(404);
    expect((await ask(server, 'DELETE', '/channels/2')).status).toBe(404);
    expect((await ask(server, 'POST', '/channels/2/test')).status).toBe(404);
    expect((await ask(server, 'POST', '/channels/x/test')).status).toBe(400);
    const retried = await ask(server, 'POST', '/deliveries/x/retry');
    expect([retried.status, retried.text]).toEqual([
      400,
      expect.stringContaining('id: must be the id of a delivery'),
    ]);
    expect(
      (
        await ask(
          server,
          'POST',
          `/deliveries/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}/retry`,
        )
      ).status,
    ).toBe(404);
  });

  test('wait for the first collection', async () => {
    const server = await serve();

    expect((await ask(server, 'POST', '/channels', MAIL)).status).toBe(409);
    expect((await listed(server)).channels).toEqual([]);
  });

  test('are at most fifty', async () => {
    const server = await serveTenant();
    for (let i = 0; i < 50; i++) await added(server, MAIL);

    expect((await ask(server, 'POST', '/channels', MAIL)).status).toBe(409);
  });

  test('need signing in, and changes from the page itself', async () => {
    const { ask: anonymous, askSignedIn } = await serveTenant();

    expect((await anonymous('/api/v1/channels')).status).toBe(401);
    expect((await anonymous('/api/v1/deliveries')).status).toBe(401);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await askSignedIn('/api/v1/channels/1/test', { method: 'POST', headers })).status).toBe(
      403,
    );
  });
});

describe('a test of a channel', () => {
  test('goes through the outbox, arrives, and tells how it went', async () => {
    const server = await serveTenant(testOut({ hostComplaint: () => null }));
    const receiver = await webReceiver();
    await added(server, { ...HOOK, url: receiver.url, on: false });

    const waiting = Delivery.parse((await ask(server, 'POST', '/channels/1/test')).body);
    expect(waiting).toMatchObject({
      state: 'waiting',
      kind: 'test',
      alertId: null,
      channel: 'SIEM',
    });
    expect(await send(server)).toEqual({ sent: 1, failed: 0, dead: 0 });

    const { deliveries, counts } = DeliveriesResponse.parse(
      (await ask(server, 'GET', '/deliveries')).body,
    );
    expect(deliveries).toMatchObject([
      { id: waiting.id, state: 'sent', attempts: 1, nextAt: null },
    ]);
    expect(counts).toEqual({ waiting: 0, sent: 1, dead: 0, dropped: 0 });
    expect((await listed(server)).channels[0]).toMatchObject({
      problem: null,
      waiting: 0,
      lastSentAt: '2026-03-10T12:00:00.000Z',
    });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'test' });
    expect((await ask(server, 'POST', `/deliveries/${waiting.id}/retry`)).status).toBe(409);
  });

  test('can be asked for once in ten seconds', async () => {
    const server = await serveTenant();
    await added(server, MAIL);
    await ask(server, 'POST', '/channels/1/test');

    const { status, text } = await ask(server, 'POST', '/channels/1/test');
    expect([status, text]).toEqual([409, expect.stringContaining('ten seconds')]);
    server.clock.now += 10_000;
    expect((await ask(server, 'POST', '/channels/1/test')).status).toBe(200);
  });

  test('that was refused says why, can be tried again under its id, and shows no secret anywhere', async () => {
    const server = await serveTenant(testOut({ hostComplaint: () => null }));
    let status = 403;
    const receiver = await webReceiver((res) => res.writeHead(status).end('s3cr3t'));
    await added(server, { ...HOOK, url: receiver.url });
    const { id } = Delivery.parse((await ask(server, 'POST', '/channels/1/test')).body);

    expect(await send(server)).toEqual({ sent: 0, failed: 0, dead: 1 });
    const dead = await ask(server, 'GET', '/deliveries?state=dead');
    expect(DeliveriesResponse.parse(dead.body).deliveries).toMatchObject([
      { id, lastError: 'The receiver answered with status 403.' },
    ]);
    const channels = await ask(server, 'GET', '/channels');
    expect(channels.text).toContain('status 403');
    status = 202;
    const retried = Delivery.parse((await ask(server, 'POST', `/deliveries/${id}/retry`)).body);
    expect(retried).toMatchObject({ id, state: 'waiting' });
    expect(await send(server)).toEqual({ sent: 1, failed: 0, dead: 0 });

    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    const rows = await server.store.read.select().from(server.store.t.delivery);
    const seen = [dead.text, channels.text, JSON.stringify(rows), ...server.logged].join('\n');
    expect(seen).not.toMatch(/s3cr3t|whsec|dGVzdHRlc3/);
  });

  test('of a channel that is removed meanwhile is dropped', async () => {
    const server = await serveTenant();
    await added(server, HOOK);
    await ask(server, 'POST', '/channels/1/test');

    expect((await ask(server, 'DELETE', '/channels/1')).body).toMatchObject({ channels: [] });
    expect(await send(server)).toBeNull();
    expect(
      DeliveriesResponse.parse((await ask(server, 'GET', '/deliveries')).body).counts.dropped,
    ).toBe(1);
  });
});
