import { and, eq } from 'drizzle-orm';
import { DAY_MS } from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';
import { alertState } from '../../domain/surveillance/alert-state.ts';
import type { Db, Store } from '../store-types.ts';
import { addAlertEvent, aloneWithAlerts } from './alert-events.ts';

export type AlertRow = Store['t']['alert']['$inferSelect'];

/** What is asked does not go with how the alert stands; a sentence for people. */
export class AlertConflict extends Error {
  override name = 'AlertConflict';
}

/** An instant nobody can snooze until; a sentence for people. */
export class BadSnooze extends Error {
  override name = 'BadSnooze';
}

export interface AlertAction {
  tenantId: number;
  id: number;
  /** As typed in. */
  author: string | null;
  note: string | null;
}

const SNOOZE_MS = DAY_MS;
const SNOOZE_DAYS_MAX = 90;
/** Who acted without giving a name: null would be the product itself. */
const SOMEBODY = 'not named';

/**
 * Notes that somebody has seen an alert. Of one that was acknowledged before only a note is added. Answers false where
 * there is no such alert; throws AlertConflict for a withdrawn one.
 */
export function acknowledgeAlert(store: Store, action: AlertAction, now: number): Promise<boolean> {
  return changeAlert(store, action, async (db, row) => {
    if (row.withdrawnAt !== null)
      throw new AlertConflict('This alert was withdrawn: there is nothing left to acknowledge.');
    const { author, note } = action;
    const isFirst = row.acknowledgedAt === null;
    if (!isFirst && note === null) return;
    if (isFirst)
      await update(store, db, row, { acknowledgedAt: now, acknowledgedBy: author ?? SOMEBODY });
    const { id: alertId, level } = row;
    const event = { alertId, at: now, kind: 'acknowledged' as const, level };
    const own = { ...event, author: author ?? SOMEBODY, text: note };
    await addAlertEvent(store, db, action.tenantId, own);
  });
}

/**
 * Keeps an alert quiet until an instant, for 24 hours where none is given. Answers false where there is no such alert;
 * throws BadSnooze, or AlertConflict for one that is over.
 */
export async function snoozeAlert(
  store: Store,
  { until, ...action }: AlertAction & { until: number | null },
  now: number,
): Promise<boolean> {
  const snoozedUntil = until ?? now + SNOOZE_MS;
  if (snoozedUntil <= now) throw new BadSnooze('until: must not be in the past');
  if (snoozedUntil > now + SNOOZE_DAYS_MAX * DAY_MS)
    throw new BadSnooze(`until: must be at most ${SNOOZE_DAYS_MAX} days ahead`);
  return changeAlert(store, action, async (db, row) => {
    const state = alertState(row, now);
    if (state === 'withdrawn' || state === 'closed')
      throw new AlertConflict(`This alert is ${state}: there is nothing left to snooze.`);
    await update(store, db, row, { snoozedUntil });
    const { author, note } = action;
    const text = [`Until ${isoText(snoozedUntil)}.`, note].filter(Boolean).join(' ');
    const event = { alertId: row.id, at: now, kind: 'snoozed' as const, level: row.level, text };
    await addAlertEvent(store, db, action.tenantId, { ...event, author: author ?? SOMEBODY });
  });
}

async function changeAlert(
  store: Store,
  { tenantId, id }: AlertAction,
  change: (db: Db, row: AlertRow) => Promise<void>,
): Promise<boolean> {
  const { alert } = store.t;
  return store.tx(async (db) => {
    await aloneWithAlerts(store, db, tenantId);
    const [row] = await db
      .select()
      .from(alert)
      .where(and(eq(alert.tenantId, tenantId), eq(alert.id, id)));
    if (row) await change(db, row);
    return row !== undefined;
  });
}

async function update(
  { t: { alert } }: Store,
  db: Db,
  { tenantId, id }: AlertRow,
  set: Partial<AlertRow>,
): Promise<void> {
  await db
    .update(alert)
    .set(set)
    .where(and(eq(alert.tenantId, tenantId), eq(alert.id, id)));
}
