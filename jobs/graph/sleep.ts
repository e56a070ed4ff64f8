import { setTimeout as timeout } from 'node:timers/promises';

/** Waits by the machine's timer; rejects with an AbortError as soon as `signal` is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await timeout(ms, undefined, signal ? { signal } : {});
}
