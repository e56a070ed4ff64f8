import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { pgDialect } from './dialect/pg.ts';
import { pgKit } from './kit.ts';
import { migrationsFolder, refuseNewer } from './migrations.ts';
import { defineSchema } from './schema.ts';
import type { Db, Store } from './store-types.ts';

// bigint and numeric as numbers, also in raw statements: every count and instant of ours fits a double
// exactly. For the whole process, because Drizzle puts its own parsers over a pool's.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/** Any number will do, as long as every deflectometer uses the same one. */
const MIGRATION_LOCK = 7_421_001;

/** What a PostgreSQL transaction offers beyond a Db: enough to build a Store on. */
export interface PgLike {
  transaction<T>(
    work: (db: unknown) => Promise<T>,
    config?: { isolationLevel: 'repeatable read'; accessMode: 'read only' },
  ): Promise<T>;
}

/** Opens the PostgreSQL database at `url` (postgres://…) with a pool of ten connections. */
export async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  pool.on('error', () => undefined); // a broken idle connection is replaced at the next query
  try {
    await migrateUnderLock(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return pgStore(drizzle({ client: pool }), () => pool.end());
}

/** A Store over any Drizzle database that speaks PostgreSQL: a pool, or PGlite in tests. */
export function pgStore(database: PgLike, close: () => Promise<void>): Store {
  return {
    engine: 'pg',
    t: defineSchema(pgKit),
    read: database as unknown as Db,
    dialect: pgDialect,
    tx: (work) => database.transaction((db) => work(db as Db)),
    snapshot: (work) =>
      database.transaction((db) => work(db as Db), {
        isolationLevel: 'repeatable read',
        accessMode: 'read only',
      }),
    version: () => null,
    close,
  };
}

// Replicas that start together would race: without the lock, simultaneous migrations crash.
async function migrateUnderLock(pool: pg.Pool): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    refuseNewer('pg', await appliedLast(connection));
    await migrate(drizzle({ client: connection }), { migrationsFolder: migrationsFolder('pg') });
  } finally {
    await connection.query('select pg_advisory_unlock_all()').catch(() => undefined);
    connection.release();
  }
}

async function appliedLast(connection: pg.PoolClient): Promise<number | null> {
  const db = drizzle({ client: connection });
  const { rows: known } = await db.execute(
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (!known[0]?.name) return null;
  const { rows } = await db.execute(
    sql`select max(created_at)::bigint as last from drizzle.__drizzle_migrations`,
  );
  return rows[0]?.last == null ? null : Number(rows[0].last);
}
