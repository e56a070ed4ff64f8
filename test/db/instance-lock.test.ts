import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockInstance } from '../../db/instance-lock.ts';
import { openStore } from '../../db/open.ts';
import { emptyFolder } from '../build/server.ts';

test('one server per file: the second is refused with a sentence, until the first has ended', () => {
  const path = join(emptyFolder(), 'x.db');
  const lock = lockInstance(path);

  expect(() => lockInstance(path)).toThrow(/Another server is already using .*DATABASE_URL/);
  lock.release();
  lockInstance(path).release();
  expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o600);
});

test('a file reached by another name is the same file', async () => {
  const folder = emptyFolder();
  await (await openStore(join(folder, 'x.db'))).close();
  symlinkSync(join(folder, 'x.db'), join(folder, 'y.db'));
  const lock = lockInstance(join(folder, 'x.db'));

  expect(() => lockInstance(join(folder, 'y.db'))).toThrow(/Another server/);
  lock.release();
});

test('commands may use the database beside the server', async () => {
  const path = join(emptyFolder(), 'x.db');
  const lock = lockInstance(path);

  await (await openStore(path)).close();
  lock.release();
});

test('the lock of a process that was killed is gone with it', async () => {
  const path = join(emptyFolder(), 'x.db');
  const file = new URL('../../db/instance-lock.ts', import.meta.url).href;
  const script = `const { lockInstance } = await import(${JSON.stringify(file)});
    globalThis.held = lockInstance(${JSON.stringify(path)});
    console.log('held');
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await once(other.stdout, 'data');
  expect(() => lockInstance(path)).toThrow(/Another server/);

  other.kill('SIGKILL');
  await once(other, 'exit');

  lockInstance(path).release();
});
