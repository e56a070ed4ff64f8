import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { ChannelBody, ChannelKind, SealedSecrets } from '../../domain/alerting/channel.ts';
import type { AlertMessage } from '../../domain/alerting/message.ts';
import type { Store } from '../store-types.ts';
import { IN_TURN, IS_UNTOLD, ORDER_OF_KINDS } from './delivery-turns.ts';

export interface DueDelivery {
  id: string;
  message: AlertMessage;
  createdAt: number;
  /** Those that failed so far. */
  attempts: number;
  channelId: number;
  /** Null: a test. */
  alertId: number | null;
  /** It says that an alert is over of which nothing has reached the channel, nor is going to: not to be sent, but dropped. */
  isUntold: boolean;
  channel: { kind: ChannelKind; body: ChannelBody; secrets: SealedSecrets };
}

export interface DueChannel {
  id: number;
  /** Nothing is sent through it any more. */
  isRemoved: boolean;
}

/** Channels that something waits for, which may be sent at `now`, or never: those of removed ones. Reads the waiting ones by index. */
export async function dueChannels(
  { t: { channel, delivery }, read }: Store,
  { tenantId, now }: { tenantId: number; now: number },
): Promise<DueChannel[]> {
  const rows = await read
    .selectDistinct({ id: channel.id, removedAt: channel.removedAt })
    .from(delivery)
    .innerJoin(
      channel,
      and(eq(channel.tenantId, delivery.tenantId), eq(channel.id, delivery.channelId)),
    )
    .where(
      and(
        eq(delivery.tenantId, tenantId),
        eq(delivery.state, 'waiting'),
        lte(delivery.nextAt, now),
        or(isNotNull(channel.removedAt), and(or(eq(channel.on, true), IS_TEST), IN_TURN)),
      ),
    )
    .orderBy(channel.id);
  return rows.map(({ id, removedAt }) => ({ id, isRemoved: removedAt !== null }));
}

/**
 * What a channel is to be sent next: of all that is due the one that was put there first. Nothing for one that is removed, and tests alone
 * for one that is off.
 */
export async function nextDelivery(
  { t: { channel, delivery }, read }: Store,
  { tenantId, channelId, now }: { tenantId: number; channelId: number; now: number },
): Promise<DueDelivery | null> {
  const [next] = await read
    .select({
      id: delivery.id,
      message: delivery.message,
      createdAt: delivery.createdAt,
      attempts: delivery.attempts,
      channelId: delivery.channelId,
      alertId: delivery.alertId,
      isUntold: sql`case when ${IS_UNTOLD} then 1 else 0 end`.mapWith((is) => Number(is) === 1),
      channel: { kind: channel.kind, body: channel.body, secrets: channel.secrets },
    })
    .from(delivery)
    .innerJoin(
      channel,
      and(eq(channel.tenantId, delivery.tenantId), eq(channel.id, delivery.channelId)),
    )
    .where(
      and(
        eq(delivery.tenantId, tenantId),
        eq(delivery.channelId, channelId),
        eq(delivery.state, 'waiting'),
        lte(delivery.nextAt, now),
        isNull(channel.removedAt),
        or(eq(channel.on, true), IS_TEST),
        IN_TURN,
      ),
    )
    .orderBy(delivery.createdAt, ORDER_OF_KINDS, delivery.id)
    .limit(1);
  return next ?? null;
}

const IS_TEST = sql`delivery.kind = 'test'`;
