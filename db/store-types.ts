import type { SQL } from 'drizzle-orm';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Dialect } from './dialect/dialect.ts';
import type { Schema } from './schema.ts';

/**
 * What a query is written against: Drizzle's builders, always awaited. On SQLite
 * they answer at once, on PostgreSQL later; the calling code is the same.
 */
export type Db = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'
>;

/** An open database of either engine. */
export interface Store {
  readonly engine: 'sqlite' | 'pg';
  /** The tables. */
  readonly t: Schema;
  /** For reading, outside of any transaction of ours. */
  readonly read: Db;
  /** The few things the engines say differently. */
  readonly dialect: Dialect;
  /**
   * Runs `work` in one write transaction: all of it or nothing. One writer at a
   * time; waiting never blocks the event loop. Await nothing but the database inside.
   */
  tx<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Runs `work`, which only reads, and all it reads is of one state of the database: counts and
   * lists agree. Short, and with `db` alone: await nothing but the database inside.
   */
  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Changes with every commit of any connection but the reading one, so that two equal
   * values have nothing new between them; null where the engine has no such counter.
   */
  version(): number | null;
  close(): Promise<void>;
}

export type { SQL };
