import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { DeliveryKind } from '../../domain/alerting/channel.ts';
import { channelTakes } from '../../domain/alerting/channel-takes.ts';
import type { AlertMessage } from '../../domain/alerting/message.ts';
import { afterQuiet } from '../../domain/alerting/quiet-hours.ts';
import type { DayCutter } from '../../domain/day.ts';
import type { Db, Store } from '../store-types.ts';

/** What is to be said of an alert. */
export interface AlertNews {
  tenantId: number;
  alert: { id: number };
  kind: Exclude<DeliveryKind, 'test'>;
  /** Frozen as it is; names of people are no part of it. */
  message: AlertMessage;
  /** UTC milliseconds. */
  now: number;
  /** Of the tenant, for quiet hours. */
  cutter: DayCutter;
  /** A new UUID with each call: the delivery's id, the same in every repeat. */
  newId: () => string;
}

/**
 * Puts what is to be said of an alert into the outbox, once for every channel that is on and takes its level and rule, and answers for how
 * many. To be called in the transaction `db` that changes the alert, so that neither is ever there without the other. That an alert is
 * closed is told to the channels that were told, or are going to be, that it was raised, whatever its level has become.
 */
export async function enqueue(store: Pick<Store, 't'>, db: Db, news: AlertNews): Promise<number> {
  const { tenantId, alert, kind, message, now, cutter, newId } = news;
  const { channel, delivery } = store.t;
  const channels = await db
    .select({ id: channel.id, body: channel.body })
    .from(channel)
    .where(and(eq(channel.tenantId, tenantId), eq(channel.on, true), isNull(channel.removedAt)))
    .orderBy(channel.id);
  const told = kind === 'closed' && channels.length > 0 ? await toldOf(store, db, news) : null;
  const takers = channels.filter(({ id, body }) =>
    told === null ? channelTakes(body, message) : told.has(id),
  );
  if (takers.length === 0) return 0;
  await db.insert(delivery).values(
    takers.map(({ id: channelId, body: { quiet } }) => ({
      tenantId,
      id: newId(),
      channelId,
      alertId: alert.id,
      kind,
      message,
      state: 'waiting' as const,
      attempts: 0,
      createdAt: now,
      nextAt: afterQuiet(now, { quiet, level: message.level }, cutter),
      sentAt: null,
      lastError: null,
    })),
  );
  return takers.length;
}

/** Channels that hold, or held, that the alert was raised. */
async function toldOf(
  { t: { delivery } }: Pick<Store, 't'>,
  db: Db,
  { tenantId, alert }: AlertNews,
): Promise<Set<number>> {
  const rows = await db
    .selectDistinct({ id: delivery.channelId })
    .from(delivery)
    .where(
      and(
        eq(delivery.tenantId, tenantId),
        eq(delivery.alertId, alert.id),
        inArray(delivery.kind, ['raised', 'level_raised']),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
