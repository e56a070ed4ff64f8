import { type SQL, sql } from 'drizzle-orm';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Db } from '../store-types.ts';
import type { Dialect } from './dialect.ts';

type SyncDb = BaseSQLiteDatabase<'sync', { changes: number }>;
const sync = (db: Db) => db as unknown as SyncDb;

/** Full-text rows are numbered so that one table serves all tenants: 2^40 people each. */
const TENANT_STRIDE = 2 ** 40;

export const sqliteDialect: Dialect = {
  async rows<T>(db: Db, statement: SQL) {
    return sync(db).all<T>(statement);
  },
  async run(db, statement) {
    return sync(db).run(statement).changes;
  },
  inList: (list) => sql`(select value from json_each(${JSON.stringify(list)}))`,
  jsonRows(rows, types) {
    const columns = types.map((_, i) => sql.raw(`json_extract(value, '$[${i}]') as c${i}`));
    return sql`(select ${sql.join(columns, sql`, `)} from json_each(${JSON.stringify(rows)}))`;
  },
  nameSearch: {
    holds: (needle) => sql`instr(search_text, ${needle}) > 0`,
    async candidates(db, { tenantId, needle, most }) {
      const letters = [...needle];
      if (letters.length < 3) return null; // the index holds trigrams
      const trigrams = letters.slice(0, -2).map(
        (_, i) =>
          `"${letters
            .slice(i, i + 3)
            .join('')
            .replaceAll('"', '""')}"`,
      );
      const from = tenantId * TENANT_STRIDE;
      const found = sync(db).all<{ id: number }>(sql`
        select rowid - ${from} as id
        from person_search
        where person_search match ${[...new Set(trigrams)].join(' AND ')}
          and rowid >= ${from} and rowid < ${from + TENANT_STRIDE}
        limit ${most + 1}`);
      return found.length > most ? null : found.map(({ id }) => id);
    },
  },
};
