import { sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { NEAR_RESET_MS } from '../../domain/surveillance/rule-list.ts';
import { isSecurityInfoChange } from '../../domain/surveillance/rules/security-info-change.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import type { HeldLease } from './lease.ts';

type AuditRow = HeldLease['store']['t']['auditRecord']['$inferInsert'];

/** What tells a change of security info. */
type Source = Pick<AuditRow, 'targetId' | 'occurredAt' | 'service' | 'activity' | 'result'>;

/**
 * Notes the days of flows that succeeded near a change of their person's security info: `rows` are the audit records
 * that are being written, and those they replace. A flow that is worked out later notes its day by itself.
 */
export async function noteDaysNearResets(lease: HeldLease, db: Db, rows: Source[]): Promise<void> {
  const { store, tenantId } = lease;
  const days = await daysNearResets(lease, db, rows);
  const notes = days.map((day) => ({ tenantId, day }));
  await bulkInsert(store, db, store.t.dayDirty, notes, {
    target: ['tenantId', 'day'],
    update: [],
  });
}

/** The days of flows that succeeded near a change of their person's security info, as far as they are worked out. */
export async function daysNearResets(
  { store, tenantId }: HeldLease,
  db: Db,
  rows: Source[],
): Promise<Day[]> {
  const changes = rows
    .filter((row) => row.targetId != null && isSecurityInfoChange(row))
    .map(({ targetId, occurredAt }) => [tenantId, targetId, occurredAt]);
  if (changes.length === 0) return [];
  // The tenant comes with each row: were it a constant, SQLite would read all of its flows first.
  const near = store.dialect.jsonRows(changes, ['int', 'text', 'int']);
  const found = await store.dialect.rows<{ day: Day }>(
    db,
    sql`select distinct flow.day as day
        from ${near} as change
        join flow on flow.tenant_id = change.c0 and flow.person_id = change.c1
        where flow.succeeded_at between change.c2 - ${NEAR_RESET_MS} and change.c2 + ${NEAR_RESET_MS}`,
  );
  return found.map(({ day }) => day);
}
