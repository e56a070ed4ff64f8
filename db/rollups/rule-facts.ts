import { and, eq } from 'drizzle-orm';
import type { AdminResetKind } from '../../domain/admin-reset.ts';
import type { Day } from '../../domain/day.ts';
import type {
  DayAdminReset,
  DayFacts,
  DayFailure,
  DayFlow,
  DayPass,
} from '../../domain/surveillance/rules/day-facts.ts';
import type { HeldLease } from '../store/lease.ts';
import { knownPeople } from './failing-people.ts';
import { securityInfoChanges, successes, unpassedFlows } from './rule-neighbours.ts';
import { dayRejections } from './rule-rejections.ts';

/** All that the threshold rules measure a day by. */
export async function ruleFacts(lease: HeldLease, day: Day): Promise<DayFacts> {
  const adminResets = await dayAdminResets(lease, day);
  const flows = await dayFlows(lease, day);
  return {
    flows,
    passes: await dayPasses(lease, day),
    failures: await dayFailures(lease, day),
    adminResets,
    unpassed: await unpassedFlows(lease, adminResets),
    changes: await securityInfoChanges(lease, flows),
    rejections: await dayRejections(lease, day),
  };
}

async function dayFlows(lease: HeldLease, day: Day): Promise<DayFlow[]> {
  const { store, tenantId } = lease;
  const { flow } = store.t;
  const rows = await store.read
    .select({
      id: flow.id,
      personId: flow.personId,
      address: flow.address,
      startedAt: flow.startedAt,
      lastAt: flow.lastAt,
      succeededAt: flow.succeededAt,
      outcome: flow.outcome,
      reason: flow.reason,
    })
    .from(flow)
    .where(and(eq(flow.tenantId, tenantId), eq(flow.day, day)));
  // Nobody else is asked about.
  const known = await knownPeople(
    lease,
    successes(rows).map(({ personId }) => personId),
  );
  return rows.map((row) => {
    return {
      ...row,
      admin: row.personId === null ? null : (known.get(row.personId)?.admin ?? null),
    };
  });
}

async function dayPasses({ store, tenantId }: HeldLease, day: Day): Promise<DayPass[]> {
  const { verificationStep: step } = store.t;
  return store.read
    .select({ flowId: step.flowId, method: step.method })
    .from(step)
    .where(and(eq(step.tenantId, tenantId), eq(step.day, day), eq(step.passed, true)));
}

async function dayFailures({ store, tenantId }: HeldLease, day: Day): Promise<DayFailure[]> {
  const { failedVerification: failed } = store.t;
  return store.read
    .select({ personId: failed.personId, method: failed.method, at: failed.failedAt })
    .from(failed)
    .where(and(eq(failed.tenantId, tenantId), eq(failed.day, day)));
}

async function dayAdminResets({ store, tenantId }: HeldLease, day: Day): Promise<DayAdminReset[]> {
  const { adminReset: reset } = store.t;
  const rows = await store.read
    .select({
      id: reset.id,
      personId: reset.personId,
      operatorId: reset.operatorId,
      kind: reset.kind,
      at: reset.occurredAt,
    })
    .from(reset)
    .where(and(eq(reset.tenantId, tenantId), eq(reset.day, day)));
  return rows.map((row) => ({ ...row, kind: row.kind as AdminResetKind }));
}
