import { and, asc, eq, gt, or, sql } from 'drizzle-orm';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import { inChunks } from './chunks.ts';
import type { HeldLease } from './lease.ts';

/** The mark of audit records that are a voluntary change of a password. */
export const PASSWORD_CHANGE = 'password_change';

type AuditRow = HeldLease['store']['t']['auditRecord']['$inferInsert'];

/** What a change is made of. */
type Source = Pick<
  AuditRow,
  | 'id'
  | 'targetId'
  | 'initiatorId'
  | 'occurredAt'
  | 'day'
  | 'result'
  | 'reason'
  | 'onPremisesAgent'
  | 'mark'
>;

/**
 * Keeps `password_change` in step with audit records that are being written: one row for each marked record, none for
 * those `before` that Graph now tells otherwise.
 */
export async function storePasswordChanges(
  { store, tenantId }: HeldLease,
  db: Db,
  { before, now }: { before: { id: string }[]; now: Source[] },
): Promise<void> {
  const { passwordChange: change } = store.t;
  const marked = now.filter(({ mark }) => mark === PASSWORD_CHANGE);
  const kept = new Set(marked.map(({ id }) => id));
  const gone = before.map(({ id }) => id).filter((id) => !kept.has(id));
  if (gone.length > 0)
    await db
      .delete(change)
      .where(
        and(eq(change.tenantId, tenantId), sql`${change.id} in ${store.dialect.inList(gone)}`),
      );
  await bulkInsert(
    store,
    db,
    change,
    marked.map((source) => toRow(source, tenantId)),
    {
      target: ['tenantId', 'id'],
      update: ['personId', 'occurredAt', 'day', 'succeeded', 'reason', 'agent'],
    },
  );
}

function toRow(source: Source, tenantId: number) {
  const { id, targetId, initiatorId, occurredAt, day, result, reason, onPremisesAgent } = source;
  return {
    tenantId,
    id,
    personId: targetId ?? initiatorId ?? null,
    occurredAt,
    day,
    succeeded: result === 'success',
    reason: reason ?? null,
    agent: onPremisesAgent || null,
  };
}

/**
 * Writes all of them anew from the stored records: those that an older program stored without, or that stand on days
 * of another zone. Killed half way it is begun again.
 */
export async function refillPasswordChanges(lease: HeldLease): Promise<void> {
  const { store, tenantId } = lease;
  const { auditRecord: record } = store.t;
  let last = { occurredAt: Number.MIN_SAFE_INTEGER, id: '' };
  await inChunks(async (size) => {
    const rows = await store.read
      .select()
      .from(record)
      .where(
        and(
          eq(record.tenantId, tenantId),
          eq(record.mark, PASSWORD_CHANGE),
          or(
            gt(record.occurredAt, last.occurredAt),
            and(eq(record.occurredAt, last.occurredAt), gt(record.id, last.id)),
          ),
        ),
      )
      .orderBy(asc(record.occurredAt), asc(record.id))
      .limit(size);
    if (rows.length > 0)
      await lease.tx((db) => storePasswordChanges(lease, db, { before: [], now: rows }));
    last = rows.at(-1) ?? last;
    return rows.length;
  });
}
