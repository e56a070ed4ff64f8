import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Log } from './log.ts';

const EVERY_MS = 60_000;
const TOLERATED_MS = 1000;

/** Logs when something kept this thread from answering for over a second. Returns how to end it. */
export function watchLoop(log: Log): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const timer = setInterval(() => {
    const longestMs = Math.round(delay.max / 1e6);
    if (longestMs > TOLERATED_MS) log.warn('requests had to wait', { longestMs });
    delay.reset();
  }, EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    delay.disable();
  };
}
