import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { migrationsFolder, newestMigration } from '../../db/migrations.ts';
import { openStore, sqlitePath } from '../../db/open.ts';
import { openPostgres } from '../../db/open-postgres.ts';
import { realPostgres } from '../build/postgres.ts';
import { emptyFolder } from '../build/server.ts';

const mode = (path: string) => statSync(path).mode & 0o777;

/** The writer's connection, which the product does not show. */
interface WithClient {
  $client: Database.Database;
}

describe('a SQLite file', () => {
  test('is written ahead and synced in full, so that an acknowledged commit survives a power loss (P5)', async () => {
    const store = await openStore(join(emptyFolder(), 'x.db'));
    let writer: Database.Database | undefined;

    await store.tx(async (db) => {
      writer = (db as unknown as WithClient).$client;
    });

    expect(writer?.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(writer?.pragma('synchronous', { simple: true })).toBe(2);
    expect(writer?.pragma('foreign_keys', { simple: true })).toBe(1);
    await store.close();
  });

  test('is readable for its owner alone, with its journal, in a folder that is', async () => {
    const folder = join(emptyFolder(), 'new', 'data');

    const store = await openStore(`file:${join(folder, 'x.db')}`);
    const modes = readdirSync(folder).map((name) => [name, mode(join(folder, name))]);
    await store.close();

    expect(mode(folder)).toBe(0o700);
    expect(Object.fromEntries(modes)).toEqual({
      'x.db': 0o600,
      'x.db-shm': 0o600,
      'x.db-wal': 0o600,
    });
  });

  test('that others could read is theirs no more once it was opened', async () => {
    const path = join(emptyFolder(), 'x.db');
    writeFileSync(path, '');
    chmodSync(path, 0o644);

    await (await openStore(path)).close();

    expect(mode(path)).toBe(0o600);
  });

  test.each([
    ['file:./data/x.db', './data/x.db'],
    ['file:x.db', 'x.db'],
    ['file:/var/lib/x.db', '/var/lib/x.db'],
    ['file:///var/lib/x.db', '/var/lib/x.db'],
    ['./data/x.db', './data/x.db'],
  ])('%s is the path %s', (url, path) => {
    expect(sqlitePath(url)).toBe(path);
  });

  test('is brought up to date once: opening it again changes nothing', async () => {
    const path = join(emptyFolder(), 'x.db');
    await (await openStore(path)).close();
    const before = migrationsIn(path);

    await (await openStore(path)).close();

    expect(migrationsIn(path)).toEqual(before);
    expect(before).toHaveLength(tags('sqlite').length);
  });

  test('of a newer program is refused with a sentence, and left as it was', async () => {
    const path = join(emptyFolder(), 'x.db');
    await (await openStore(path)).close();
    const file = new Database(path);
    const later = newestMigration('sqlite') + 1;
    file
      .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
      .run('x', later);
    file.close();
    const before = migrationsIn(path);

    await expect(openStore(path)).rejects.toThrow(/written by a newer deflectometer.*Nothing was/);
    expect(migrationsIn(path)).toEqual(before);
  });

  test('that is no database is refused with a sentence, and left as it was', async () => {
    const path = join(emptyFolder(), 'x.db');
    const text = 'This is a letter, not a database. '.repeat(200);
    writeFileSync(path, text);

    await expect(openStore(path)).rejects.toThrow(/x\.db is damaged.*Restore a backup/);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('whose pages are damaged is refused with a sentence', async () => {
    const path = join(emptyFolder(), 'x.db');
    await (await openStore(path)).close();
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(3900, 0xff), 0, 3900, 100); // the list of tables
    closeSync(file);

    await expect(openStore(path)).rejects.toThrow(/x\.db is damaged.*Restore a backup/);
  });

  test('that is a folder, or in one that cannot be, is refused with a sentence', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'x.db'));
    writeFileSync(join(folder, 'file'), '');

    await expect(openStore(join(folder, 'x.db'))).rejects.toThrow(/x\.db could not be opened/);
    await expect(openStore(join(folder, 'file', 'x.db'))).rejects.toThrow(/could not be opened/);
  });
});

function migrationsIn(path: string): unknown[] {
  const file = new Database(path, { readonly: true });
  const rows = file.prepare('select * from __drizzle_migrations order by created_at').all();
  file.close();
  return rows;
}

describe.runIf(realPostgres.found)('a PostgreSQL database', () => {
  test('is migrated once by four replicas that start together', async () => {
    const server = await realPostgres();
    for (const round of [1, 2, 3]) {
      const url = await server.createDatabase(`together_${process.pid}_${round}`);

      const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgres(url)));

      for (const store of stores)
        expect(await store.read.select().from(store.t.tenant)).toEqual([]);
      await Promise.all(stores.map((store) => store.close()));
      const found = await asked(url, 'select * from drizzle.__drizzle_migrations');
      expect(found).toHaveLength(tags('pg').length);
    }
  });

  test('of a newer program is refused with a sentence', async () => {
    const server = await realPostgres();
    const url = await server.createDatabase(`newer_${process.pid}`);
    await (await openPostgres(url)).close();
    const later = newestMigration('pg') + 1;
    await asked(
      url,
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', ${later})`,
    );

    await expect(openStore(url)).rejects.toThrow(/written by a newer deflectometer.*Nothing was/);
  });
});

async function asked(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(text).finally(() => client.end());
  return rows;
}

describe('the migrations', () => {
  test('are what the schema generates', () => {
    const args = ['db/generate-migrations.ts', '--check'];
    const run = spawnSync(process.execPath, args, { encoding: 'utf8' });

    expect(`${run.stderr}${run.status}`).toBe('0');
  });

  test('have the same names for both engines', () => {
    expect(tags('pg')).toEqual(tags('sqlite'));
  });

  // A generated migration begins with a statement; what is written by hand says so in a comment.
  test.each(['sqlite', 'pg'] as const)('of %s written by hand are these', (engine) => {
    const folder = migrationsFolder(engine);
    const custom = tags(engine).filter((tag) =>
      readFileSync(join(folder, `${tag}.sql`), 'utf8').startsWith('--'),
    );

    expect(custom).toEqual([
      '0001_search_and_packing',
      '0004_search_and_cells',
      '0006_mark_password_changes',
    ]);
  });

  test.each(['sqlite', 'pg'] as const)('of %s are all listed, and all there', (engine) => {
    const files = readdirSync(migrationsFolder(engine)).filter((name) => name.endsWith('.sql'));

    expect(files.map((name) => name.replace('.sql', '')).sort()).toEqual(tags(engine).sort());
  });
});

function tags(engine: 'sqlite' | 'pg'): string[] {
  const text = readFileSync(join(migrationsFolder(engine), 'meta', '_journal.json'), 'utf8');
  return (JSON.parse(text) as { entries: { tag: string }[] }).entries.map(({ tag }) => tag);
}
