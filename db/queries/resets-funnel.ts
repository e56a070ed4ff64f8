import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { STAGES } from '../../domain/funnel.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { VerificationMethod } from '../../domain/reset-vocabulary.ts';
import type { Store } from '../store-types.ts';
import { type CollectedPeriod, collectedPeriod, onDays } from './collected-period.ts';
import type { PeriodInput } from './reset-days.ts';

interface Input extends PeriodInput {
  /** Only flows that started it. */
  method?: VerificationMethod | undefined;
}

/**
 * How far the flows of a period came, and which methods were given up for which. Null where no day was
 * collected. The stages are read from a few rows a day, the switches from the steps that were switched to.
 */
export async function resetsFunnel(store: Store, input: Input) {
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const period = await collectedPeriod(at, input);
    const some = period.days.length > 0;
    return {
      asOf: isoTextOrNull(period.asOf),
      daysCollected: period.days.length,
      stages: some ? await stages(at, input, period) : null,
      switches: some ? await switches(at, input, period) : null,
    };
  });
}

async function stages(
  store: Store,
  { tenantId, method = '' as never }: Input,
  { days }: CollectedPeriod,
) {
  const { resetStage } = store.t;
  const rows = await store.read
    .select({
      stage: resetStage.stage,
      flows: sql<number>`sum(${resetStage.flows})`.mapWith(Number),
      inProgress: sql<number>`sum(${resetStage.inProgress})`.mapWith(Number),
    })
    .from(resetStage)
    .where(
      and(
        eq(resetStage.tenantId, tenantId),
        eq(resetStage.method, method),
        onDays(store, sql`${resetStage.day}`, days),
      ),
    )
    .groupBy(resetStage.stage);
  const byStage = new Map(rows.map((row) => [row.stage, row]));
  return STAGES.map((stage, i) => {
    const { flows = 0, inProgress = 0 } = byStage.get(i) ?? {};
    return { stage, flows, inProgress };
  });
}

/** A method is given up at most once in a flow, so a row of a pair is a flow; one flow may have several pairs. */
async function switches(store: Store, { tenantId, method }: Input, { days }: CollectedPeriod) {
  const { verificationStep: step } = store.t;
  const own = and(
    eq(step.tenantId, tenantId),
    onDays(store, sql`${step.day}`, days),
    isNotNull(step.switchedFrom),
    method && startedToo(method),
  );
  const pairs = await store.read
    .select({
      from: sql<VerificationMethod>`${step.switchedFrom}`,
      to: sql<VerificationMethod>`${step.method}`,
      flows: sql<number>`count(*)`.mapWith(Number),
    })
    .from(step)
    .where(own)
    .groupBy(step.switchedFrom, step.method);
  const [all] = await store.read
    .select({ flows: sql<number>`count(distinct ${step.flowId})`.mapWith(Number) })
    .from(step)
    .where(own);
  return { flows: all?.flows ?? 0, pairs: pairs.sort(mostFirst) };
}

/** The flow of a step started `method` as well. */
const startedToo = (method: VerificationMethod) =>
  sql`exists (
    select 1 from verification_step as started
    where started.tenant_id = verification_step.tenant_id
      and started.flow_id = verification_step.flow_id and started.method = ${method})`;

type Pair = { from: string; to: string; flows: number };
const mostFirst = (a: Pair, b: Pair) =>
  b.flows - a.flows || compare(a.from, b.from) || compare(a.to, b.to);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
