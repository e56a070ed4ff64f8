import { and, desc, eq, gt, gte } from 'drizzle-orm';
import type { Db, Store } from '../store-types.ts';
import { type DeliveryRow, UNTOLD } from './deliveries.ts';

export type Retried = 'waiting' | 'unknown' | 'not_dead' | 'channel_removed' | 'overtaken';

/**
 * Lets a dead delivery be tried again from now on, under its id and with all its attempts; not one after which its channel was told
 * something newer of the alert. The end of the alert, dropped because nothing of it had arrived, waits for it again.
 */
export async function retryDelivery(
  store: Store,
  { tenantId, id }: { tenantId: number; id: string },
  now: number,
): Promise<Retried> {
  const { channel, delivery } = store.t;
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'channel', tenantId);
    const here = and(eq(delivery.tenantId, tenantId), eq(delivery.id, id));
    const [found] = await db
      .select({ row: delivery, removedAt: channel.removedAt })
      .from(delivery)
      .innerJoin(
        channel,
        and(eq(channel.tenantId, delivery.tenantId), eq(channel.id, delivery.channelId)),
      )
      .where(here);
    if (!found) return 'unknown';
    if (found.row.state !== 'dead') return 'not_dead';
    if (found.removedAt !== null) return 'channel_removed';
    if (await isOvertaken(store, db, found.row)) return 'overtaken';
    const again = { state: 'waiting' as const, attempts: 0, nextAt: now };
    await db
      .update(delivery)
      .set(again)
      .where(and(here, eq(delivery.state, 'dead')));
    const end = await droppedEnd(store, db, found.row);
    if (end !== null)
      await db
        .update(delivery)
        .set({ ...again, lastError: null })
        .where(and(eq(delivery.tenantId, tenantId), eq(delivery.id, end)));
    return 'waiting';
  });
}

async function isOvertaken(
  { t: { delivery } }: Store,
  db: Db,
  { tenantId, alertId, channelId, createdAt }: DeliveryRow,
): Promise<boolean> {
  if (alertId === null) return false;
  const newer = await db
    .select({ id: delivery.id })
    .from(delivery)
    .where(
      and(
        eq(delivery.tenantId, tenantId),
        eq(delivery.alertId, alertId),
        eq(delivery.channelId, channelId),
        eq(delivery.state, 'sent'),
        gt(delivery.createdAt, createdAt),
      ),
    )
    .limit(1);
  return newer.length > 0;
}

/** Id of the last that told the end of the same alert and was dropped as nothing of it had arrived; null: there is none. */
async function droppedEnd(
  { t: { delivery } }: Store,
  db: Db,
  { tenantId, alertId, channelId, createdAt }: DeliveryRow,
): Promise<string | null> {
  if (alertId === null) return null;
  const [end] = await db
    .select({ id: delivery.id })
    .from(delivery)
    .where(
      and(
        eq(delivery.tenantId, tenantId),
        eq(delivery.alertId, alertId),
        eq(delivery.channelId, channelId),
        eq(delivery.kind, 'closed'),
        eq(delivery.state, 'dropped'),
        eq(delivery.lastError, UNTOLD),
        gte(delivery.createdAt, createdAt),
      ),
    )
    .orderBy(desc(delivery.createdAt), delivery.id)
    .limit(1);
  return end?.id ?? null;
}
