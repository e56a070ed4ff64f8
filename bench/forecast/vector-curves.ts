import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Curve } from './growth-curves.ts';

const FOLDER = new URL('../../test/vectors', import.meta.url).pathname;
const File = z.looseObject({
  kind: z.string(),
  id: z.string(),
  x: z.array(z.number()).optional(),
  y: z.array(z.number()).optional(),
});

/** The growth curves among the reference files: those of the kind `nls`. */
export function vectorCurves(): { id: string; curve: Curve }[] {
  return readdirSync(FOLDER)
    .filter((name) => name.startsWith('nls-') && name.endsWith('.json'))
    .sort()
    .map((name) => {
      const {
        id,
        x = [],
        y = [],
      } = File.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));
      return { id, curve: { x, y } };
    });
}
