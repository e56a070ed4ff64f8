import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { migrationsFolder } from './migrations.ts';

const ENGINES = { sqlite: 'sqlite', pg: 'postgresql' } as const;

/**
 * `npm run migration -- --name add_incidents [--custom]`: one migration per engine
 * from the one schema, by drizzle-kit. `--check` generates into a copy and exits 1 when
 * something would come out: the schema was changed without its migration.
 */
const flags = process.argv.slice(2);
const checkOnly = flags.includes('--check');

for (const [engine, dialect] of Object.entries(ENGINES) as ['sqlite' | 'pg', string][]) {
  const folder = relative('.', migrationsFolder(engine)); // drizzle-kit puts a dot before an absolute path
  const out = checkOnly ? mkdtempSync(join('node_modules', 'migrations-')) : folder;
  if (checkOnly) cpSync(folder, out, { recursive: true });
  const args = [
    'generate',
    `--dialect=${dialect}`,
    `--schema=db/schema.${engine}.ts`,
    `--out=${out}`,
  ];
  const passed = flags.filter((flag) => flag !== '--check');
  const run = spawnSync('npx', ['--no-install', 'drizzle-kit', ...args, ...passed], {
    encoding: 'utf8',
    shell: false,
  });
  if (checkOnly) rmSync(out, { recursive: true });
  const text = `${run.stdout}${run.stderr}`;
  if (run.status !== 0 || (checkOnly && !text.includes('No schema changes'))) {
    console.error(text);
    console.error(
      `${engine}: ${checkOnly ? 'the schema has changes without a migration' : 'failed'}`,
    );
    process.exit(1);
  }
  if (!checkOnly) console.log(text.trim());
}
