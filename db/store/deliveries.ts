import { and, eq, lt, type SQL } from 'drizzle-orm';
import { IS_UNTOLD } from '../queries/delivery-turns.ts';
import type { Store } from '../store-types.ts';
import type { HeldLease } from './lease.ts';

export type DeliveryRow = Store['t']['delivery']['$inferSelect'];

/** Which delivery was tried. */
type Tried = Pick<DeliveryRow, 'id' | 'channelId' | 'alertId' | 'createdAt'>;

const OVERTAKEN = 'Something newer of the same alert was sent before.';

/** Why the end of an alert is not told; it is after all where what it ends is tried again by hand. */
export const UNTOLD = 'Nothing of the alert has reached the channel.';

/**
 * Notes that a receiver has acknowledged a delivery; it is never sent again, and what was said earlier of its alert and still waits for
 * that channel is dropped. `note`: what an admin should know although it arrived.
 */
export async function noteSent(
  lease: HeldLease,
  { id, channelId, alertId, createdAt }: Tried,
  { attempts, now, note }: { attempts: number; now: number; note: string | null },
): Promise<void> {
  const { delivery } = lease.store.t;
  await lease.tx(async (db) => {
    const sent = { state: 'sent' as const, attempts, sentAt: now, lastError: note };
    await db
      .update(delivery)
      .set(sent)
      .where(waiting(lease, eq(delivery.id, id)));
    if (alertId === null) return;
    const overtaken = and(
      eq(delivery.alertId, alertId),
      eq(delivery.channelId, channelId),
      lt(delivery.createdAt, createdAt),
    );
    await db
      .update(delivery)
      .set({ state: 'dropped', lastError: OVERTAKEN })
      .where(waiting(lease, overtaken));
  });
}

/** Notes why an attempt failed, and when the next one is due; null: none, it is dead. */
export async function noteFailed(
  lease: HeldLease,
  failed: { id: string; attempts: number; error: string; nextAt: number | null },
): Promise<void> {
  const { id, attempts, error, nextAt } = failed;
  const { delivery } = lease.store.t;
  const further = nextAt === null ? { state: 'dead' as const } : { nextAt };
  await lease.tx(async (db) => {
    await db
      .update(delivery)
      .set({ attempts, lastError: error, ...further })
      .where(waiting(lease, eq(delivery.id, id)));
  });
}

/** Drops what waits for a channel that is removed: an alert raised beside the removal may have put it there. */
export async function dropForRemoved(lease: HeldLease, channelId: number): Promise<void> {
  const { delivery } = lease.store.t;
  await lease.tx(async (db) => {
    await db
      .update(delivery)
      .set({ state: 'dropped' })
      .where(waiting(lease, eq(delivery.channelId, channelId)));
  });
}

/** Drops that an alert is over, if by now nothing of it has reached the channel or is going to. */
export async function dropUntold(lease: HeldLease, id: string): Promise<void> {
  const { store, tenantId } = lease;
  const { delivery } = store.t;
  await lease.tx(async (db) => {
    await store.dialect.alone(db, 'channel', tenantId); // nobody tries the rest of it again meanwhile
    await db
      .update(delivery)
      .set({ state: 'dropped', lastError: UNTOLD })
      .where(waiting(lease, and(eq(delivery.id, id), IS_UNTOLD)));
  });
}

// One that was dropped while it was under way stays dropped.
function waiting({ store, tenantId }: HeldLease, which: SQL | undefined): SQL | undefined {
  const { delivery } = store.t;
  return and(eq(delivery.tenantId, tenantId), eq(delivery.state, 'waiting'), which);
}
