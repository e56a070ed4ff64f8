import { and, eq, isNull } from 'drizzle-orm';
import { aloneWithAlerts } from '../store/alert-events.ts';
import { applyExclusions } from '../store/alert-exclusions.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Telling } from './tell-alert.ts';
import { isNews, wakeAlert } from './write-alert.ts';

/** Lets snoozes and exclusions end that are over, and speaks once more of the alerts that last and were kept quiet by them. */
export async function wakeAlerts(lease: HeldLease, telling: Telling): Promise<void> {
  const { store, tenantId } = lease;
  const { alert, alertEvent: event } = store.t;
  const { now } = telling;
  const lasting = await store.read
    .select()
    .from(alert)
    .where(and(eq(alert.tenantId, tenantId), isNull(alert.endedAt), isNull(alert.withdrawnAt)));
  if (lasting.length === 0) return;
  await lease.tx(async (db) => {
    await aloneWithAlerts(store, db, tenantId);
    await applyExclusions(store, db, { tenantId, now, author: null });
  });
  for (const one of lasting) {
    const { id, snoozedUntil } = one;
    if (snoozedUntil !== null && snoozedUntil > now) continue;
    const events = await store.read
      .select({ number: event.number, kind: event.kind })
      .from(event)
      .where(and(eq(event.tenantId, tenantId), eq(event.alertId, id)))
      .orderBy(event.number);
    const isFree = events.at(-1)?.kind === 'exclusion_ended';
    if (snoozedUntil !== null || (isFree && (await isNews(store, store.read, one))))
      await wakeAlert(lease, telling, id);
  }
}
