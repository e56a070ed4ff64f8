import { closeSync, existsSync, mkdirSync, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

export interface InstanceLock {
  release(): void;
}

/** Another server has the file. The message is a sentence for people. */
export class DatabaseInUse extends Error {
  override name = 'DatabaseInUse';
}

/**
 * Makes sure that one server at a time uses the SQLite file at `path`: a second
 * tiny file beside it is held in an exclusive transaction for as long as this
 * process lives. The operating system drops it with the process, however that
 * ends, so there is never a stale lock. Commands do not take it: they may run beside a server.
 */
export function lockInstance(path: string): InstanceLock {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // One lock per file, by whatever name it is reached.
  const lockPath = `${existsSync(path) ? realpathSync(path) : path}.lock`;
  closeSync(openSync(lockPath, 'a', 0o600));
  const lock = new Database(lockPath, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new DatabaseInUse(
        `Another server is already using ${path}. Stop it, or give this one a file of its own by DATABASE_URL.`,
      );
    throw error;
  }
  return { release: () => void lock.close() };
}
