import { DAY_MS, type DayCutter } from '../../domain/day.ts';
import { alertMessage } from '../../domain/surveillance/alert-message.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import { enqueue } from '../store/outbox.ts';
import type { Db, Store } from '../store-types.ts';

/** What is older is history: it is listed, and nobody is called. */
const FRESH_MS = 2 * DAY_MS;

export interface Telling {
  store: Store;
  /** By the clock, UTC milliseconds. */
  now: number;
  cutter: DayCutter;
  /** Whether the data is made up. */
  sample: boolean;
  /** A new UUID with each call. */
  newId: () => string;
}

type Kind = 'raised' | 'level_raised' | 'closed';

/**
 * Puts what happened to an alert into the outbox, in the transaction that changes it; not what is history, and not what
 * somebody wants to be quiet: excluded and snoozed ones, and of acknowledged ones that they are raised. That one is over is
 * told to whoever was told of it. `why`: of a withdrawn one, a sentence.
 */
export async function tellAlert(
  { store, now, cutter, sample, newId }: Telling,
  db: Db,
  alert: AlertRow,
  kind: Kind,
  why: string | null = null,
): Promise<void> {
  const isSnoozed = alert.snoozedUntil !== null && alert.snoozedUntil > now;
  const isHeld = alert.exclusionId !== null || isSnoozed;
  if (isHeld || (alert.acknowledgedAt !== null && kind === 'raised')) return;
  if (kind !== 'closed' && alert.lastAt < now - FRESH_MS) return;
  const message = alertMessage(alert, { kind, sample, why });
  const { tenantId } = alert;
  await enqueue(store, db, { tenantId, alert, kind, message, now, cutter, newId });
}
