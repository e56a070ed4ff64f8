import { expect, test } from 'vitest';
import { inTurns } from '../../server/in-turns.ts';

test('works run one after another, also after one that failed', async () => {
  const inTurn = inTurns();
  const said: string[] = [];
  const work = (name: string) => async () => {
    said.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    said.push(`${name} ends`);
    if (name === 'one') throw new Error('one fails');
    return name;
  };

  const all = await Promise.allSettled(['one', 'two', 'three'].map((name) => inTurn(work(name))));

  expect(said).toEqual(
    ['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});
