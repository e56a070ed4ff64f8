import { and, eq, gte, lte } from 'drizzle-orm';
import type { ReadWindow } from '../../domain/collected.ts';
import type { Db, Store } from '../store-types.ts';

/**
 * Notes that a feed was read from `since` to `until`, in the transaction that
 * stores the last of its records. Windows that touch become one.
 */
export async function recordWindow(
  { t: { feedWindow } }: Store,
  db: Db,
  { tenantId, feed, since, until }: ReadWindow & { tenantId: number; feed: string },
): Promise<void> {
  const touching = and(
    eq(feedWindow.tenantId, tenantId),
    eq(feedWindow.feed, feed),
    lte(feedWindow.sinceAt, until),
    gte(feedWindow.untilAt, since),
  );
  const old = await db.select().from(feedWindow).where(touching);
  await db.delete(feedWindow).where(touching);
  await db.insert(feedWindow).values({
    tenantId,
    feed,
    sinceAt: Math.min(since, ...old.map(({ sinceAt }) => sinceAt)),
    untilAt: Math.max(until, ...old.map(({ untilAt }) => untilAt)),
  });
}

/** The windows a feed was read in, oldest first. The last one's end is the feed's cursor. */
export async function readWindows(
  { t: { feedWindow } }: Store,
  db: Db,
  { tenantId, feed }: { tenantId: number; feed: string },
): Promise<ReadWindow[]> {
  const rows = await db
    .select({ since: feedWindow.sinceAt, until: feedWindow.untilAt })
    .from(feedWindow)
    .where(and(eq(feedWindow.tenantId, tenantId), eq(feedWindow.feed, feed)))
    .orderBy(feedWindow.sinceAt);
  return rows;
}
