import { basename, dirname, join } from 'node:path';
import { sqlitePath } from '../../db/open.ts';

/** File of the sample tenant, beside the file a real one would have. */
export const SAMPLE_FILE = 'sample.db';

const isPostgres = (url: string) => /^postgres(ql)?:/.test(url);

export interface DatabasePlace {
  /** `file:…` or `postgres://…`; a secret, as it may hold a password. */
  url: string;
  /** Where the SQLite file is; null with PostgreSQL. */
  path: string | null;
  /** Folder of what is kept beside the database: the access token that was made. */
  directory: string;
}

/**
 * Which database to open. The sample tenant never shares one with real data: it
 * has a SQLite file of its own, `sample.db` in the folder of DATABASE_URL, or in
 * ./data where that names PostgreSQL.
 */
export function databasePlace(databaseUrl: string, sample: boolean): DatabasePlace {
  const real = isPostgres(databaseUrl) ? null : sqlitePath(databaseUrl);
  const directory = real === null ? './data' : dirname(real);
  if (real === null && !sample) return { url: databaseUrl, path: null, directory };
  const path = sample || real === null ? join(directory, SAMPLE_FILE) : real;
  return { url: `file:${path}`, path, directory };
}

/** What speaks against this place for a real tenant, or null. */
export function placeComplaint({ path }: DatabasePlace, sample: boolean): string | null {
  if (sample || path === null || basename(path) !== SAMPLE_FILE) return null;
  return `DATABASE_URL: a file called ${SAMPLE_FILE} holds the sample tenant; give real data another name.`;
}
