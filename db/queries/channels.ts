import { and, count, eq, inArray, isNull, max, sql } from 'drizzle-orm';
import type { ChannelBody, ChannelKind } from '../../domain/alerting/channel.ts';
import { openSecrets } from '../store/channel-secrets.ts';
import type { Store } from '../store-types.ts';

/** A channel as pages may see it: no key, and of a secret address the host alone. */
export interface ListedChannel {
  id: number;
  kind: ChannelKind;
  name: string;
  on: boolean;
  body: ChannelBody;
  /** Host of a webhook; null: the channel has no secret address, or it does not open. */
  urlHost: string | null;
  /** Whether its secrets, if it has any, open with the key that is here. */
  opens: boolean;
  createdAt: number;
  changedAt: number;
  /** When a delivery was acknowledged last; null: never. */
  lastSentAt: number | null;
  waiting: number;
  dead: number;
  /** Why the newest delivery that was tried has not arrived; null: it has, or none was tried. */
  lastError: string | null;
}

/** The channels that are not removed, oldest first. `key`: what their secrets are sealed with; null: it is not here. */
export async function channels(
  store: Store,
  { tenantId, id, key }: { tenantId: number; id?: number; key: Buffer | null },
): Promise<ListedChannel[]> {
  const { channel } = store.t;
  const rows = await store.read
    .select()
    .from(channel)
    .where(
      and(
        eq(channel.tenantId, tenantId),
        isNull(channel.removedAt),
        id === undefined ? undefined : eq(channel.id, id),
      ),
    )
    .orderBy(channel.id);
  const outbox = await outboxByChannel(store, tenantId);
  const errors = await lastErrors(store, tenantId);
  return rows.map(({ tenantId: _, removedAt: _removed, secrets, ...row }) => {
    const { lastSentAt = null, waiting = 0, dead = 0 } = outbox.get(row.id) ?? {};
    const opened = openSecrets(secrets, { tenantId, channelId: row.id }, key);
    const urlHost = URL.parse(opened?.url ?? '')?.host ?? null;
    const told = { lastSentAt, waiting, dead, lastError: errors.get(row.id) ?? null };
    return { ...row, urlHost, opens: opened !== null, ...told };
  });
}

interface Outbox {
  lastSentAt: number | null;
  waiting: number;
  dead: number;
}

async function outboxByChannel(
  { t: { delivery }, read }: Store,
  tenantId: number,
): Promise<Map<number, Outbox>> {
  const rows = await read
    .select({
      channelId: delivery.channelId,
      state: delivery.state,
      count: count(),
      lastSentAt: max(delivery.sentAt),
    })
    .from(delivery)
    .where(eq(delivery.tenantId, tenantId))
    .groupBy(delivery.channelId, delivery.state);
  const byChannel = new Map<number, Outbox>();
  for (const { channelId, state, count, lastSentAt } of rows) {
    const outbox = byChannel.get(channelId) ?? { lastSentAt: null, waiting: 0, dead: 0 };
    if (state === 'sent') outbox.lastSentAt = lastSentAt === null ? null : Number(lastSentAt);
    if (state === 'waiting' || state === 'dead') outbox[state] = count;
    byChannel.set(channelId, outbox);
  }
  return byChannel;
}

/** Of each channel, the error of the newest delivery that was tried, where that one has not arrived. */
async function lastErrors(
  { t: { delivery }, read }: Store,
  tenantId: number,
): Promise<Map<number, string>> {
  const tried = and(eq(delivery.tenantId, tenantId), sql`${delivery.attempts} > 0`);
  const newest = await read
    .select({ channelId: delivery.channelId, createdAt: max(delivery.createdAt) })
    .from(delivery)
    .where(tried)
    .groupBy(delivery.channelId);
  if (newest.length === 0) return new Map();
  const rows = await read
    .select({
      channelId: delivery.channelId,
      createdAt: delivery.createdAt,
      error: delivery.lastError,
    })
    .from(delivery)
    .where(and(tried, inArray(delivery.state, ['waiting', 'dead'])));
  const at = new Map(newest.map(({ channelId, createdAt }) => [channelId, Number(createdAt)]));
  return new Map(
    rows.flatMap(({ channelId, createdAt, error }) =>
      error !== null && at.get(channelId) === createdAt ? [[channelId, error] as const] : [],
    ),
  );
}
