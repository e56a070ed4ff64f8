import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';

/**
 * Column builders of one engine. The schema is written once against this kit;
 * both engines then hold the same JavaScript values: counts and instants are
 * numbers (instants in milliseconds since the epoch, UTC), days are text.
 */
export const sqliteKit = {
  table: sqlite.sqliteTable,
  text: (name: string) => sqlite.text(name),
  int: (name: string) => sqlite.integer(name),
  /** 64-bit floating point in both engines: what is read is what was written. */
  real: (name: string) => sqlite.real(name),
  bool: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
  json: <T>(name: string) => sqlite.text(name, { mode: 'json' }).$type<T>(),
  primaryKey: sqlite.primaryKey,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  check: sqlite.check,
};

export type Kit = typeof sqliteKit;

// Same JavaScript types by construction, so the one cast of the project's schema stands here.
export const pgKit = {
  table: pg.pgTable,
  // Text is compared byte by byte, as SQLite does, whatever the database's locale is.
  text: (name: string) =>
    pg.customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })(name),
  int: (name: string) => pg.bigint(name, { mode: 'number' }),
  real: (name: string) => pg.doublePrecision(name),
  bool: (name: string) => pg.boolean(name),
  json: <T>(name: string) => pg.jsonb(name).$type<T>(),
  primaryKey: pg.primaryKey,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  check: pg.check,
} as unknown as Kit;
