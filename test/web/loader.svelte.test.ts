import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { RequestError } from '../../web/api/request.ts';
import { type Loader, loader } from '../../web/state/loader.svelte.ts';

/** A question that is answered by hand, in any order. */
function byHand() {
  const asked: {
    answer: (text: string) => void;
    fail: (error: Error) => void;
    signal: AbortSignal;
  }[] = [];
  const ask = (signal: AbortSignal) =>
    new Promise<string>((answer, fail) => {
      asked.push({ answer, fail, signal });
    });
  return { asked, ask };
}

const settle = async () => {
  await new Promise((done) => setTimeout(done));
  flushSync();
};

/** A loader that asks again whenever `question` changes. */
function loading(ask: (signal: AbortSignal) => Promise<string> | null) {
  const question = $state({ number: 1 });
  let made: Loader<string> | undefined;
  const stop = $effect.root(() => {
    made = loader((signal) => {
      question.number;
      return ask(signal);
    });
  });
  flushSync();
  if (!made) throw new Error('No loader was made');
  return { load: made, question, stop };
}

describe('the loader', () => {
  test('an answer to an old question never overwrites that to a newer one', async () => {
    const { asked, ask } = byHand();
    const { load, question, stop } = loading(ask);

    question.number = 2;
    flushSync();
    asked[1]?.answer('new');
    await settle();
    asked[0]?.answer('old');
    await settle();

    expect(load.current).toEqual({ state: 'ready', data: 'new' });
    stop();
  });

  test('aborts the request whose question has changed', () => {
    const { asked, ask } = byHand();
    const { question, stop } = loading(ask);

    question.number = 2;
    flushSync();

    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    stop();
  });

  test('keeps the last good answer while the next one loads, and when it fails', async () => {
    const { asked, ask } = byHand();
    const { load, question, stop } = loading(ask);
    asked[0]?.answer('good');
    await settle();

    question.number = 2;
    flushSync();
    expect(load.current).toEqual({ state: 'loading', data: 'good' });

    asked[1]?.fail(new RequestError('unavailable', 'Locked by a backup.'));
    await settle();
    expect(load.current).toEqual({
      state: 'failed',
      data: 'good',
      kind: 'unavailable',
      message: 'Locked by a backup.',
    });
    stop();
  });

  test('asks again on request', async () => {
    const { asked, ask } = byHand();
    const { load, stop } = loading(ask);
    asked[0]?.fail(new Error('no'));
    await settle();

    load.retry();
    flushSync();
    asked[1]?.answer('yes');
    await settle();

    expect(load.current).toEqual({ state: 'ready', data: 'yes' });
    stop();
  });

  test('is loading while it cannot ask yet', () => {
    const { load, stop } = loading(() => null);

    expect(load.current).toEqual({ state: 'loading', data: null });
    stop();
  });
});
