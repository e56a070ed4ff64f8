import { and, eq } from 'drizzle-orm';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import type { AlertEventKind } from '../../domain/surveillance/alert-state.ts';
import type { Evidence } from '../../domain/surveillance/evidence.ts';
import { exclusionOf } from '../../domain/surveillance/exclusion-of.ts';
import { LEVELS } from '../../domain/surveillance/raised-level.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import { addAlertEvent, aloneWithAlerts } from '../store/alert-events.ts';
import { activeExclusions } from '../store/alert-exclusions.ts';
import type { HeldLease } from '../store/lease.ts';
import { nextId } from '../store/next-id.ts';
import type { Db, Store } from '../store-types.ts';
import { knownLevel } from './known-level.ts';
import { type Telling, tellAlert } from './tell-alert.ts';

/** What an episode says of its alert. */
export type AlertFacts = Pick<
  AlertRow,
  | 'rule'
  | 'subject'
  | 'level'
  | 'queue'
  | 'startedAt'
  | 'lastAt'
  | 'endedAt'
  | 'evidence'
  | 'madeWith'
>;

const UNSEEN = { acknowledgedAt: null, acknowledgedBy: null };
const NOBODY = { withdrawnAt: null, ...UNSEEN, snoozedUntil: null, exclusionId: null };

/** Raises a new alert, and closes it at once where it is over; in one transaction with what is sent. Answers its id. */
export async function raiseAlert(
  lease: HeldLease,
  telling: Telling,
  { facts, settingsVersion }: { facts: AlertFacts; settingsVersion: number },
): Promise<number> {
  const { store, tenantId } = lease;
  const { alert } = store.t;
  const { now } = telling;
  return lease.tx(async (db) => {
    await aloneWithAlerts(store, db, tenantId);
    const id = await nextId(db, alert, tenantId);
    const made = { tenantId, id, ...facts, ...NOBODY, raisedAt: now, updatedAt: now };
    const row = { ...made, settingsVersion, ...(await excluded(lease, db, telling, facts)) };
    await db.insert(alert).values(row);
    await event(lease, db, telling, row, 'raised');
    if (row.exclusionId !== null) await event(lease, db, telling, row, 'excluded');
    if (row.endedAt !== null) await event(lease, db, telling, row, 'closed');
    else await tellAlert(telling, db, row, 'raised');
    return id;
  });
}

/**
 * Brings a stored alert to what its episode says now, and writes down and sends what that changes. One that was over and
 * lasts again, or was acknowledged and is about somebody new, is as if nobody had seen it.
 */
export async function changeAlert(
  lease: HeldLease,
  telling: Telling,
  { id, facts }: { id: number; facts: AlertFacts },
): Promise<void> {
  await withAlert(lease, id, async (db, before) => {
    const { now } = telling;
    const isOver = facts.endedAt !== null;
    const exclusion = isOver ? {} : await excluded(lease, db, telling, facts);
    const wasOver = before.endedAt !== null || before.withdrawnAt !== null;
    const news = before.acknowledgedAt === null ? null : newSubjects(before.evidence, facts);
    const isAnew = !isOver && (wasOver || news !== null);
    const seen = isAnew ? UNSEEN : {};
    const row = { ...before, ...facts, ...exclusion, ...seen, withdrawnAt: null, updatedAt: now };
    await update(lease, db, row);
    if (row.exclusionId !== before.exclusionId) {
      const kind = row.exclusionId === null ? 'exclusion_ended' : 'excluded';
      await event(lease, db, telling, row, kind);
    }
    const isHigher = isAbove(row.level, before.level);
    if (isHigher) await event(lease, db, telling, row, 'level_raised');
    if (isAnew || before.withdrawnAt !== null)
      await event(lease, db, telling, row, 'reopened', wasOver ? null : news);
    if (isAnew) await tellAgain(lease, telling, db, row);
    else if (isHigher && !isOver) await tellAlert(telling, db, row, 'level_raised');
    if (!isOver || (wasOver && before.withdrawnAt === null)) return;
    await event(lease, db, telling, row, 'closed');
    if (!wasOver) await tellAlert(telling, db, row, 'closed');
  });
}

