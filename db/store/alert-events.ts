import { and, eq, sql } from 'drizzle-orm';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import type { AlertEventKind } from '../../domain/surveillance/alert-state.ts';
import type { Db, Store } from '../store-types.ts';

export interface AlertHappening {
  alertId: number;
  /** By the clock, UTC milliseconds. */
  at: number;
  kind: AlertEventKind;
  /** The alert's level after it. */
  level: AlertLevel;
  /** As typed in; null: the product itself. */
  author?: string | null;
  text?: string | null;
}

/**
 * Keeps everybody else from changing alerts of a tenant until this transaction ends: the run and people change the same
 * rows, and their history is numbered.
 */
export function aloneWithAlerts(store: Store, db: Db, tenantId: number): Promise<void> {
  return store.dialect.alone(db, 'alert', tenantId);
}

/** Writes down what happened to an alert, in the transaction that does it, after `aloneWithAlerts`. */
export async function addAlertEvent(
  { t: { alertEvent } }: Store,
  db: Db,
  tenantId: number,
  { alertId, author = null, text = null, ...happening }: AlertHappening,
): Promise<void> {
  const [row] = await db
    .select({ last: sql<number>`coalesce(max(${alertEvent.number}), 0)`.mapWith(Number) })
    .from(alertEvent)
    .where(and(eq(alertEvent.tenantId, tenantId), eq(alertEvent.alertId, alertId)));
  const number = (row?.last ?? 0) + 1;
  await db.insert(alertEvent).values({ tenantId, alertId, number, author, text, ...happening });
}
