import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { atEnd } from './at-end.ts';

/** A PostgreSQL server of our own on loopback. */
export interface PostgresServer {
  /** Makes an empty database and answers its URL. */
  createDatabase(name: string): Promise<string>;
}

/** Where Debian and others put initdb and postgres; null: not on this machine. */
function binaries(): string | null {
  const roots = ['/usr/lib/postgresql', '/usr/local/pgsql', '/opt/homebrew/opt/postgresql'];
  const folders = roots
    .filter(existsSync)
    .flatMap((root) => [
      join(root, 'bin'),
      ...readdirSync(root).map((version) => join(root, version, 'bin')),
    ]);
  return folders.reverse().find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

const BINARIES = binaries();
/** PostgreSQL refuses to run as root: as root it runs as the user `postgres`, where there is one. */
const AS_ROOT = process.getuid?.() === 0;
const FOUND = BINARIES !== null && (!AS_ROOT || hasPostgresUser());

function hasPostgresUser(): boolean {
  try {
    execFileSync('id', ['postgres'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return !(error instanceof Error);
  }
}

let running: Promise<PostgresServer> | undefined;

/** The server of this test file, started when first asked for and ended after its last test. */
export const realPostgres = Object.assign(
  () => {
    running ??= start();
    return running;
  },
  { found: FOUND },
);

async function start(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (AS_ROOT) execFileSync('chown', ['postgres', folder]);
  const bin = (name: string) => join(BINARIES ?? '', name);
  const wrapped = (name: string, args: string[]): [string, string[]] =>
    AS_ROOT ? ['runuser', ['-u', 'postgres', '--', bin(name), ...args]] : [bin(name), args];
  const data = join(folder, 'data');
  execFileSync(
    ...wrapped('initdb', [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '--no-locale',
      '-E',
      'UTF8',
      '-N',
    ]),
    { stdio: 'ignore' },
  );
  const port = await freePort();
  // The test data is thrown away, so syncing it to disk would only cost time.
  const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'];
  const server = spawn(...wrapped('postgres', options), { stdio: 'ignore' });
  atEnd(async () => {
    execFileSync(...wrapped('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']), {
      stdio: 'ignore',
    });
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const url = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`;
  await ready(url('postgres'));
  return {
    async createDatabase(name) {
      await query(url('postgres'), `create database ${name}`);
      return url(name);
    },
  };
}

async function ready(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await query(url, 'select 1');
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await sleep(100);
    }
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
