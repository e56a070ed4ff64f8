import type { Sleep } from './settings.ts';

/** Spaces the report and audit calls of one tenant evenly: they share one budget at Graph. */
export interface Limiter {
  /** Waits for a slot to send in. Every attempt takes one, retries too. */
  take(signal?: AbortSignal): Promise<void>;
  /** Nobody sends for `ms` more: Graph has said that it is too much, and counts what it refuses. */
  hold(ms: number): void;
}

const WINDOW_MS = 10_000;
// A request may arrive a little earlier or later than its slot.
const MARGIN = 1.05;

export function createLimiter(settings: {
  requestsPer10s: number;
  clock: () => number;
  sleep: Sleep;
}): Limiter {
  const { clock, sleep } = settings;
  const spacingMs = (WINDOW_MS / settings.requestsPer10s) * MARGIN;
  let freeAt = 0;
  let heldUntil = 0;

  async function take(signal?: AbortSignal): Promise<void> {
    do {
      signal?.throwIfAborted();
      const slotAt = Math.max(clock(), freeAt, heldUntil);
      freeAt = slotAt + spacingMs;
      const waitMs = slotAt - clock();
      // Timers know whole milliseconds; a shorter wait is owed to a setting that is all but unlimited.
      if (waitMs >= 1) await sleep(Math.ceil(waitMs), signal);
    } while (clock() < heldUntil);
  }

  return {
    take,
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock() + ms);
    },
  };
}
