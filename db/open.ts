import { openPostgres } from './open-postgres.ts';
import { type OpenOptions, openSqlite } from './open-sqlite.ts';
import type { Store } from './store-types.ts';

/**
 * Opens the database that `url` names and brings it up to date:
 * `file:./data/x.db` (SQLite) or `postgres://…`. Throws an Error with a sentence
 * for people when it cannot be opened, is damaged, or is newer than this program.
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  if (/^postgres(ql)?:/.test(url)) return openPostgres(url);
  return openSqlite(sqlitePath(url), options);
}

/** The path in a `file:` URL; a text without scheme is a path already. */
export function sqlitePath(url: string): string {
  return url.replace(/^file:(\/\/(?=\/))?/, '');
}
