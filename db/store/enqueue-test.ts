import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { AlertMessage } from '../../domain/alerting/message.ts';
import type { Db, Store } from '../store-types.ts';

/** One test of a channel in so many milliseconds: each calls somebody. */
export const TEST_EVERY_MS = 10_000;

export type Tested = 'waiting' | 'unknown' | 'too_soon';

interface Which {
  tenantId: number;
  channelId: number;
}

/** Puts a test for one channel into the outbox, also where the channel is off. `now`: UTC milliseconds. */
export async function enqueueTest(
  store: Store,
  { tenantId, channelId }: Which,
  { id, message, now }: { id: string; message: AlertMessage; now: number },
): Promise<Tested> {
  const { channel, delivery } = store.t;
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'channel', tenantId);
    const [there] = await db
      .select({ id: channel.id })
      .from(channel)
      .where(
        and(eq(channel.tenantId, tenantId), eq(channel.id, channelId), isNull(channel.removedAt)),
      );
    if (!there) return 'unknown';
    if (await wasTestedSince(store, db, { tenantId, channelId, now })) return 'too_soon';
    await db.insert(delivery).values({
      tenantId,
      id,
      channelId,
      alertId: null,
      kind: 'test',
      message,
      state: 'waiting',
      attempts: 0,
      createdAt: now,
      nextAt: now,
      sentAt: null,
      lastError: null,
    });
    return 'waiting';
  });
}

async function wasTestedSince(
  { t: { delivery } }: Store,
  db: Db,
  { tenantId, channelId, now }: Which & { now: number },
): Promise<boolean> {
  const tests = await db
    .select({ id: delivery.id })
    .from(delivery)
    .where(
      and(
        eq(delivery.tenantId, tenantId),
        isNull(delivery.alertId), // tests alone, by index
        eq(delivery.channelId, channelId),
        gt(delivery.createdAt, now - TEST_EVERY_MS),
        lte(delivery.createdAt, now),
      ),
    )
    .limit(1);
  return tests.length > 0;
}
