import { type FeedName, feedMemory } from '../db/store/feed-runs.ts';
import type { Store } from '../db/store-types.ts';
import { DAY_MS, HOUR_MS } from '../domain/day.ts';

/** A feed not read for this long is read at the start, once, however many ticks were missed. */
const DUE_AFTER_MS: Record<FeedName, number> = {
  registration: DAY_MS,
  people: DAY_MS,
  domains: DAY_MS,
  checksum: DAY_MS,
  resets: HOUR_MS,
  'security-info': HOUR_MS,
};

/** The feeds that should be read when the program starts. */
export async function dueFeeds(
  store: Store,
  { tenantId, feeds, now }: { tenantId: number; feeds: readonly FeedName[]; now: number },
): Promise<FeedName[]> {
  const due: FeedName[] = [];
  for (const feed of feeds) {
    const { lastCompleteAt } = await feedMemory(store, tenantId, feed);
    if (lastCompleteAt === null || now - lastCompleteAt >= DUE_AFTER_MS[feed]) due.push(feed);
  }
  return due;
}
