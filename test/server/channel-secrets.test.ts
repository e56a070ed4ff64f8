import { randomBytes } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { KEY_NOT_HERE } from '../../db/store/channel-secrets.ts';
import { pinTenant } from '../../db/store/tenant.ts';
import { deliverDue } from '../../jobs/out/deliver.ts';
import { secretsKey } from '../../jobs/out/secrets-key.ts';
import { ChannelMade, ChannelsResponse } from '../../server/contract/channels.ts';
import { delivering } from '../build/delivering.ts';
import { nextNonce, outboxOf } from '../build/outbox.ts';
import { webReceiver } from '../build/receivers.ts';
import { emptyFolder, serve, type TestServer, testOut } from '../build/server.ts';

const TENANT = {
  id: 'contoso',
  origin: 'https://graph.example',
  name: 'Contoso',
  timeZone: 'Europe/Vienna',
  sample: false,
};

/** A server over the database of a folder, whose key lies beside it. */
async function serveFolder(folder: string, set: string | null = null) {
  const place = { databasePath: join(folder, 'x.db'), dataDirectory: folder, secretsKey: set };
  const key = secretsKey(place, randomBytes);
  const out = testOut({
    secretsKey: key,
    newNonce: nextNonce,
    newKey: () => randomBytes(32).toString('base64'),
    hostComplaint: () => null,
  });
  const store = await openStore(`file:${place.databasePath}`);
  onTestFinished(() => store.close());
  const server = await serve({ store, out, sample: false });
  await pinTenant(store, TENANT, server.clock.now);
  return { ...server, store, key };
}

const ask = ({ askSignedIn }: TestServer, method: string, path: string, json?: unknown) =>
  askSignedIn(`/api/v1${path}`, { method, json });

const listed = async (server: TestServer) =>
  ChannelsResponse.parse((await ask(server, 'GET', '/channels')).body).channels;

const hookTo = (url: string) => ({ kind: 'webhook', name: 'SIEM', url });

describe('the address and the key of a webhook', () => {
  test('stand in no file of the database: a copy without the key gives nothing away', async () => {
    const folder = emptyFolder();
    const server = await serveFolder(folder);
    const url = 'https://hooks.example.org/workflows/s3cr3t-path?sig=s3cr3t-sig';
    const { signingKey } = ChannelMade.parse(
      (await ask(server, 'POST', '/channels', hookTo(url))).body,
    );
    await ask(server, 'POST', '/channels', { ...hookTo(url), kind: 'teams' });
    await ask(server, 'PUT', '/channels/1', hookTo(`${url}-2`));
    await ask(server, 'POST', '/channels/1/test');
    await ask(server, 'DELETE', '/channels/2');

    const files = readdirSync(folder).filter((name) => name !== 'secrets-key');
    expect(files).toContain('x.db-wal');
    const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name))));
    expect(bytes.includes('SIEM')).toBe(true); // what is not sealed is found
    const key = signingKey?.slice('whsec_'.length) ?? '';
    const sealing = readFileSync(join(folder, 'secrets-key'), 'utf8').trim();
    expect(key).toHaveLength(44);
    for (const secret of ['s3cr3t', 'hooks.example.org', 'whsec_', key, sealing])
      expect(bytes.includes(secret)).toBe(false);
    for (const secret of [key, sealing])
      expect(bytes.includes(Buffer.from(secret, 'base64'))).toBe(false);
  });

  test('say so where the key is gone, and are there again when they are typed in again', async () => {
    const folder = emptyFolder();
    const receiver = await webReceiver();
    const before = await serveFolder(folder);
    const made = ChannelMade.parse(
      (await ask(before, 'POST', '/channels', hookTo(receiver.url))).body,
    );
    await before.store.close();
    rmSync(join(folder, 'secrets-key'));
    const server = await serveFolder(folder);

    expect(await listed(server)).toMatchObject([{ target: null, problem: KEY_NOT_HERE }]);
    expect((await ask(server, 'POST', '/channels/1/test')).status).toBe(200);
    const deps = await delivering(server.store, { secretsKey: server.key });
    expect(await deliverDue(deps)).toEqual({ sent: 0, failed: 1, dead: 0 });
    expect(await outboxOf(server.store)).toMatchObject([
      { state: 'waiting', lastError: KEY_NOT_HERE },
    ]);
    const { url, ...rest } = hookTo(receiver.url);
    const off = await ask(server, 'PUT', '/channels/1', { ...rest, on: false });
    expect(ChannelMade.parse(off.body)).toMatchObject({
      signingKey: null,
      channel: { on: false, problem: KEY_NOT_HERE },
    });

    const again = ChannelMade.parse(
      (await ask(server, 'PUT', '/channels/1', { ...rest, url })).body,
    );
    expect(again.signingKey).toMatch(/^whsec_/);
    expect(again.signingKey).not.toBe(made.signingKey);
    expect(again.channel.target).toContain('receiver.example');
    const [waiting] = await outboxOf(server.store);
    const later = { ...deps, clock: () => waiting?.nextAt ?? 0 };
    expect(await deliverDue(later)).toEqual({ sent: 1, failed: 0, dead: 0 });
    expect((await listed(server))[0]?.problem).toBeNull();
    expect(deps.bugs).toEqual([]);
  });

  test('open again where the key was only mislaid, or is set by SECRETS_KEY', async () => {
    const [folder, copy] = [emptyFolder(), emptyFolder()];
    const before = await serveFolder(folder);
    await ask(before, 'POST', '/channels', hookTo('https://hooks.example.org/s3cr3t'));
    await before.store.close();
    copyFileSync(join(folder, 'x.db'), join(copy, 'x.db'));
    const key = readFileSync(join(folder, 'secrets-key'), 'utf8').trim();

    const server = await serveFolder(copy, key);

    expect(await listed(server)).toMatchObject([{ target: 'hooks.example.org', problem: null }]);
    expect(readdirSync(copy)).not.toContain('secrets-key');
  });

  test('are refused where nothing is there to seal them with; mail and syslog need no key', async () => {
    const place = { databasePath: null, dataDirectory: emptyFolder(), secretsKey: null };
    const out = testOut({ secretsKey: secretsKey(place, randomBytes) });
    const server = await serve({ out, sample: false });
    await pinTenant(server.store, TENANT, server.clock.now);

    for (const kind of ['webhook', 'teams']) {
      const refused = await ask(server, 'POST', '/channels', {
        ...hookTo('https://hooks.example.org/s3cr3t'),
        kind,
      });
      expect([refused.status, refused.text]).toEqual([
        409,
        expect.stringContaining('set SECRETS_KEY to 32 random bytes in base64'),
      ]);
    }
    const mail = { kind: 'mail', name: 'Desk', to: ['desk@example.org'] };
    expect((await ask(server, 'POST', '/channels', mail)).status).toBe(200);
    const syslog = { kind: 'syslog', name: 'Log', host: 'log.example.org' };
    expect((await ask(server, 'POST', '/channels', syslog)).status).toBe(200);
    expect((await listed(server)).map(({ problem }) => problem)).toEqual([null, null]);
  });
});
