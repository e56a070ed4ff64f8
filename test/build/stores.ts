import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { onTestFinished } from 'vitest';
import { migrationsFolder } from '../../db/migrations.ts';
import { openPostgres, pgStore } from '../../db/open-postgres.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import type { Store } from '../../db/store-types.ts';
import { realPostgres } from './postgres.ts';

/** An empty, migrated database that lives as long as the test that asked for it. */
export type EmptyStore = () => Promise<Store>;

/** SQLite in a temporary file. */
export async function sqliteStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'deflectometer-'));
  const store = openSqlite(join(folder, 'test.db'));
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
}

let pglite: Promise<PGlite> | undefined;

/** PostgreSQL inside this process. Starting it takes seconds, so a test file shares one, emptied. */
export async function pgliteStore(): Promise<Store> {
  pglite ??= startPglite();
  const client = await pglite;
  await client.exec(EMPTY_ALL);
  return pgStore(drizzle({ client }) as Parameters<typeof pgStore>[0], async () => undefined);
}

async function startPglite(): Promise<PGlite> {
  const client = await PGlite.create({
    extensions: { pg_trgm },
    parsers: { 20: Number, 1700: Number },
  });
  await migrate(drizzle({ client }), { migrationsFolder: migrationsFolder('pg') });
  return client;
}

const EMPTY_ALL = `do $$ declare t text; begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('truncate table %I', t);
  end loop; end $$`;

let counter = 0;

/** A database of its own in a real PostgreSQL server started for this run. */
async function postgresStore(): Promise<Store> {
  const server = await realPostgres();
  const name = `t${process.pid}_${++counter}`;
  const store = await openPostgres(await server.createDatabase(name));
  onTestFinished(() => store.close());
  return store;
}

/** Every engine a database test runs on: `describe.each(ENGINES)('… on %s', (_, emptyStore) => …)`. */
export const ENGINES: [name: string, emptyStore: EmptyStore][] = [
  ['SQLite', sqliteStore],
  ['PGlite', pgliteStore],
  ...(realPostgres.found ? ([['PostgreSQL', postgresStore]] as [string, EmptyStore][]) : []),
];
