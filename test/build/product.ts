import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './at-end.ts';

export interface Product {
  /** The address it printed, with the token in the fragment. */
  address: string;
  origin: string;
  token: string;
  /** Everything it wrote. */
  output: () => string;
}

/** Starts the whole product as `npm start` does, in a folder of its own, and ends it after the last test. */
export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'product-'));
  const child = spawn(process.execPath, ['server/main.ts'], {
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: `file:${join(folder, 'test.db')}`,
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  atEnd(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });
  const address = await printedAddress(child, () => output);
  const url = new URL(address);
  return {
    address,
    origin: url.origin,
    token: url.hash.replace('#token=', ''),
    output: () => output,
  };
}

async function printedAddress(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const found = /https?:\/\/\S+/.exec(output());
    if (found) return found[0];
    if (child.exitCode !== null) throw new Error(`It ended: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
