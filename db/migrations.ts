import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/** Where the generated migrations of an engine are. */
export function migrationsFolder(engine: 'sqlite' | 'pg'): string {
  return join(FOLDER, engine);
}

const Journal = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) });

/** When the newest migration of this program was made: a database that had a later one is refused. */
export function newestMigration(engine: 'sqlite' | 'pg'): number {
  const text = readFileSync(join(migrationsFolder(engine), 'meta', '_journal.json'), 'utf8');
  return Math.max(0, ...Journal.parse(JSON.parse(text)).entries.map(({ when }) => when));
}

/** Throws when the database was migrated by a newer program. */
export function refuseNewer(engine: 'sqlite' | 'pg', appliedLast: number | null): void {
  if (appliedLast !== null && appliedLast > newestMigration(engine))
    throw new Error(
      'This database was written by a newer deflectometer. Start that version, or restore a backup made with this one. Nothing was changed.',
    );
}
