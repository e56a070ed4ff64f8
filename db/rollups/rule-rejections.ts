import { and, eq, gte, or, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { STAGES } from '../../domain/funnel.ts';
import { flowRecordsInOrder } from '../../domain/reset-flow.ts';
import type { DayRejections } from '../../domain/surveillance/rules/day-facts.ts';
import { rejectedAt } from '../../domain/surveillance/rules/rejected-passwords.ts';
import { auditRecords } from '../queries/audit-records.ts';
import type { HeldLease } from '../store/lease.ts';

const SUBMITTED = STAGES.indexOf('password_submitted');

/** The new passwords that were rejected in flows of a day. */
export async function dayRejections(lease: HeldLease, day: Day): Promise<DayRejections[]> {
  const { store, tenantId } = lease;
  const people = await flowsToRead(lease, day);
  if (people.size === 0) return [];
  const { flowId } = store.t.auditRecord;
  const found = await auditRecords(
    store,
    tenantId,
    sql`${flowId} in ${store.dialect.inList([...people.keys()])}`,
  );
  const byFlow = Map.groupBy(found, (one) => one.flowId ?? '');
  return [...byFlow].map(([id, own]) => ({
    flowId: id,
    personId: people.get(id) ?? null,
    at: rejectedAt(flowRecordsInOrder(own.map(({ record }) => record))),
  }));
}

/**
 * The flows of a day that may hold a rejected password, with their people. Most flows submit one password and are done:
 * their records need not be read. The texts are wider than the vocabulary, which decides.
 */
async function flowsToRead(lease: HeldLease, day: Day): Promise<Map<string, string | null>> {
  const { store, tenantId } = lease;
  const { flow, auditRecord: record } = store.t;
  const submitted = await store.read
    .select({ id: flow.id, personId: flow.personId })
    .from(flow)
    .where(and(eq(flow.tenantId, tenantId), eq(flow.day, day), gte(flow.stage, SUBMITTED)));
  const reason = sql`lower(${record.reason})`;
  // Looked up by a list: joined to the flows, SQLite would read all records of the tenant.
  const rows = await store.read
    .select({ flowId: record.flowId })
    .from(record)
    .where(
      and(
        eq(record.tenantId, tenantId),
        sql`${record.flowId} in ${store.dialect.inList(submitted.map(({ id }) => id))}`,
        or(
          sql`${reason} like '%submitted a%'`,
          sql`${reason} like '%banned%'`,
          sql`${reason} like '%fuzzypolicy%'`,
        ),
      ),
    )
    .groupBy(record.flowId)
    .having(
      sql`count(*) > 1 or min(case when ${reason} like '%new password%' then 1 else 0 end) = 0`,
    );
  const told = new Set(rows.map(({ flowId }) => flowId));
  return new Map(submitted.flatMap(({ id, personId }) => (told.has(id) ? [[id, personId]] : [])));
}
