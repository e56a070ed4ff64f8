import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VECTOR_KINDS } from '../../../bench/vector-kinds.ts';
import { checkFile } from '../../../bench/vectors/check-file.ts';

const VECTORS = new URL('../../vectors', import.meta.url).pathname;
const EXTERNAL = new URL('../../../../shared/vectors/external', import.meta.url).pathname;

const jsonIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('the statistics', () => {
  test.each(jsonIn(VECTORS))('are those of the reference: %s', (name) => {
    expect(checkFile(join(VECTORS, name), VECTOR_KINDS)).toMatchObject({
      ...{ verdict: 'pass', why: null },
    });
  });

  test('holds against published interrupted time series', ({ skip }) => {
    if (!existsSync(EXTERNAL)) skip('there is no folder of external reference vectors here');
    const files = jsonIn(EXTERNAL).filter((name) => name.startsWith('its-'));

    const checked = files.map((name) => checkFile(join(EXTERNAL, name), VECTOR_KINDS));

    expect(checked.map(({ why }) => why)).toEqual(files.map(() => null));
  });
});
