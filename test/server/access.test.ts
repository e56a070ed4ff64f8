import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keptToken } from '../../server/access.ts';
import { createSessions } from '../../server/sessions.ts';
import { emptyFolder } from '../build/server.ts';

describe('the token made by us', () => {
  test('has 256 bits, is kept for the next start, and can be read by its owner alone', () => {
    const folder = join(emptyFolder(), 'data');

    const token = keptToken(folder);

    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(keptToken(folder)).toBe(token);
    expect(readFileSync(join(folder, 'access-token'), 'utf8')).toBe(`${token}\n`);
    expect(statSync(join(folder, 'access-token')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('is made again when its file was cut off, and closed again when it was opened', () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'access-token'), 'cut', { mode: 0o644 });

    const token = keptToken(folder);

    expect(token).toHaveLength(43);
    expect(statSync(join(folder, 'access-token')).mode & 0o777).toBe(0o600);
  });
});

test('sessions are capped: the one unused longest makes room', () => {
  const sessions = createSessions();
  const ids = Array.from({ length: 100 }, () => sessions.start(0));
  sessions.use(ids[0] ?? '', 1);

  sessions.start(2);

  expect(sessions.use(ids[0] ?? '', 3)).toBe(true);
  expect(sessions.use(ids[1] ?? '', 3)).toBe(false);
});
