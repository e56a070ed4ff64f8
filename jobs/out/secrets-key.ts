import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRETS_KEY_BYTES, type SecretsKey } from '../../db/store/channel-secrets.ts';

/** Kept beside a database that is a file, in the folder of the access token. */
const FILE = 'secrets-key';

const NOT_SET =
  'The address would have to be stored in clear: set SECRETS_KEY to 32 random bytes in base64 (openssl rand -base64 32), the same for every process, and start again.';
const NO_KEY =
  'The file secrets-key beside the database holds no key: put the right one back, or remove the file for a new one.';

/** 32 bytes as base64 text; null: it is something else. */
export function keyOf(text: string): Buffer | null {
  if (!/^[A-Za-z0-9+/]+=$/.test(text)) return null;
  const key = Buffer.from(text, 'base64');
  return key.length === SECRETS_KEY_BYTES ? key : null;
}

interface KeyPlace {
  /** SECRETS_KEY; null: not set. */
  secretsKey: string | null;
  /** The SQLite file; null with PostgreSQL. */
  databasePath: string | null;
  dataDirectory: string;
}

/**
 * The key that channels' secrets are sealed with: SECRETS_KEY, else a file beside a database that is one, made when it is first needed. It
 * is read anew with each call, so that server and jobs agree. `randomBytes`: so many random bytes.
 */
export function secretsKey(
  { secretsKey, databasePath, dataDirectory }: KeyPlace,
  randomBytes: (bytes: number) => Buffer,
): SecretsKey {
  const set = secretsKey === null ? null : keyOf(secretsKey);
  const file = join(dataDirectory, FILE);
  const kept = () => (databasePath === null ? 'ENOENT' : readKey(file));
  return {
    found() {
      const key = set ?? kept();
      return key instanceof Buffer ? key : null;
    },
    needed() {
      if (set) return { key: set };
      if (databasePath === null) return { complaint: NOT_SET };
      const key = readKey(file);
      if (key instanceof Buffer) return { key };
      if (key === null) return { complaint: NO_KEY };
      if (key !== 'ENOENT') return { complaint: `The file ${FILE} cannot be read (${key}).` };
      return writeKey(file, randomBytes(SECRETS_KEY_BYTES));
    },
  };
}

/** Null: what the file holds is no key; a text: the code of the error with which it could not be read. */
function readKey(file: string): Buffer | string | null {
  try {
    return keyOf(readFileSync(file, 'utf8').trim());
  } catch (error) {
    return codeOf(error);
  }
}

// Under another name first, so that a crash leaves no half of a key. One server at a time uses the folder.
function writeKey(file: string, key: Buffer): { key: Buffer } | { complaint: string } {
  const written = `${file}.new`;
  try {
    writeFileSync(written, `${key.toString('base64')}\n`, { mode: 0o600, flush: true });
    chmodSync(written, 0o600);
    renameSync(written, file);
    return { key };
  } catch (error) {
    return { complaint: `The file ${FILE} cannot be written (${codeOf(error)}).` };
  }
}

function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code;
}
