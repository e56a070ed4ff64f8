import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { secretsKey } from '../../../jobs/out/secrets-key.ts';
import { emptyFolder } from '../../build/server.ts';

const KEY = Buffer.alloc(32, 'k');

function keyIn(folder: string, { secretsKey: set = null }: { secretsKey?: string | null } = {}) {
  const place = { databasePath: join(folder, 'x.db'), dataDirectory: folder, secretsKey: set };
  return secretsKey(place, randomBytes);
}

describe('the key that secrets are sealed with', () => {
  test('is made when it is first needed, in a file for its owner alone, and kept', () => {
    const folder = emptyFolder();
    const [server, jobs] = [keyIn(folder), keyIn(folder)];

    expect(jobs.found()).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    const made = server.needed();

    expect(made).toEqual({ key: expect.any(Buffer) });
    expect(server.needed()).toEqual(made);
    expect({ key: jobs.found() }).toEqual(made);
    expect(readdirSync(folder)).toEqual(['secrets-key']);
    expect(statSync(join(folder, 'secrets-key')).mode & 0o777).toBe(0o600);
  });

  test('is another one in another folder', () => {
    expect(keyIn(emptyFolder()).needed()).not.toEqual(keyIn(emptyFolder()).needed());
  });

  test('is SECRETS_KEY where that is set, and then no file is made', () => {
    const folder = emptyFolder();
    const set = keyIn(folder, { secretsKey: KEY.toString('base64') });

    expect(set.needed()).toEqual({ key: KEY });
    expect(set.found()).toEqual(KEY);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('has to be set with PostgreSQL, also where a file lies about', () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'secrets-key'), `${KEY.toString('base64')}\n`);
    const place = { databasePath: null, dataDirectory: folder, secretsKey: null };

    expect(secretsKey(place, randomBytes).found()).toBeNull();
    expect(secretsKey(place, randomBytes).needed()).toEqual({
      complaint: expect.stringContaining('set SECRETS_KEY'),
    });
  });

  test('is not replaced where its file holds something else', () => {
    const folder = emptyFolder();
    const file = join(folder, 'secrets-key');
    writeFileSync(file, 'half of a k');

    expect(keyIn(folder).found()).toBeNull();
    expect(keyIn(folder).needed()).toEqual({
      complaint: expect.stringContaining('holds no key'),
    });
    expect(readFileSync(file, 'utf8')).toBe('half of a k');
  });

  test('that cannot be written is a complaint, not a crash', () => {
    expect(keyIn(join(emptyFolder(), 'nowhere')).needed()).toEqual({
      complaint: 'The file secrets-key cannot be written (ENOENT).',
    });
  });
});
