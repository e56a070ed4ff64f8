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
  alone: async () => undefined,
  inList: (list) => sql`(select value from json_each(${JSON.stringify(list)}))`,
  jsonRows(rows, types) {
    const columns = types.map((_, i) => sql.raw(`json_extract(value, '$[${i}]') as c${i}`));
    return sql`(select ${sql.join(columns, sql`, `)} from json_each(${JSON.stringify(rows)}))`;
  },
  async tally(db, column, from, where) {
    // One text of all numbers: to group them, SQLite would sort them first.
    const [row] = sync(db).all<{ list: string | null }>(
      sql`select group_concat(${sql.raw(column)}) as list from ${from} where ${where}`,
    );
    const times = new Map<number, number>();
    for (const text of row?.list?.split(',') ?? []) {
      const value = Number(text);
      times.set(value, (times.get(value) ?? 0) + 1);
    }
    return times;
  },
  nameSearch: {
    holds: (needle) => sql`instr(search_text, ${needle}) > 0`,
    numbers(tenantId, needle) {
      const query = trigrams(needle);
      const from = tenantId * TENANT_STRIDE;
      return query === null
        ? null
        : sql`(select rowid - ${from} as id from person_search
               where person_search match ${query} and rowid >= ${from} and rowid < ${from + TENANT_STRIDE})`;
    },
    async candidates(db, { tenantId, needle, most }) {
      const numbers = sqliteDialect.nameSearch.numbers(tenantId, needle);
      if (!numbers) return null;
      const found = sync(db).all<{ id: number }>(sql`select id from ${numbers} limit ${most + 1}`);
      return found.length > most ? null : found.map(({ id }) => id);
    },
  },
};

/** Trigrams that cover `needle` as a full-text query: the others would find hardly fewer, for twice the work. Null where it has none. */
function trigrams(needle: string): string | null {
  const letters = [...needle];
  const last = letters.length - 3;
  if (last < 0) return null;
  const starts = letters.map((_, i) => i).filter((i) => i === last || (i < last && i % 3 === 0));
  const quoted = starts.map(
    (i) =>
      `"${letters
        .slice(i, i + 3)
        .join('')
        .replaceAll('"', '""')}"`,
  );
  return [...new Set(quoted)].join(' AND ');
}
