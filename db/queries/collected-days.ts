import { and, eq } from 'drizzle-orm';
import { dayCollected, gaps } from '../../domain/collected.ts';
import { type Day, dayCutter, daysBetween } from '../../domain/day.ts';
import type { FeedName } from '../store/feed-runs.ts';
import { readWindows } from '../store/windows.ts';
import type { Store } from '../store-types.ts';

/** What was collected of a feed that has days, from its first day to its last. */
export interface FeedDays {
  feed: FeedName;
  all: Day[];
  has: (day: Day) => boolean;
}

/** For the feeds that have days: which were collected, from the first to the last. */
export async function collectedDays(
  store: Store,
  tenantId: number,
  timeZone: string,
): Promise<FeedDays[]> {
  const { registrationSnapshot: snapshot } = store.t;
  const cutter = dayCutter(timeZone);
  const snapshots = await store.read
    .select({ day: snapshot.day })
    .from(snapshot)
    .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.lastOfDay, true)))
    .orderBy(snapshot.day);
  const snapshotDays = new Set(snapshots.map(({ day }) => day));
  const found: FeedDays[] = [];
  const [first, last] = [snapshots[0]?.day, snapshots.at(-1)?.day];
  if (first && last) {
    const all = daysBetween(first, last);
    found.push({ feed: 'registration', all, has: (day) => snapshotDays.has(day) });
  }
  for (const feed of ['resets', 'security-info'] as const) {
    const windows = await readWindows(store, store.read, { tenantId, feed });
    const [head, tail] = [windows[0], windows.at(-1)];
    if (!head || !tail) continue;
    const all = daysBetween(cutter.dayOf(head.since), cutter.dayOf(tail.until));
    found.push({ feed, all, has: (day) => dayCollected(windows, day, cutter) !== null });
  }
  return found;
}

/** Stretches of days that were not collected, per feed. */
export function gapsOf(days: FeedDays[]): { feed: FeedName; first: Day; last: Day }[] {
  return days.flatMap(({ feed, all, has }) => gaps(all, has).map((gap) => ({ feed, ...gap })));
}
