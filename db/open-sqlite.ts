import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as others, setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { sqliteDialect } from './dialect/sqlite.ts';
import { sqliteKit } from './kit.ts';
import { migrationsFolder, refuseNewer } from './migrations.ts';
import { defineSchema } from './schema.ts';
import type { Db, Store } from './store-types.ts';

const schema = defineSchema(sqliteKit);

/**
 * Pages of the write-ahead log (64 MB) after which they are copied into the database. SQLite's own
 * 1000 copy the same page many times while much is written: all that people are found by comes in no order.
 */
const LOG_PAGES = 16_384;

/** How long a transaction waits for another process's writer before it fails. */
const WRITER_WAIT_MS = 30_000;

export interface OpenOptions {
  /** The sample tenant: commits need not survive a power cut. Never for real data. */
  madeUp?: boolean;
}

/**
 * Opens the SQLite file at `path`: write-ahead log, every commit synced to disk
 * (better-sqlite3 is compiled with less), one connection that writes and one that
 * only reads. The file is readable for its owner alone. Throws an Error with a
 * sentence for people when the file is damaged or cannot be opened.
 */
export function openSqlite(path: string, { madeUp = false }: OpenOptions = {}): Store {
  const { writer, reader } = openBoth(path);
  // Made-up data can be made again: its last seconds may be lost with the power, and are not synced for.
  if (madeUp) writer.pragma('synchronous = NORMAL');
  const writeDb = drizzle({ client: writer }) as unknown as Db;
  const dataVersion = reader.prepare('pragma data_version').pluck();
  // One writer at a time in this process; other processes are waited for in `begin`.
  let tail: Promise<unknown> = Promise.resolve();
  // One snapshot at a time: they share the reading connection.
  let lastSnapshot: Promise<unknown> = Promise.resolve();
  const readDb = drizzle({ client: reader }) as unknown as Db;
  return {
    engine: 'sqlite',
    t: schema,
    read: readDb,
    dialect: sqliteDialect,
    tx(work) {
      const turn = tail.then(() => inTransaction(writer, () => work(writeDb)));
      // A log that could not be shortened is tried again; what is wrong with the disk a commit will say.
      tail = turn.then(() => shortenLog(writer)).catch(() => undefined);
      return turn;
    },
    snapshot(work) {
      const turn = lastSnapshot.then(() => inSnapshot(reader, () => work(readDb)));
      lastSnapshot = turn.catch(() => undefined);
      return turn;
    },
    version: () => dataVersion.get() as number,
    async close() {
      await tail;
      await lastSnapshot;
      reader.close();
      writer.close();
    },
  };
}

function openBoth(path: string): { writer: Database.Database; reader: Database.Database } {
  try {
    const writer = openFile(path);
    const reader = new Database(path, { readonly: true, timeout: 5000 });
    reader.pragma('cache_size = -65536');
    reader.pragma('temp_store = MEMORY');
    return { writer, reader };
  } catch (cause) {
    throw inWords(path, cause);
  }
}

/** An error of the file or its folder as a sentence; any other as it is. */
function inWords(path: string, error: unknown): unknown {
  const origin = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(origin instanceof Error) || !('code' in origin)) return error;
  const code = String(origin.code);
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    return new Error(
      `The database ${path} is damaged, or no database of ours (${origin.message}). Nothing was changed. Restore a backup, or move the file away to begin anew.`,
      { cause: error },
    );
  if (/^(SQLITE_(CANTOPEN|READONLY|IOERR|FULL|PERM)|E[A-Z]+$)/.test(code))
    return new Error(
      `The database ${path} could not be opened (${origin.message}). Check that the folder exists, belongs to the user that runs this program and has space, or name another file in DATABASE_URL.`,
      { cause: error },
    );
  return error;
}

function openFile(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600)); // made by us, so that its mode is ours
  chmodSync(path, 0o600);
  const writer = new Database(path, { timeout: WRITER_WAIT_MS });
  try {
    writer.pragma('journal_mode = WAL');
    writer.pragma('synchronous = FULL');
    writer.pragma('foreign_keys = ON');
    writer.pragma('temp_store = MEMORY');
    writer.pragma('cache_size = -65536');
    writer.pragma('wal_autocheckpoint = 0'); // a commit shall not last as long as the copying: shortenLog
    refuseNewer('sqlite', appliedLast(writer));
    migrate(drizzle({ client: writer }), { migrationsFolder: migrationsFolder('sqlite') });
  } catch (error) {
    writer.close();
    throw error;
  }
  writer.pragma('busy_timeout = 0'); // from here on waiting is ours, and never blocks the event loop
  return writer;
}

function appliedLast(sqlite: Database.Database): number | null {
  const known = sqlite
    .prepare("select 1 from sqlite_master where name = '__drizzle_migrations'")
    .get();
  if (!known) return null;
  return sqlite.prepare('select max(created_at) from __drizzle_migrations').pluck().get() as
    | number
    | null;
}

async function inTransaction<T>(sqlite: Database.Database, work: () => Promise<T>): Promise<T> {
  await begin(sqlite);
  try {
    const result = await work();
    sqlite.exec('commit');
    return result;
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('rollback');
    throw error;
  }
}

async function inSnapshot<T>(sqlite: Database.Database, work: () => Promise<T>): Promise<T> {
  sqlite.exec('begin');
  try {
    return await work();
  } finally {
    sqlite.exec('commit');
  }
}

/** Copies a long log into the database, after the transaction and while anybody else may read and write. */
async function shortenLog(sqlite: Database.Database): Promise<void> {
  const [state] = sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  if (!state || state.log - state.checkpointed < LOG_PAGES) return;
  await others();
  sqlite.pragma('wal_checkpoint(PASSIVE)');
}

async function begin(sqlite: Database.Database): Promise<void> {
  const startedAt = performance.now();
  for (let waitMs = 1; ; waitMs = Math.min(25, waitMs * 2)) {
    try {
      sqlite.exec('begin immediate');
      return;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || performance.now() - startedAt > WRITER_WAIT_MS) throw error;
      await sleep(waitMs);
    }
  }
}
