import { and, between, eq, lte, notInArray, sql } from 'drizzle-orm';
import { NEAR_RESET_MS, RESET_AFTER_FAILURE_MS } from '../../domain/surveillance/rule-list.ts';
import type {
  DayAdminReset,
  DayFlow,
  SecurityInfoChange,
  UnpassedFlow,
} from '../../domain/surveillance/rules/day-facts.ts';
import { securityInfoChanged } from '../queries/security-info-changed.ts';
import type { HeldLease } from '../store/lease.ts';

// What rules look up around the flows and admin resets of a day, also on the days next to it.

/** Of people with a counted admin reset on the day: the ends of flows before it that they could not pass. */
export async function unpassedFlows(
  { store, tenantId }: HeldLease,
  resets: readonly DayAdminReset[],
): Promise<UnpassedFlow[]> {
  const counted = resets.filter(({ kind }) => kind === 'counted');
  const people = distinct(counted);
  if (people.length === 0) return [];
  const { flow, failedVerification: failed } = store.t;
  const times = counted.map(({ at }) => at);
  const last = most(times);
  const rows = await store.read
    .select({ personId: flow.personId, lastAt: flow.lastAt })
    .from(flow)
    .where(
      and(
        eq(flow.tenantId, tenantId),
        sql`${flow.personId} in ${store.dialect.inList(people)}`,
        lte(flow.startedAt, last),
        between(flow.lastAt, least(times) - RESET_AFTER_FAILURE_MS, last),
        notInArray(flow.outcome, ['completed', 'unlocked']),
        sql`exists (select 1 from ${failed}
          where ${failed.tenantId} = ${flow.tenantId} and ${failed.flowId} = ${flow.id})`,
      ),
    );
  return rows.flatMap(({ personId, lastAt }) => (personId === null ? [] : [{ personId, lastAt }]));
}

/** Of people with a success in a flow of the day: the changes of their security info around it. */
export async function securityInfoChanges(
  { store, tenantId }: HeldLease,
  flows: readonly DayFlow[],
): Promise<SecurityInfoChange[]> {
  const succeeded = successes(flows);
  if (succeeded.length === 0) return [];
  const { auditRecord: record } = store.t;
  const times = succeeded.map(({ at }) => at);
  const rows = await store.read
    .select({ personId: record.targetId, at: record.occurredAt })
    .from(record)
    .where(
      and(
        eq(record.tenantId, tenantId),
        sql`${record.targetId} in ${store.dialect.inList(distinct(succeeded))}`,
        between(record.occurredAt, least(times) - NEAR_RESET_MS, most(times) + NEAR_RESET_MS),
        securityInfoChanged('audit_record'),
      ),
    );
  return rows.flatMap(({ personId, at }) => (personId === null ? [] : [{ personId, at }]));
}

function distinct(rows: readonly { personId: string | null }[]): string[] {
  return [...new Set(rows.flatMap(({ personId }) => personId ?? []))];
}

function least(times: readonly number[]): number {
  return times.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER);
}

function most(times: readonly number[]): number {
  return times.reduce((a, b) => Math.max(a, b), 0);
}

/** The successes of known people. */
export function successes(flows: readonly Pick<DayFlow, 'personId' | 'succeededAt'>[]) {
  return flows.flatMap(({ personId, succeededAt }) =>
    personId === null || succeededAt === null ? [] : [{ personId, at: succeededAt }],
  );
}
