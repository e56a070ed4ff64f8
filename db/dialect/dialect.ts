import type { SQL } from 'drizzle-orm';
import type { Db } from '../store-types.ts';

/** The functions in which SQLite and PostgreSQL differ. Nothing else in db/ asks for the engine. */
export interface Dialect {
  /** Runs a statement that returns rows. */
  rows<T>(db: Db, statement: SQL): Promise<T[]>;
  /** Runs a statement that returns none; answers how many rows it touched. */
  run(db: Db, statement: SQL): Promise<number>;
  /**
   * Until this transaction ends, waits for and keeps others out of `what` of a tenant: for what is numbered or compared with its
   * newest row. SQLite has one writer anyway.
   */
  alone(db: Db, what: string, tenantId: number): Promise<void>;
  /** A subquery of one column, the elements of `list`: `id in ${inList(ids)}`. One parameter, any length. */
  inList(list: (string | number)[]): SQL;
  /**
   * A table of `rows`, each an array of `columns.length` values, for `from`:
   * one parameter, any length. Columns are named c0, c1, …; `types` says how they are read.
   */
  jsonRows(rows: unknown[][], types: ColumnType[]): SQL;
  /** How often each number stands in a column of `from ${from} where ${where}`; rows without one do not count. */
  tally(db: Db, column: string, from: SQL, where: SQL): Promise<Map<number, number>>;
  /** People of a tenant whose `search_text` holds `needle` (already folded); see name-search. */
  nameSearch: NameSearch;
}

export type ColumnType = 'text' | 'int' | 'real' | 'bool' | 'json';

export interface NameSearch {
  /** A condition on `person` that is true where the search text holds `needle`. */
  holds(needle: string): SQL;
  /**
   * A subquery of the numbers `id` of people who may hold `needle`, from an index; null where `holds` is
   * looked up in one by itself, or no index can help. Each must still be checked.
   */
  numbers(tenantId: number, needle: string): SQL | null;
  /**
   * The ids (`person.id`) of people who may hold `needle`, from an index, or null
   * when the index cannot help or more than `most` qualify. Each must still be checked.
   */
  candidates(
    db: Db,
    search: { tenantId: number; needle: string; most: number },
  ): Promise<number[] | null>;
}
