import { type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Db } from '../store-types.ts';
import type { ColumnType, Dialect } from './dialect.ts';

interface PgResult {
  rows: unknown[];
  rowCount?: number | null;
  affectedRows?: number;
}
const pg = (db: Db) => db as unknown as PgDatabase<PgQueryResultHKT>;
const execute = async (db: Db, statement: SQL) =>
  (await pg(db).execute(statement)) as unknown as PgResult;

const CAST: Record<ColumnType, string> = {
  text: 'text',
  int: 'bigint',
  real: 'double precision',
  bool: 'boolean',
  json: 'jsonb',
};

export const pgDialect: Dialect = {
  async rows<T>(db: Db, statement: SQL) {
    return (await execute(db, statement)).rows as T[];
  },
  async run(db, statement) {
    const { rowCount, affectedRows } = await execute(db, statement);
    return rowCount ?? affectedRows ?? 0;
  },
  async alone(db, what, tenantId) {
    await execute(db, sql`select pg_advisory_xact_lock(hashtext(${what}), ${tenantId}::int)`);
  },
  inList(list) {
    const type = typeof list[0] === 'number' ? sql.raw('::bigint') : sql.raw('');
    return sql`(select value${type} from jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;
  },
  jsonRows(rows, types) {
    const columns = types.map((type, i) => sql.raw(`(value->>${i})::${CAST[type]} as c${i}`));
    return sql`(select ${sql.join(columns, sql`, `)} from jsonb_array_elements(${JSON.stringify(rows)}::jsonb))`;
  },
  async tally(db, column, from, where) {
    const name = sql.raw(column);
    const rows = await pgDialect.rows<{ value: number | null; times: number }>(
      db,
      sql`select ${name} as value, count(*) as times from ${from} where ${where} group by ${name}`,
    );
    return new Map(
      rows.flatMap(({ value, times }) => (value === null ? [] : [[Number(value), Number(times)]])),
    );
  },
  nameSearch: {
    // The trigram index, where the server has it, serves this condition by itself.
    holds: (needle) => sql`search_text like ${`%${needle.replace(/[\\%_]/g, '\\$&')}%`}`,
    numbers: () => null,
    async candidates(db, { tenantId, needle, most }) {
      if ([...needle].length < 3) return null;
      const found = await pgDialect.rows<{ id: number }>(
        db,
        sql`select id from person
            where tenant_id = ${tenantId} and ${pgDialect.nameSearch.holds(needle)}
            limit ${most + 1}`,
      );
      return found.length > most ? null : found.map(({ id }) => Number(id));
    },
  },
};
