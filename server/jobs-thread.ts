import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Config } from '../jobs/config.ts';
import type { FromJobs, ToJobs } from '../jobs/worker-messages.ts';
import { errorFacts, type Log } from './log.ts';

const WORKER = new URL('../jobs/worker.ts', import.meta.url);

const RESTART_FIRST_MS = 1000;
const RESTART_MAX_MS = 60_000;
/** A thread that lived this long was well: the next restart does not wait long. */
const HEALTHY_AFTER_MS = 5 * 60_000;
/** How long a run may take to find a safe point to stop at. */
const STOP_GRACE_MS = 5000;

export interface JobsThread {
  tell(message: ToJobs): void;
  isAlive(): boolean;
  /** Lets the jobs stop at a safe point, and ends them after five seconds at the latest. */
  stop(): Promise<void>;
}

/** Runs jobs/worker.ts in a thread of its own, and starts it again, ever later, when it dies. */
export function startJobs(
  config: Config,
  log: Log,
  { file = WORKER, stopGraceMs = STOP_GRACE_MS } = {},
): JobsThread {
  let worker: Worker | null = null;
  let exited: Promise<void> = Promise.resolve();
  let restart: NodeJS.Timeout | undefined;
  let waitMs = RESTART_FIRST_MS;
  let stopping = false;

  function start(): void {
    const startedAt = performance.now();
    const thread = new Worker(file, { workerData: config });
    worker = thread;
    thread.on('message', (message: FromJobs) => {
      if (message.type === 'log') log[message.level](message.event, message.facts);
    });
    thread.on('error', (error) => log.error('jobs failed', errorFacts(error)));
    exited = new Promise((resolve) => {
      thread.on('exit', () => {
        worker = null;
        resolve();
        if (stopping) return;
        if (performance.now() - startedAt > HEALTHY_AFTER_MS) waitMs = RESTART_FIRST_MS;
        log.error('jobs ended, starting them again', { waitMs });
        restart = setTimeout(start, waitMs);
        waitMs = Math.min(RESTART_MAX_MS, waitMs * 2);
      });
    });
  }

  start();
  return {
    tell: (message) => worker?.postMessage(message),
    isAlive: () => worker !== null,
    async stop() {
      stopping = true;
      clearTimeout(restart);
      worker?.postMessage({ type: 'stop' } satisfies ToJobs);
      await Promise.race([exited, sleep(stopGraceMs, undefined, { ref: false })]);
      await worker?.terminate();
    },
  };
}
