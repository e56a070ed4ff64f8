import type { Day } from '../../domain/day.ts';
import type { CollectionResponse } from '../../server/contract/collection.ts';
import { fetchCollection } from '../api/client.ts';
import { type ErrorKind, RequestError } from '../api/request.ts';
import type { Loaded } from './loader.svelte.ts';

const WHILE_RUNNING_MS = 2_000;
const OTHERWISE_MS = 60_000;

let current = $state.raw<Loaded<CollectionResponse>>({ state: 'loading', data: null });
let nowMs = $state(Date.now());

// A text, so that an answer that says the same as the one before makes nobody ask again.
const edition = $derived.by(() => {
  const answer = current.data;
  if (answer === null) return '';
  const runs = answer.feeds.map(({ lastCompleteAt }) => lastCompleteAt);
  return JSON.stringify([answer.timeZone, answer.history, answer.asOf, runs]);
});

/** What has been collected, asked again as long as the page is open. */
export const collection = {
  get current(): Loaded<CollectionResponse> {
    return current;
  },
  /** Changes when there is something new to read; loaders read it so that the page fills itself. */
  get edition(): string {
    return edition;
  },
  get timeZone(): string {
    return current.data?.timeZone ?? 'UTC';
  },
  /** First and last collected day; null: nothing yet, or not known yet. */
  get history(): { first: Day; last: Day } | null {
    const history = current.data?.history ?? null;
    return history && { first: history.first as Day, last: history.last as Day };
  },
  /** The reader's clock, UTC milliseconds, for ages; moves with every answer. */
  get nowMs(): number {
    return nowMs;
  },
};

/** Asks until stopped: every 2 s while a job runs, every 60 s otherwise. */
export function watchCollection(): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async () => {
    await readCollection(abort.signal);
    if (abort.signal.aborted) return;
    timer = setTimeout(look, isRunning() ? WHILE_RUNNING_MS : OTHERWISE_MS);
  };
  void look();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}

/** Asks once, now. */
export async function readCollection(signal?: AbortSignal): Promise<void> {
  try {
    const data = await fetchCollection(signal);
    if (!signal?.aborted) current = { state: 'ready', data };
  } catch (error) {
    if (!signal?.aborted) current = { state: 'failed', data: current.data, ...reasonOf(error) };
  }
  nowMs = Date.now();
}

function isRunning(): boolean {
  const answer = current.data;
  if (answer === null) return true;
  return answer.progress !== null || answer.feeds.some(({ state }) => state === 'running');
}

function reasonOf(error: unknown): { message: string; kind: ErrorKind } {
  if (error instanceof RequestError) return { message: error.message, kind: error.kind };
  return { message: 'What has been collected could not be read.', kind: 'internal' };
}
