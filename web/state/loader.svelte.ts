import { type ErrorKind, RequestError } from '../api/request.ts';
import { follow } from './follow.ts';

export type Loaded<T> =
  | { state: 'loading'; data: T | null }
  | { state: 'ready'; data: T }
  | { state: 'failed'; data: T | null; message: string; kind: ErrorKind };

export interface Loader<T> {
  readonly current: Loaded<T>;
  /** Asks again, with the same question. */
  retry(): void;
}

/**
 * Loads something again whenever what `load` reads changes, and forgets an answer that comes after a newer
 * question. The last good answer stays on screen while the next one loads. `load` answers null while it cannot
 * ask yet (the period is not known, say): that is loading too. Must be called while a component is made.
 */
export function loader<T>(load: (signal: AbortSignal) => Promise<T> | null): Loader<T> {
  // Raw, because answers are replaced whole and charts must not be handed proxies.
  let current = $state.raw<Loaded<T>>({ state: 'loading', data: null });
  const tries = $state({ count: 0 });
  let last: T | null = null;

  $effect(() => {
    follow(tries.count);
    const abort = new AbortController();
    const asked = load(abort.signal);
    current = { state: 'loading', data: last };
    asked?.then(
      (data) => {
        if (abort.signal.aborted) return;
        last = data;
        current = { state: 'ready', data };
      },
      (error: unknown) => {
        if (!abort.signal.aborted) current = { state: 'failed', data: last, ...reasonOf(error) };
      },
    );
    return () => abort.abort();
  });

  return {
    get current() {
      return current;
    },
    retry() {
      tries.count += 1;
    },
  };
}

function reasonOf(error: unknown): { message: string; kind: ErrorKind } {
  if (error instanceof RequestError) return { message: error.message, kind: error.kind };
  return {
    message: error instanceof Error ? error.message : 'It could not be read.',
    kind: 'internal',
  };
}
