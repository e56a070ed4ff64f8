import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../db/open.ts';
import type { FeedName } from '../db/store/feed-runs.ts';
import { settingDefaults } from '../db/store/settings.ts';
import { currentTenant, TenantMismatch } from '../db/store/tenant.ts';
import { FEEDS } from './collection-run.ts';
import type { Config } from './config.ts';
import { dueFeeds } from './due.ts';
import { deliveryLoop } from './out/delivery-loop.ts';
import { run } from './run.ts';
import { startSchedule } from './schedule.ts';
import { type JobsDeps, settingsOf } from './tenant-session.ts';
import type { FromJobs, ToJobs } from './worker-messages.ts';

// The jobs' thread: its own connection, so that a million people being stored never
// make a request wait. The cron only says what is due; runs happen here one by one.

const port = parentPort;
if (!port) throw new Error('jobs/worker.ts runs as a worker thread of the server');
const say = (message: FromJobs) => port.postMessage(message);

const ALL = FEEDS.map(([feed]) => feed);
const config = workerData as Config;
const abort = new AbortController();
const store = await openStore(config.databaseUrl, { madeUp: config.graph === null });
const deps: JobsDeps = { store, config, clock: Date.now, signal: abort.signal };

/** Feeds waiting for their turn; one that waits already is not added again. */
const waiting = new Set<FeedName>();
/** Settings changed: the figures must be worked out again even if no feed is due. */
let refigure = false;
let wake: () => void = () => undefined;
let stopSchedule: () => Promise<void> = async () => undefined;

function request(feeds: readonly FeedName[]): void {
  for (const feed of feeds) waiting.add(feed);
  wake();
}

port.on('message', (message: ToJobs) => {
  if (message.type === 'stop') abort.abort();
  else if (message.type === 'settings') refigure = true;
  else request(message.feeds ? ALL.filter((feed) => message.feeds?.includes(feed)) : ALL);
  wake();
});

async function reschedule(): Promise<void> {
  await stopSchedule();
  const tenant = await currentTenant(store);
  const settings = tenant
    ? await settingsOf(deps, tenant.id)
    : settingDefaults({ timeZone: config.timeZone });
  stopSchedule = startSchedule(ALL, settings, (feed) => request([feed]));
}

async function runWaiting(): Promise<void> {
  const feeds = ALL.filter((feed) => waiting.has(feed));
  waiting.clear();
  refigure = false;
  const report = await run(deps, {
    feeds,
    full: false,
    wait: true,
    onProgress: () => undefined, // kept in the lease, where every process can read it
    onNote: (note) => say({ type: 'log', level: 'warn', event: 'note', facts: { note } }),
    onBug: (error) => say({ type: 'log', level: 'error', event: 'bug', facts: bugFacts(error) }),
  });
  for (const { feed, state, reason, received, added, changed, rejected } of report?.feeds ?? []) {
    const level = state === 'ok' ? 'info' : 'warn';
    const facts = { feed, state, reason, received, added, changed, rejected };
    say({ type: 'log', level, event: 'collected', facts });
  }
  await reschedule();
  say({ type: 'ended' });
}

function bugFacts(error: unknown): Record<string, string> {
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** After a failure that is not a feed's own, so that a broken database does not spin. */
const PAUSE_MS = 30_000;

async function loop(): Promise<void> {
  await reschedule();
  const tenant = await currentTenant(store);
  request(await dueFeeds(store, { tenantId: tenant?.id ?? 0, feeds: ALL, now: Date.now() }));
  while (!abort.signal.aborted) {
    if (waiting.size === 0 && !refigure) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    const asked = [...waiting];
    try {
      await runWaiting();
    } catch (error) {
      if (abort.signal.aborted) break;
      const foreseen = error instanceof TenantMismatch;
      const facts = foreseen ? { reason: error.message } : bugFacts(error);
      say({ type: 'log', level: 'error', event: 'run failed', facts });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS).unref());
      if (!foreseen) request(asked);
    }
  }
}

// Alerts go out beside the collections, so that a long one does not hold them back.
const deliveries = deliveryLoop(
  {
    ...deps,
    random: Math.random,
    onBug: (error) => say({ type: 'log', level: 'error', event: 'bug', facts: bugFacts(error) }),
  },
  ({ sent, failed, dead }) => {
    const level = failed + dead > 0 ? 'warn' : 'info';
    say({ type: 'log', level, event: 'alerts sent', facts: { sent, failed, dead } });
  },
);
await loop();
await deliveries;
await stopSchedule();
await store.close();
port.close();
