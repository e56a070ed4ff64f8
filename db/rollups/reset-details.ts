import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type StageGroup, stageCounts, stageWithMethod } from '../../domain/funnel.ts';
import { isSelfServed } from '../../domain/served.ts';
import type { HeldLease } from '../store/lease.ts';
import type { FlowGroup, IncidentHourGroup } from './day-groups.ts';

/** The rows of a day that tell how far its flows came: all of them (method ''), and those that started each method. */
export async function stageRows(lease: HeldLease, day: Day, flows: FlowGroup[]) {
  const { tenantId } = lease;
  const all = flows.map((group) => ({ ...group, inProgress: group.outcome === 'in_progress' }));
  const byMethod = Map.groupBy(await methodGroups(lease, day), ({ method }) => method);
  const funnels: [string, StageGroup[]][] = [['', all], ...byMethod];
  return funnels.flatMap(([method, groups]) =>
    stageCounts(groups)
      .filter((count) => count.flows > 0)
      .map((count) => ({ tenantId, day, method, ...count })),
  );
}

async function methodGroups(
  { store, tenantId }: HeldLease,
  day: Day,
): Promise<(StageGroup & { method: string })[]> {
  const { flow, verificationStep: step } = store.t;
  const rows = await store.read
    .select({
      method: step.method,
      passed: step.passed,
      stage: flow.stage,
      outcome: flow.outcome,
      flows: sql<number>`count(*)`.mapWith(Number),
    })
    .from(step)
    .innerJoin(flow, and(eq(flow.tenantId, step.tenantId), eq(flow.id, step.flowId)))
    .where(and(eq(step.tenantId, tenantId), eq(step.day, day)))
    .groupBy(step.method, step.passed, flow.stage, flow.outcome);
  return rows.map(({ method, passed, stage, outcome, flows }) => ({
    method,
    stage: stageWithMethod(stage, passed),
    inProgress: outcome === 'in_progress',
    flows,
  }));
}

/** The rows of a day that tell in how many flows one method was given up for another. */
export async function switchRows({ store, tenantId }: HeldLease, day: Day) {
  const { verificationStep: step } = store.t;
  const found = await store.read
    .select({
      fromMethod: step.switchedFrom,
      toMethod: step.method,
      flows: sql<number>`count(*)`.mapWith(Number),
    })
    .from(step)
    .where(and(eq(step.tenantId, tenantId), eq(step.day, day), isNotNull(step.switchedFrom)))
    .groupBy(step.switchedFrom, step.method);
  return found.flatMap(({ fromMethod, ...row }) =>
    fromMethod === null ? [] : { tenantId, day, fromMethod, ...row },
  );
}

interface DayGroups {
  day: Day;
  flows: FlowGroup[];
  incidents: IncidentHourGroup[];
}

/** The rows of a day that tell at which hour of the tenant's zone its flows and incidents began. */
export function hourRows({ tenantId }: HeldLease, { day, flows, incidents }: DayGroups) {
  const hours = new Map<number, { flows: number; incidents: number; selfServed: number }>();
  const at = (hour: number) => {
    const counts = hours.get(hour) ?? { flows: 0, incidents: 0, selfServed: 0 };
    hours.set(hour, counts);
    return counts;
  };
  for (const group of flows) at(group.hour).flows += group.flows;
  for (const group of incidents) {
    at(group.hour).incidents += group.incidents;
    if (isSelfServed(group)) at(group.hour).selfServed += group.incidents;
  }
  return [...hours].map(([hour, counts]) => ({ tenantId, day, hour, ...counts }));
}
