import { and, eq, sql } from 'drizzle-orm';
import { isAdminReset, isSynchronisation } from '../../domain/admin-reset.ts';
import type { AuditRecord } from '../../domain/audit-record.ts';
import type { DayCutter } from '../../domain/day.ts';
import { isPasswordChange } from '../../domain/password-change.ts';
import { policyMark } from '../../domain/policy-change.ts';
import { flowId, isFlowRecord } from '../../domain/reset-flow.ts';
import { stepOf } from '../../domain/reset-vocabulary.ts';
import { bulkInsert, type OnConflict } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import type { Stored } from './feed-runs.ts';
import type { HeldLease } from './lease.ts';
import { noteDaysNearResets } from './near-reset-days.ts';
import { nextId } from './next-id.ts';
import { PASSWORD_CHANGE, storePasswordChanges } from './password-changes.ts';
import { personText } from './person-text.ts';

/** A record as Graph reports it, with what only storage needs. */
export interface StoredAuditRecord extends AuditRecord {
  category: string | null;
  operationType: string | null;
  userAgent: string | null;
}

type Row = HeldLease['store']['t']['auditRecord']['$inferInsert'];

/**
 * Stores audit records by id, in the caller's transaction: new ones are added,
 * ones that differ from what is stored replace it, the rest is left alone (P3).
 * Flows that must be worked out again are noted. `records` may repeat ids.
 */
export async function storeAuditRecords(
  lease: HeldLease,
  db: Db,
  { feed, records, cutter }: { feed: string; records: StoredAuditRecord[]; cutter: DayCutter },
): Promise<Stored> {
  const { store, tenantId } = lease;
  const { auditRecord, flowDirty } = store.t;
  const byId = new Map(records.map((record) => [record.id, record]));
  const rows = [...byId.values()].map((record) => toRow(record, { tenantId, feed, cutter }));
  const old = await stored(lease, db, [...byId.keys()]);
  const written = rows.filter((row) => {
    const before = old.get(row.id);
    return before === undefined || differs(before, row);
  });
  await bulkInsert(store, db, auditRecord, written, {
    target: ['tenantId', 'id'],
    update: UPDATABLE,
  });
  const flows = new Set(
    written.flatMap((row) => [row.flowId, old.get(row.id)?.flowId]).filter((id) => id != null),
  );
  await bulkInsert(
    store,
    db,
    flowDirty,
    [...flows].map((id) => ({ tenantId, flowId: id as string })),
    { target: ['tenantId', 'flowId'], update: [] },
  );
  const changesBefore = written.filter(({ id }) => old.get(id)?.mark === PASSWORD_CHANGE);
  await storePasswordChanges(lease, db, { before: changesBefore, now: written });
  await noteDaysNearResets(lease, db, [
    ...written,
    ...written.flatMap(({ id }) => old.get(id) ?? []),
  ]);
  await rememberOperators(lease, db, [...byId.values()]);
  const changed = written.filter(({ id }) => old.has(id)).length;
  return { added: written.length - changed, changed };
}

function toRow(
  record: StoredAuditRecord,
  { tenantId, feed, cutter }: { tenantId: number; feed: string; cutter: DayCutter },
) {
  const { initiatorName, initiatorIsApp: _, ...fields } = record;
  const isFlow = isFlowRecord(record);
  return {
    tenantId,
    feed,
    ...fields,
    day: cutter.dayOf(record.occurredAt),
    initiatorKind: initiatorKind(record, initiatorName),
    flowId: isFlow ? flowId(record) : null,
    mark: mark(record),
  };
}

function initiatorKind(record: AuditRecord, name: string | null): string {
  if (record.initiatorIsApp) return 'app';
  if (name !== null && isSynchronisation(name)) return 'sync';
  return record.initiatorId === null ? 'none' : 'user';
}

function mark(record: AuditRecord): string | null {
  if (isAdminReset(record)) return 'admin_reset';
  if (isPasswordChange(record)) return PASSWORD_CHANGE;
  if (stepOf(record)?.kind === 'unknown') return 'unknown_reason';
  return policyMark(record);
}

/** Every column but the key: what a later reading of the same record may correct. */
const UPDATABLE: OnConflict<HeldLease['store']['t']['auditRecord']>['update'] = [
  'occurredAt',
  'occurredText',
  'day',
  'activity',
  'service',
  'category',
  'operationType',
  'result',
  'reason',
  'correlationId',
  'targetId',
  'initiatorId',
  'initiatorKind',
  'address',
  'onPremisesAgent',
  'userAgent',
  'flowId',
  'mark',
];

function differs(before: Row, row: Row): boolean {
  return UPDATABLE.some((column) => before[column] !== row[column]);
}

async function stored({ store, tenantId }: HeldLease, db: Db, ids: string[]) {
  const { auditRecord } = store.t;
  const rows = await db
    .select()
    .from(auditRecord)
    .where(
      and(
        eq(auditRecord.tenantId, tenantId),
        sql`${auditRecord.id} in ${store.dialect.inList(ids)}`,
      ),
    );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Names of operators who reset passwords go to `person`, the one table of names, where
 * they are not known yet: the setting of automation accounts is matched by name.
 */
async function rememberOperators(
  lease: HeldLease,
  db: Db,
  records: StoredAuditRecord[],
): Promise<void> {
  const { store, tenantId } = lease;
  const names = new Map<string, string>();
  for (const record of records)
    if (isAdminReset(record) && record.initiatorId !== null && record.initiatorName !== null)
      names.set(record.initiatorId, record.initiatorName);
  if (names.size === 0) return;
  let id = await nextId(db, store.t.person, tenantId);
  const rows = [...names].map(([objectId, userPrincipalName]) => {
    return { tenantId, id: id++, objectId, ...personText(null, userPrincipalName) };
  });
  await bulkInsert(store, db, store.t.person, rows, {
    target: ['tenantId', 'objectId'],
    update: [],
  });
}
