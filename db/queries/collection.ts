import { and, count, desc, eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import { type FeedName, feedMemory } from '../store/feed-runs.ts';
import type { Store } from '../store-types.ts';
import { collectedDays, type FeedDays, gapsOf } from './collected-days.ts';
import { workedOut } from './worked-out.ts';

export const FEED_NAMES: FeedName[] = [
  'registration',
  'resets',
  'security-info',
  'people',
  'domains',
  'checksum',
];

/** A feed is late when nothing complete came for this long: twice its usual schedule and some patience. */
const LATE_AFTER_MS: Record<FeedName, number> = {
  registration: 50 * 3_600_000,
  resets: 3 * 3_600_000,
  'security-info': 3 * 3_600_000,
  people: 50 * 3_600_000,
  domains: 50 * 3_600_000,
  checksum: 50 * 3_600_000,
};

interface Input {
  tenantId: number;
  timeZone: string;
  now: number;
}

/** How every feed stands, what is missing, and what a running job is doing. */
export async function collection(store: Store, { tenantId, timeZone, now }: Input) {
  const { tenant, lease } = store.t;
  const [own] = await store.read.select().from(tenant).where(eq(tenant.id, tenantId));
  const [running] = await store.read.select().from(lease).where(eq(lease.tenantId, tenantId));
  const alive = running !== undefined && running.expiresAt >= now && running.doing !== null;
  const off = await feedsOff(store, tenantId);
  const feeds = [];
  for (const feed of FEED_NAMES)
    feeds.push(await feedStatus(store, { tenantId, feed, now, alive, off }));
  const days = await collectedDays(store, tenantId, timeZone);
  return {
    feeds,
    gaps: gapsOf(days),
    tenant: { name: own?.name ?? null, sample: own?.sample ?? false },
    timeZone,
    asOf: isoTextOrNull((await workedOut(store, tenantId)).asOf),
    history: historyOf(days),
    progress:
      alive && running
        ? {
            doing: running.doing ?? '',
            share: running.doneOf1000 === null ? null : running.doneOf1000 / 1000,
          }
        : null,
  };
}

async function feedStatus(
  store: Store,
  {
    tenantId,
    feed,
    now,
    alive,
    off,
  }: { tenantId: number; feed: FeedName; now: number; alive: boolean; off: FeedName[] },
) {
  const { jobRun } = store.t;
  const memory = await feedMemory(store, tenantId, feed);
  const [run] = await store.read
    .select()
    .from(jobRun)
    .where(and(eq(jobRun.tenantId, tenantId), eq(jobRun.feed, feed)))
    .orderBy(desc(jobRun.id))
    .limit(1);
  const isRunning = alive && run !== undefined && run.endedAt === null;
  const judged = judge(memory, { feed, now });
  const state: FeedState = off.includes(feed) ? 'off' : isRunning ? 'running' : judged.state;
  return {
    feed,
    state,
    lastCompleteAt: isoTextOrNull(memory.lastCompleteAt),
    newestRecordAt: isoTextOrNull(memory.newestRecordAt),
    reason: state === 'off' ? offReason(feed) : judged.reason,
    stored: memory.stored ?? 0,
    rejected: await rejectedRows(store, tenantId, feed),
    lastRun: run ? runOf(run) : null,
  };
}

/** Feeds that a setting has switched off; `checksum` is a beta report that this version does not collect. */
async function feedsOff({ t: { setting }, read }: Store, tenantId: number): Promise<FeedName[]> {
  const rows = await read
    .select({ name: setting.name })
    .from(setting)
    .where(and(eq(setting.tenantId, tenantId), eq(setting.value, 'false')));
  const names = new Set(rows.map(({ name }) => name));
  return FEED_NAMES.filter((feed) => feed === 'checksum' || names.has(`feed.${feed}`));
}

const offReason = (feed: FeedName) =>
  feed === 'checksum'
    ? 'A beta report that this version does not collect.'
    : 'Switched off in Settings.';

export type FeedState = 'never' | 'running' | 'ok' | 'late' | 'failed' | 'unavailable' | 'off';

function judge(
  memory: Awaited<ReturnType<typeof feedMemory>>,
  { feed, now }: { feed: FeedName; now: number },
): { state: FeedState; reason: string | null } {
  const { state, reason, lastCompleteAt } = memory;
  if (state === null) return { state: 'never', reason: null };
  if (state === 'ok' && lastCompleteAt !== null && now - lastCompleteAt > LATE_AFTER_MS[feed]) {
    const hours = Math.floor((now - lastCompleteAt) / 3_600_000);
    return { state: 'late', reason: `Nothing complete was read for ${hours} hours.` };
  }
  return { state, reason };
}

function runOf(run: Store['t']['jobRun']['$inferSelect']) {
  const { startedAt, endedAt, pages, received, added, changed, rejected } = run;
  const counts = { pages, received, added, changed, rejected };
  return { startedAt: isoText(startedAt), endedAt: isoTextOrNull(endedAt), ...counts };
}

async function rejectedRows({ t: { quarantine }, read }: Store, tenantId: number, feed: string) {
  const [row] = await read
    .select({ rows: count() })
    .from(quarantine)
    .where(and(eq(quarantine.tenantId, tenantId), eq(quarantine.feed, feed)));
  return Number(row?.rows ?? 0);
}

function historyOf(days: FeedDays[]): { first: Day; last: Day } | null {
  const all = days.flatMap((feed) => feed.all.filter(feed.has)).sort();
  const [first, last] = [all[0], all.at(-1)];
  return first && last ? { first, last } : null;
}
