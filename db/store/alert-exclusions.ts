import { and, eq, gt, isNull } from 'drizzle-orm';
import { DAY_MS } from '../../domain/day.ts';
import { excludableKinds } from '../../domain/surveillance/excludable-kinds.ts';
import { type AlertExclusionTerms, exclusionOf } from '../../domain/surveillance/exclusion-of.ts';
import {
  type AlertRule,
  ruleTitle,
  type SubjectKind,
} from '../../domain/surveillance/rule-list.ts';
import { isSingleAddress } from '../company-addresses.ts';
import type { Db, Store } from '../store-types.ts';
import { addAlertEvent, aloneWithAlerts } from './alert-events.ts';
import { nextId } from './next-id.ts';

export interface NewAlertExclusion {
  rule: AlertRule | null;
  subject: { kind: SubjectKind; id: string } | null;
  reason: string;
  author: string;
  /** Instant from which it no longer holds, UTC milliseconds. */
  until: number;
}

/** An exclusion that cannot be; a sentence for people. */
export class BadAlertExclusion extends Error {
  override name = 'BadAlertExclusion';
}

const DAYS_MAX = 366;

/**
 * Keeps alerts about a rule or a subject quiet, those that last included. Throws BadAlertExclusion for an expiry in the
 * past or over a year ahead, and for a subject that no alert of the rule can have. Answers its id.
 */
export async function excludeAlerts(
  store: Store,
  tenantId: number,
  made: NewAlertExclusion,
  now: number,
): Promise<number> {
  const { alertExclusion: table } = store.t;
  const { rule, subject, reason, author, until: untilAt } = made;
  if (untilAt <= now) throw new BadAlertExclusion('until: must not be in the past');
  if (untilAt > now + DAYS_MAX * DAY_MS)
    throw new BadAlertExclusion(`until: must be at most ${DAYS_MAX} days ahead`);
  refuseSubject(rule, subject);
  return store.tx(async (db) => {
    await aloneWithAlerts(store, db, tenantId);
    const id = await nextId(db, table, tenantId);
    const about = { rule, subjectKind: subject?.kind ?? null, subject: subject?.id ?? null };
    const row = { tenantId, id, ...about, reason, author, createdAt: now, untilAt };
    await db.insert(table).values(row);
    await applyExclusions(store, db, { tenantId, now, author });
    return id;
  });
}

function refuseSubject(rule: AlertRule | null, subject: NewAlertExclusion['subject']): void {
  if (subject === null) return;
  const kinds = excludableKinds(rule);
  if (rule !== null && !kinds.includes(subject.kind))
    throw new BadAlertExclusion(
      `subject.kind: alerts of “${ruleTitle(rule)}” can be kept quiet ${kinds.length === 0 ? 'as a whole' : `by ${kinds.join(', ')}`} only`,
    );
  if (subject.kind === 'address' && !isSingleAddress(subject.id))
    throw new BadAlertExclusion('subject.id: must be a single IP address, such as 192.0.2.7');
}

/** Ends an exclusion now; answers `unknown` where there is none, `over` where it no longer holds. */
export function endAlertExclusion(
  store: Store,
  { tenantId, id, author }: { tenantId: number; id: number; author: string },
  now: number,
): Promise<'ended' | 'over' | 'unknown'> {
  const { alertExclusion: table } = store.t;
  const own = and(eq(table.tenantId, tenantId), eq(table.id, id));
  return store.tx(async (db) => {
    await aloneWithAlerts(store, db, tenantId);
    const [row] = await db.select().from(table).where(own);
    if (!row) return 'unknown';
    if (row.endedAt !== null || row.untilAt <= now) return 'over';
    await db.update(table).set({ endedAt: now, endedBy: author }).where(own);
    await applyExclusions(store, db, { tenantId, now, author });
    return 'ended';
  });
}

/** The exclusions that hold at an instant. */
export async function activeExclusions(
  { t: { alertExclusion: table } }: Store,
  db: Db,
  { tenantId, now }: { tenantId: number; now: number },
): Promise<(AlertExclusionTerms & { reason: string })[]> {
  return db
    .select({
      id: table.id,
      rule: table.rule,
      subjectKind: table.subjectKind,
      subject: table.subject,
      reason: table.reason,
    })
    .from(table)
    .where(and(eq(table.tenantId, tenantId), isNull(table.endedAt), gt(table.untilAt, now)));
}

/**
 * Brings the alerts that last in step with the exclusions that hold, in the transaction of `aloneWithAlerts`.
 * `author` null: the product itself, where one has expired.
 */
export async function applyExclusions(
  store: Store,
  db: Db,
  { tenantId, now, author }: { tenantId: number; now: number; author: string | null },
): Promise<void> {
  const { alert } = store.t;
  const active = await activeExclusions(store, db, { tenantId, now });
  const lasting = and(
    ...[eq(alert.tenantId, tenantId), isNull(alert.endedAt), isNull(alert.withdrawnAt)],
  );
  const rows = await db.select().from(alert).where(lasting);
  for (const row of rows) {
    const found = exclusionOf(row, active);
    const exclusionId = found?.id ?? null;
    if (exclusionId === row.exclusionId) continue;
    const own = and(eq(alert.tenantId, tenantId), eq(alert.id, row.id));
    await db.update(alert).set({ exclusionId }).where(own);
    const kind = exclusionId === null ? ('exclusion_ended' as const) : ('excluded' as const);
    const text = active.find(({ id }) => id === exclusionId)?.reason ?? null;
    const event = { alertId: row.id, at: now, kind, level: row.level, author, text };
    await addAlertEvent(store, db, tenantId, event);
  }
}
