import { count, sql } from 'drizzle-orm';
import type { Store } from '../../db/store-types.ts';

export interface HistoryStorage {
  /** Rows of the change log, the first state of everybody among them. */
  changes: number;
  /** Bytes of whole database pages, indexes included. */
  changeBytes: number;
  countBytes: number;
  /** Snapshots, the dictionary of states, methods, depth. */
  otherBytes: number;
}

/** What registration history takes in a SQLite file (not for PostgreSQL, which has no dbstat). */
export async function historyStorage(store: Store): Promise<HistoryStorage> {
  const tables = await store.dialect.rows<{ name: string; bytes: number }>(
    store.read,
    sql`select name, pgsize as bytes from dbstat where aggregate = true and name like '%registration_%'`,
  );
  const bytesOf = (belongs: (name: string) => boolean) =>
    tables.reduce((sum, { name, bytes }) => sum + (belongs(name) ? bytes : 0), 0);
  const isChange = (name: string) => name.includes('registration_change');
  const isCount = (name: string) => name.includes('registration_count');
  const [rows] = await store.read.select({ rows: count() }).from(store.t.registrationChange);
  return {
    changes: rows?.rows ?? 0,
    changeBytes: bytesOf(isChange),
    countBytes: bytesOf(isCount),
    otherBytes: bytesOf(
      (name) => !isChange(name) && !isCount(name) && !name.includes('registration_pending'),
    ),
  };
}