/** What to say of subjects of the alert's own rule that were no part of it before; null: there are none. */
function newSubjects(before: Evidence, { rule, evidence }: AlertFacts): string | null {
  const subjectsOf = ({ rules }: Evidence) =>
    rules.flatMap((one) => (one.rule === rule && one.subject ? [one.subject] : []));
  const known = new Set(subjectsOf(before).map(({ id }) => id));
  const added = subjectsOf(evidence).filter(({ id }) => !known.has(id));
  const [first] = added;
  if (!first) return null;
  const more =
    added.length === 1 ? `another ${first.kind}` : `${added.length} more (${first.kind})`;
  return `It was acknowledged for others: it is about ${more} now.`;
}

/** Speaks of an alert that was spoken of before, or kept quiet. */
async function tellAgain(
  { store }: HeldLease,
  telling: Telling,
  db: Db,
  row: AlertRow,
): Promise<void> {
  const known = await knownLevel(store, db, row);
  const isHigher = known !== null && isAbove(row.level, known);
  await tellAlert(telling, db, row, isHigher ? 'level_raised' : 'raised');
}

/** Ends an alert without an episode: `closed`, or `withdrawn` where later records took away what raised it. */
export async function endAlert(
  lease: HeldLease,
  telling: Telling,
  { id, kind, text }: { id: number; kind: 'closed' | 'withdrawn'; text: string | null },
): Promise<void> {
  await withAlert(lease, id, async (db, before) => {
    const { now } = telling;
    const end = kind === 'closed' ? { endedAt: before.lastAt } : { withdrawnAt: now };
    const row = { ...before, ...end, updatedAt: now };
    await update(lease, db, row);
    await event(lease, db, telling, row, kind, text);
    if (before.endedAt === null) await tellAlert(telling, db, row, 'closed', text);
  });
}

/**
 * Speaks of an alert once more that was kept quiet for a time and lasts; of an acknowledged one only where its level is
 * higher than anybody was told.
 */
export async function wakeAlert(lease: HeldLease, telling: Telling, id: number): Promise<void> {
  await withAlert(lease, id, async (db, before) => {
    if (before.snoozedUntil !== null && before.snoozedUntil > telling.now) return; // meanwhile snoozed again
    const row = { ...before, snoozedUntil: null };
    await update(lease, db, row);
    if (row.exclusionId !== null || !(await isNews(lease.store, db, row))) return;
    await event(lease, db, telling, row, 'reopened');
    await tellAgain(lease, telling, db, row);
  });
}

/** Whether there is anything to say of an alert that is no longer kept quiet. */
export async function isNews(store: Store, db: Db, alert: AlertRow): Promise<boolean> {
  if (alert.acknowledgedAt === null) return true;
  const known = await knownLevel(store, db, alert);
  return known !== null && isAbove(alert.level, known);
}

const isAbove = (one: AlertLevel, other: AlertLevel) => LEVELS.indexOf(one) > LEVELS.indexOf(other);

/** What people did to the alert meanwhile is read in the same transaction. */
async function withAlert(
  lease: HeldLease,
  id: number,
  work: (db: Db, before: AlertRow) => Promise<void>,
): Promise<void> {
  const { store, tenantId } = lease;
  const { alert } = store.t;
  await lease.tx(async (db) => {
    await aloneWithAlerts(store, db, tenantId);
    const [before] = await db
      .select()
      .from(alert)
      .where(and(eq(alert.tenantId, tenantId), eq(alert.id, id)));
    if (!before) throw new Error('The alert is gone');
    await work(db, before);
  });
}

async function update({ store }: HeldLease, db: Db, row: AlertRow): Promise<void> {
  const { alert } = store.t;
  const { tenantId, id, ...set } = row;
  await db
    .update(alert)
    .set(set)
    .where(and(eq(alert.tenantId, tenantId), eq(alert.id, id)));
}

async function excluded(
  { store, tenantId }: HeldLease,
  db: Db,
  { now }: Telling,
  facts: AlertFacts,
): Promise<{ exclusionId: number | null }> {
  const found = exclusionOf(facts, await activeExclusions(store, db, { tenantId, now }));
  return { exclusionId: found?.id ?? null };
}

function event(
  { store, tenantId }: HeldLease,
  db: Db,
  { now }: Telling,
  { id: alertId, level }: AlertRow,
  kind: AlertEventKind,
  text: string | null = null,
): Promise<void> {
  return addAlertEvent(store, db, tenantId, { alertId, at: now, kind, level, text });
}
