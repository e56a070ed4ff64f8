import { and, eq, isNull } from 'drizzle-orm';
import type { ChannelBody, ChannelKind, SealedSecrets } from '../../domain/alerting/channel.ts';
import type { Store } from '../store-types.ts';
import { nextId } from './next-id.ts';

export type ChannelRow = Store['t']['channel']['$inferSelect'];

/** What a page sets of a channel. */
export interface ChannelGiven {
  kind: ChannelKind;
  name: string;
  on: boolean;
  body: ChannelBody;
  /** Sealed for the channel of this number. */
  secrets: (id: number) => SealedSecrets;
}

/** Adds a channel and answers it with its number. */
export async function addChannel(
  store: Store,
  tenantId: number,
  given: ChannelGiven,
  now: number,
): Promise<ChannelRow> {
  const { channel } = store.t;
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'channel', tenantId);
    const id = await nextId(db, channel, tenantId);
    const times = { createdAt: now, changedAt: now, removedAt: null };
    const row = { tenantId, id, ...given, secrets: given.secrets(id), ...times };
    await db.insert(channel).values(row);
    return row;
  });
}

/**
 * Changes a channel that is not removed. `change` makes of it what it is to be, in the transaction, and may throw to refuse. Answers it as
 * it is afterwards; null: there is none.
 */
export async function changeChannel(
  store: Store,
  { tenantId, id }: { tenantId: number; id: number },
  change: (before: ChannelRow) => ChannelGiven,
  now: number,
): Promise<ChannelRow | null> {
  const { channel } = store.t;
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'channel', tenantId);
    const there = and(
      eq(channel.tenantId, tenantId),
      eq(channel.id, id),
      isNull(channel.removedAt),
    );
    const [before] = await db.select().from(channel).where(there);
    if (!before) return null;
    const given = change(before);
    const [after] = await db
      .update(channel)
      .set({ ...given, secrets: given.secrets(id), changedAt: now })
      .where(there)
      .returning();
    return after ?? null;
  });
}

/** Removes a channel: its secrets are gone, what waits for it is dropped. Answers whether there was one. */
export async function removeChannel(
  store: Store,
  { tenantId, id }: { tenantId: number; id: number },
  now: number,
): Promise<boolean> {
  const { channel, delivery } = store.t;
  return store.tx(async (db) => {
    await store.dialect.alone(db, 'channel', tenantId);
    const gone = await db
      .update(channel)
      .set({ removedAt: now, changedAt: now, on: false, secrets: {} })
      .where(and(eq(channel.tenantId, tenantId), eq(channel.id, id), isNull(channel.removedAt)))
      .returning({ id: channel.id });
    if (gone.length === 0) return false;
    await db
      .update(delivery)
      .set({ state: 'dropped' })
      .where(
        and(
          eq(delivery.tenantId, tenantId),
          eq(delivery.state, 'waiting'),
          eq(delivery.channelId, id),
        ),
      );
    return true;
  });
}
