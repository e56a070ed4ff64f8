import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db, Store } from '../store-types.ts';
import type { ColumnType } from './dialect.ts';

type Insert<T extends SQLiteTable> = T['$inferInsert'];

export interface OnConflict<T extends SQLiteTable> {
  /** Columns of the key. */
  target: (keyof T['_']['columns'] & string)[];
  /** Columns to take from the new row; none: the old row stays. */
  update: (keyof T['_']['columns'] & string)[];
}

/**
 * Inserts many rows with one statement and one parameter (JSON), five times as
 * fast as Drizzle's multi-row insert. `rows` must not hold a key twice. Every row
 * has the columns of the first one.
 */
export async function bulkInsert<T extends SQLiteTable>(
  store: Store,
  db: Db,
  table: T,
  rows: Insert<T>[],
  conflict?: OnConflict<T>,
): Promise<void> {
  const [head] = rows;
  if (!head) return;
  const all = getTableColumns(table) as Record<string, SQLiteColumn>;
  const names = Object.keys(head).filter((name) => all[name] !== undefined);
  const columns = names.map((name) => all[name] as SQLiteColumn);
  const values = rows.map((row) =>
    columns.map((column, i) => {
      const value = (row as Record<string, unknown>)[names[i] as string];
      return value === null || value === undefined ? null : column.mapToDriverValue(value);
    }),
  );
  const list = sql.join(
    columns.map((column) => sql.identifier(column.name)),
    sql`, `,
  );
  const picked = sql.join(
    columns.map((_, i) => sql.raw(`c${i}`)),
    sql`, `,
  );
  await store.dialect.run(
    db,
    // `where true` keeps SQLite from reading `on conflict` as a join condition.
    sql`insert into ${sql.identifier(getTableName(table))} (${list})
        select ${picked} from ${store.dialect.jsonRows(values, columns.map(typeOf))} as rows_in
        where true ${conflict ? onConflict(all, conflict) : sql``}`,
  );
}

function typeOf(column: SQLiteColumn): ColumnType {
  const type = column.getSQLType();
  if (type.startsWith('text')) return 'text';
  if (type === 'boolean') return 'bool';
  if (type === 'real' || type === 'double precision') return 'real';
  return type === 'jsonb' ? 'json' : 'int';
}

function onConflict<T extends SQLiteTable>(
  all: Record<string, SQLiteColumn>,
  { target, update }: OnConflict<T>,
): SQL {
  const name = (key: string) => sql.identifier(all[key]?.name ?? key);
  const keys = sql.join(target.map(name), sql`, `);
  if (update.length === 0) return sql`on conflict (${keys}) do nothing`;
  const set = update.map((key) => sql`${name(key)} = excluded.${name(key)}`);
  return sql`on conflict (${keys}) do update set ${sql.join(set, sql`, `)}`;
}
