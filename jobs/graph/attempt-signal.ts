/** Aborts when the caller's signal does, or after a time, whichever is first; until it is released. */
export interface AttemptSignal {
  signal: AbortSignal;
  release(): void;
}

/**
 * One clock over headers and body: undici's own timeouts start anew with every byte that
 * drips in. Released after each attempt, where AbortSignal.timeout would keep a timer for a
 * minute after each of thousands. A timeout's reason is named `TimeoutError`.
 */
export function attemptSignal(caller: AbortSignal | undefined, timeoutMs: number): AttemptSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(caller?.reason);
  const timer = setTimeout(
    () => controller.abort(new DOMException('Took too long.', 'TimeoutError')),
    timeoutMs,
  );
  if (caller?.aborted) stop();
  caller?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', stop);
    },
  };
}
