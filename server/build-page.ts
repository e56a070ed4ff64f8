import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the page is made of. */
const SOURCES = ['web', 'domain', 'server/contract', 'package.json', 'vite.config.ts'];

/** Hash of the sources the page was built from; a build empties the folder, this file included. */
const STAMP = join(ROOT, 'dist/web/.built-from');

if (import.meta.main) await buildPageIfNeeded();

/** Builds the page where there is none, or its sources have changed since. */
async function buildPageIfNeeded(): Promise<void> {
  const sources = hashOf(SOURCES.flatMap((source) => filesIn(join(ROOT, source))));
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  console.error('Building the page …');
  const { build } = await import('vite');
  const configFile = join(ROOT, 'vite.config.ts');
  await build({ configFile, root: join(ROOT, 'web'), logLevel: 'warn' });
  writeFileSync(STAMP, sources);
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

// Of contents, not of times: a checkout of other code may well be older than the build.
function hashOf(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    hash
      .update(`${file.slice(ROOT.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}
