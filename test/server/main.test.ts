import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../db/open.ts';
import { pinTenant } from '../../db/store/tenant.ts';
import { askHttp, emptyFolder } from '../build/server.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** A real tenant whose Graph does not answer: nothing is collected. */
const TENANT = { GRAPH_ENDPOINT: 'http://127.0.0.1:9', GRAPH_TOKEN: 'graph-token-of-the-test' };

/** Starts the server as `npm start` does, in a folder of its own. */
function startMain(environment: Record<string, string>, folder = emptyFolder()) {
  const env = { PATH: process.env.PATH, PORT: '0', ...TENANT, ...environment };
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.err += chunk;
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return { child, output, folder };
}

async function openAddress({ output }: { output: { out: string; err: string } }): Promise<URL> {
  await vi.waitFor(() => {
    if (!output.out.includes('\n')) throw new Error(`Not started: ${output.err}`);
  }, 15_000);
  return new URL(/http:\S+/.exec(output.out)?.[0] ?? '');
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode;
}

describe('the server process', () => {
  test('prints one address, whose token opens the API, and keeps it for the next start', async () => {
    const first = startMain({});
    const address = await openAddress(first);
    const token = address.hash.slice('#token='.length);

    const answer = await askHttp(Number(address.port), '/api/v1/settings', {
      headers: { authorization: `Bearer ${token}` },
    });

    expect(answer.status).toBe(200);
    expect(first.output.out.match(/http/g)).toHaveLength(1);
    expect(first.output.err).not.toContain(token);
    expect(readFileSync(join(first.folder, 'data/access-token'), 'utf8').trim()).toBe(token);
    expect(existsSync(join(first.folder, 'data/deflectometer.db'))).toBe(true);
    first.child.kill('SIGTERM');
    await exitCode(first.child);
    expect((await openAddress(startMain({}, first.folder))).hash).toBe(address.hash);
  });

  test('prints no token that was set, and logs none', async () => {
    const server = startMain({ ACCESS_TOKEN: 'a-token-that-was-set' });

    const address = await openAddress(server);

    expect(address.hash).toBe('');
    expect(server.output.out + server.output.err).not.toMatch(/that-was-set|graph-token/);
  });

  test('ends within ten seconds of SIGTERM, with a connection still open', async () => {
    const server = startMain({});
    const { port } = await openAddress(server);
    await fetch(`http://127.0.0.1:${port}/api/v1/health`); // keeps its connection
    const startedAt = performance.now();

    server.child.kill('SIGTERM');

    expect(await exitCode(server.child)).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('refuses to start beside another on the same file, and starts again after kill -9', async () => {
    const first = startMain({});
    await openAddress(first);

    const second = startMain({}, first.folder);

    expect(await exitCode(second.child)).toBe(1);
    expect(second.output.err).toMatch(/^Another server is already using .*\n$/);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    await openAddress(startMain({}, first.folder));
  });

  test('says that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };

    const server = startMain({ PORT: String(port) });

    expect(await exitCode(server.child)).toBe(1);
    expect(server.output.err).toContain(`Port ${port} is in use`);
  });

  test('says every complaint about the settings, and nothing is made', async () => {
    const server = startMain({ HOST: '0.0.0.0', ROLE: 'web', ACCESS_TOKEN: 'geheim' });

    expect(await exitCode(server.child)).toBe(1);
    expect(server.output.err.match(/^ {2}- /gm)).toHaveLength(3);
    expect(server.output.err).not.toContain('geheim');
    expect(existsSync(join(server.folder, 'data'))).toBe(false);
  });

  test('says that its folder cannot be written', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');

    const server = startMain({}, folder);

    expect(await exitCode(server.child)).toBe(1);
    expect(server.output.err).toMatch(/^The folder \.\/data cannot be written \(EEXIST\)/);
  });

  test('seals an address with a key beside the database, with which the jobs open it', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'data'));
    const store = await openStore(`file:${join(folder, 'data/deflectometer.db')}`);
    const seen = { id: 'contoso', origin: 'http://127.0.0.1:9', name: 'Contoso' };
    await pinTenant(store, { ...seen, timeZone: 'UTC', sample: false }, 0);
    await store.close();
    const ACCESS_TOKEN = 'a-token-that-was-set';
    const server = startMain({ ACCESS_TOKEN, ALERT_INTERNAL_HOSTS: 'localhost' }, folder);
    const { port } = await openAddress(server);
    const headers = { authorization: `Bearer ${ACCESS_TOKEN}` };
    const ask = (method: string, path: string, json?: unknown) =>
      askHttp(Number(port), `/api/v1${path}`, { method, headers, json });

    const hook = { kind: 'webhook', name: 'Nobody', url: 'https://localhost:9/s3cr3t' };
    expect((await ask('POST', '/channels', hook)).status).toBe(200);
    expect((await ask('POST', '/channels/1/test')).status).toBe(200);

    await vi.waitFor(
      async () => {
        const { text } = await ask('GET', '/deliveries');
        expect(text).toContain('The receiver refuses connections.');
      },
      { timeout: 15_000, interval: 200 },
    );
    const key = readFileSync(join(folder, 'data/secrets-key'), 'utf8').trim();
    expect(server.output.out + server.output.err).not.toMatch(/s3cr3t/);
    expect(server.output.out + server.output.err).not.toContain(key);
  });

  test('reads a .env file, below what is set already', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, '.env'), 'PORT=1\nACCESS_TOKEN=from-the-env-file\n');

    const server = startMain({}, folder);

    const { port, hash } = await openAddress(server);
    expect([port !== '1', hash]).toEqual([true, '']);
  });
});
