import { parseArgs } from 'node:util';
import { openStore } from '../db/open.ts';
import type { FeedName } from '../db/store/feed-runs.ts';
import { FEEDS, type FeedReport } from './collection-run.ts';
import { BadConfig, processConfig } from './config.ts';
import { deliverOnce, pruneOnce } from './out/delivery-loop.ts';
import { terminalProgress } from './progress.ts';
import { run } from './run.ts';
import { startFailure } from './start-failure.ts';
import type { JobsDeps } from './tenant-session.ts';

/**
 * `npm run collect [-- --json] [-- --feed NAME]`: every collection and roll-up once.
 * Exits 0, or 1 with a sentence per feed that failed, is unavailable or is held.
 */
async function main(): Promise<number> {
  const { json, feeds } = readArguments();
  const config = processConfig();
  const store = await openStore(config.databaseUrl, { madeUp: config.graph === null });
  const progress = terminalProgress(json ? null : process.stderr);
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  process.once('SIGTERM', () => abort.abort());
  try {
    const report = await run(
      { store, config, clock: Date.now, signal: abort.signal },
      {
        feeds,
        full: true,
        wait: true,
        onProgress: progress.show,
        onNote: (note) => progress.line(note),
        onBug: (error) => console.error(error),
      },
    );
    progress.end();
    await sendAlerts({ store, config, clock: Date.now, signal: abort.signal });
    if (!report) throw new TypeError('Waited for the lease and did not get it');
    const bad = report.feeds.filter(({ state }) => state !== 'ok');
    if (json) console.log(JSON.stringify({ ok: bad.length === 0, ...report }, null, 2));
    else for (const feed of report.feeds) console.log(inWords(feed));
    for (const { feed, reason } of report.feeds)
      if (reason !== null) console.error(`${feed}: ${reason}`);
    return bad.length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

/** However slow receivers are, the command does not wait longer for them; what is left stays in the outbox. */
const SEND_WITHIN_MS = 60_000;

async function sendAlerts(deps: JobsDeps): Promise<void> {
  const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(SEND_WITHIN_MS)]);
  const onBug = (error: unknown) => console.error(error);
  const delivered = await deliverOnce({ ...deps, signal, random: Math.random, onBug });
  if (!signal.aborted) await pruneOnce(deps);
  const missed = delivered === null ? 0 : delivered.failed + delivered.dead;
  if (missed > 0)
    console.error(`alerts: ${missed} could not be sent; the page Data trust says why`);
}

function readArguments(): { json: boolean; feeds: FeedName[] } {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, feed: { type: 'string' } },
  });
  const all = FEEDS.map(([feed]) => feed);
  if (values.feed === undefined) return { json: values.json, feeds: all };
  const feed = all.find((name) => name === values.feed);
  if (!feed)
    throw new BadConfig(`There is no feed ${values.feed}. The feeds are: ${all.join(', ')}.`);
  return { json: values.json, feeds: [feed] };
}

function inWords({ feed, state, received, added, changed, rejected }: FeedReport): string {
  const counts = `${received} received, ${added} added, ${changed} changed`;
  return `${feed.padEnd(14)}${state.padEnd(12)}${counts}${rejected > 0 ? `, ${rejected} set aside` : ''}`;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(startFailure(error, null));
  process.exitCode = 1;
}
