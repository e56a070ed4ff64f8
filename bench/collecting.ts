import { openStore } from '../db/open.ts';
import { type FeedName, feedMemory, noCounts } from '../db/store/feed-runs.ts';
import type { HeldLease } from '../db/store/lease.ts';
import { pinTenant } from '../db/store/tenant.ts';
import type { Store } from '../db/store-types.ts';
import { dayCutter } from '../domain/day.ts';
import type { Feed } from '../jobs/feeds/feed.ts';
import type { GraphPage, GraphReader } from '../jobs/graph/client.ts';
import { sleep } from '../jobs/graph/sleep.ts';
import { withLease } from '../jobs/job-lease.ts';

const ORIGIN = 'https://graph.example';
const TENANT = '11111111-2222-4333-8444-555555555555';

/** How long the writer's transactions took, milliseconds, from `begin` to after the commit. */
export interface TransactionTimes {
  count: number;
  longestMs: number;
}

/** An open database whose transactions are timed. */
export async function openTimed(
  database: string,
): Promise<{ store: Store; times: TransactionTimes }> {
  const opened = await openStore(`file:${database}`);
  const times = { count: 0, longestMs: 0 };
  const store: Store = {
    ...opened,
    async tx(work) {
      let startedAt = 0; // waiting for one's turn is not part of a transaction
      const result = await opened.tx((db) => {
        startedAt = performance.now();
        return work(db);
      });
      times.count += 1;
      times.longestMs = Math.max(times.longestMs, performance.now() - startedAt);
      return result;
    },
  };
  return { store, times };
}

/** Runs `work` under the lease of the made-up tenant, whose clock begins at `startAt` (UTC milliseconds). */
export async function asJob<T>(
  store: Store,
  startAt: number,
  work: (lease: HeldLease, clock: () => number) => Promise<T>,
): Promise<T> {
  const beginning = performance.now();
  const clock = () => startAt + Math.round(performance.now() - beginning);
  const seen = { id: TENANT, origin: ORIGIN, name: 'Bench', timeZone: 'UTC', sample: false };
  const tenant = await pinTenant(store, seen, clock());
  const { signal } = new AbortController();
  const deps = { store, tenantId: tenant.id, clock, sleep, signal };
  const result = await withLease(deps, { wait: true }, (lease) => work(lease, clock));
  return result as T; // null only without `wait`
}

/** Collects one feed from `pages`, through the product's own code. */
export async function collect(
  lease: HeldLease,
  clock: () => number,
  { feed, name, graph }: { feed: Feed; name: FeedName; graph: GraphReader },
) {
  const counts = noCounts();
  const result = await feed({
    feed: name,
    lease,
    graph,
    clock,
    cutter: dayCutter('UTC'),
    memory: await feedMemory(lease.store, lease.tenantId, name),
    full: true,
    signal: new AbortController().signal,
    counts,
    onProgress: () => undefined,
  });
  if (result.state !== 'ok') throw new Error(result.reason ?? result.state);
  return counts;
}

/** A Graph whose only listing is `pages`: bytes as they come over the wire, decoded and parsed page by page. */
export function readerOf(pages: () => Iterable<Buffer>): GraphReader & { received: number } {
  return {
    received: 0,
    tenantHint: null,
    origin: ORIGIN,
    statistics: { requests: 0, throttled: 0, retries: 0 },
    get: async () => ({ body: {}, serverTime: null }),
    async *pages(): AsyncGenerator<GraphPage, void, undefined> {
      for (const bytes of pages()) {
        this.received += bytes.length;
        const { value } = JSON.parse(bytes.toString('utf8')) as { value: unknown[] };
        yield { records: value, serverTime: null, nextLink: null };
      }
    },
  };
}
