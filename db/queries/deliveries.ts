import { and, count, desc, eq } from 'drizzle-orm';
import {
  DELIVERY_STATES,
  type DeliveryKind,
  type DeliveryState,
} from '../../domain/alerting/channel.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import type { Store } from '../store-types.ts';

/** One delivery as pages show it: what was said in one line, how it went; nothing of where it went to but the channel's name. */
export interface ListedDelivery {
  id: string;
  channelId: string;
  /** Name of the channel, also of a removed one. */
  channel: string;
  /** Null: a test. */
  alertId: string | null;
  kind: DeliveryKind;
  title: string;
  state: DeliveryState;
  attempts: number;
  createdAt: string;
  /** Of a waiting one: not before; null otherwise. */
  nextAt: string | null;
  sentAt: string | null;
  lastError: string | null;
}

interface Which {
  tenantId: number;
  state?: DeliveryState | undefined;
  limit: number;
}

/** The outbox, newest first. */
export async function deliveries(
  store: Store,
  { tenantId, state, limit }: Which,
): Promise<ListedDelivery[]> {
  const { delivery } = store.t;
  return listed(
    store,
    and(
      eq(delivery.tenantId, tenantId),
      state === undefined ? undefined : eq(delivery.state, state),
    ),
    limit,
  );
}

/** One of them; null: there is none. */
export async function deliveryById(
  store: Store,
  { tenantId, id }: { tenantId: number; id: string },
): Promise<ListedDelivery | null> {
  const { delivery } = store.t;
  const [row] = await listed(store, and(eq(delivery.tenantId, tenantId), eq(delivery.id, id)), 1);
  return row ?? null;
}

/** How many there are in each state. */
export async function deliveryCounts(
  { t: { delivery }, read }: Store,
  tenantId: number,
): Promise<Record<DeliveryState, number>> {
  const rows = await read
    .select({ state: delivery.state, count: count() })
    .from(delivery)
    .where(eq(delivery.tenantId, tenantId))
    .groupBy(delivery.state);
  const none = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0]));
  const found = Object.fromEntries(rows.map((row) => [row.state, row.count]));
  return { ...none, ...found } as Record<DeliveryState, number>;
}

async function listed(
  { t: { channel, delivery }, read }: Store,
  where: ReturnType<typeof and>,
  limit: number,
): Promise<ListedDelivery[]> {
  const rows = await read
    .select({ row: delivery, channel: channel.name })
    .from(delivery)
    .innerJoin(
      channel,
      and(eq(channel.tenantId, delivery.tenantId), eq(channel.id, delivery.channelId)),
    )
    .where(where)
    .orderBy(desc(delivery.createdAt), delivery.id)
    .limit(limit);
  return rows.map(({ row, channel: name }) => ({
    id: row.id,
    channelId: String(row.channelId),
    channel: name,
    alertId: row.alertId === null ? null : String(row.alertId),
    kind: row.kind,
    title: row.message.title,
    state: row.state,
    attempts: row.attempts,
    createdAt: isoText(row.createdAt),
    nextAt: row.state === 'waiting' ? isoText(row.nextAt) : null,
    sentAt: isoTextOrNull(row.sentAt),
    lastError: row.lastError,
  }));
}
