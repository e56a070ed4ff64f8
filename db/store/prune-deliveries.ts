import { and, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { DeliveryState } from '../../domain/alerting/channel.ts';
import { DAY_MS } from '../../domain/day.ts';
import { inChunks } from './chunks.ts';
import type { HeldLease } from './lease.ts';

/** How long the outbox keeps what is settled, and what somebody should look at; days. */
const KEPT: { states: readonly DeliveryState[]; days: number }[] = [
  { states: ['sent', 'dropped'], days: 90 },
  { states: ['dead', 'waiting'], days: 365 },
];

/**
 * Removes old deliveries, and answers how many: sent and dropped ones after 90 days, those that were given up or still wait after a year.
 * What was said of an alert that lasts stays: it tells who is to hear of its end.
 */
export async function pruneDeliveries(lease: HeldLease, now: number): Promise<number> {
  let removed = 0;
  for (const { states, days } of KEPT)
    removed += await inChunks(
      (size) => prune(lease, { states, before: now - days * DAY_MS, size }),
      {
        start: 50,
        most: 500,
      },
    );
  return removed;
}

interface Old {
  states: readonly DeliveryState[];
  /** UTC milliseconds. */
  before: number;
  size: number;
}

function prune(lease: HeldLease, { states, before, size }: Old): Promise<number> {
  const { store, tenantId } = lease;
  const { delivery } = store.t;
  return lease.tx(async (db) => {
    const old = await db
      .select({ id: delivery.id })
      .from(delivery)
      .where(
        and(
          eq(delivery.tenantId, tenantId),
          inArray(delivery.state, states),
          lt(delivery.nextAt, before),
          or(isNull(delivery.sentAt), lt(delivery.sentAt, before)),
          ITS_ALERT_IS_OVER,
        ),
      )
      .limit(size);
    const ids = old.map(({ id }) => id);
    if (ids.length > 0)
      await db
        .delete(delivery)
        .where(
          and(eq(delivery.tenantId, tenantId), sql`${delivery.id} in ${store.dialect.inList(ids)}`),
        );
    return ids.length;
  });
}

const ITS_ALERT_IS_OVER = sql`not exists (
  select 1 from alert
  where alert.tenant_id = delivery.tenant_id and alert.id = delivery.alert_id
    and alert.ended_at is null and alert.withdrawn_at is null
)`;
