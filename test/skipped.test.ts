import { describe, expect, test } from 'vitest';
import { sources } from './build/repository.ts';
import { SKIPS, unlisted } from './skip-list.ts';

describe('skipped tests', () => {
  test('one that is not on the list is found, one that is on it is not', () => {
    const list = [
      { test: 'real records', reason: 'sample files not beside the checkout' as const },
    ];

    expect(unlisted(['a.test.ts > real records > are read', 'a.test.ts > other'], list)).toEqual([
      'a.test.ts > other',
    ]);
  });

  test('every entry of the list names a test that there is', () => {
    const texts = sources('test').map(({ text }) => text);
    const gone = SKIPS.filter((skip) => !texts.some((text) => text.includes(skip.test)));

    expect(gone).toEqual([]);
  });
});
