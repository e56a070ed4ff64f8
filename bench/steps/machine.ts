import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import Database from 'better-sqlite3';

/** What the figures were measured on. */
export function machine(_: Record<string, never>) {
  const sqlite = new Database(':memory:');
  const version = sqlite.prepare('select sqlite_version()').pluck().get() as string;
  sqlite.close();
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memoryBytes: totalmem(),
    system: `${type()} ${release().split('-')[0]}`,
    node: process.version,
    sqlite: version,
  };
}
