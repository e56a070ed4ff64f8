import { and, eq, ne, sql } from 'drizzle-orm';
import { STAGES } from '../../domain/funnel.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { VerificationMethod } from '../../domain/reset-vocabulary.ts';
import type { Store } from '../store-types.ts';
import { collectedPeriod, onDays } from './collected-period.ts';
import type { PeriodInput } from './reset-days.ts';

/**
 * Flows of a period by the verification methods they started, most started first. A flow with two methods is
 * in both rows. Null where no day was collected. Reads a few rows a day.
 */
export async function resetsMethods(store: Store, input: PeriodInput) {
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { asOf, days } = await collectedPeriod(at, input);
    return {
      asOf: isoTextOrNull(asOf),
      daysCollected: days.length,
      methods: days.length === 0 ? null : await methods(at, { ...input, days }),
    };
  });
}

type Days = PeriodInput & { days: Parameters<typeof onDays>[2] };

async function methods(store: Store, input: Days) {
  const flows = await flowsByStage(store, input);
  const away = await switchedAway(store, input);
  const at = (method: string, stage: (typeof STAGES)[number]) =>
    flows.get(`${method} ${STAGES.indexOf(stage)}`) ?? 0;
  const names = new Set([...flows.keys()].map((key) => key.slice(0, key.lastIndexOf(' '))));
  return [...names]
    .map((method) => ({
      method: method as VerificationMethod,
      started: at(method, 'started'),
      passed: at(method, 'passed'),
      gatesPassed: at(method, 'gates_passed'),
      passwordSubmitted: at(method, 'password_submitted'),
      done: at(method, 'done'),
      switchedAway: away.get(method) ?? 0,
    }))
    .filter(({ started }) => started > 0)
    .sort((a, b) => b.started - a.started || (a.method < b.method ? -1 : 1));
}

async function flowsByStage(store: Store, { tenantId, days }: Days) {
  const { resetStage } = store.t;
  const rows = await store.read
    .select({
      method: resetStage.method,
      stage: resetStage.stage,
      flows: sql<number>`sum(${resetStage.flows})`.mapWith(Number),
    })
    .from(resetStage)
    .where(
      and(
        eq(resetStage.tenantId, tenantId),
        onDays(store, sql`${resetStage.day}`, days),
        ne(resetStage.method, ''),
      ),
    )
    .groupBy(resetStage.method, resetStage.stage);
  return new Map(rows.map(({ method, stage, flows }) => [`${method} ${stage}`, flows]));
}

async function switchedAway(store: Store, { tenantId, days }: Days) {
  const { methodSwitch } = store.t;
  const rows = await store.read
    .select({
      from: methodSwitch.fromMethod,
      flows: sql<number>`sum(${methodSwitch.flows})`.mapWith(Number),
    })
    .from(methodSwitch)
    .where(and(eq(methodSwitch.tenantId, tenantId), onDays(store, sql`${methodSwitch.day}`, days)))
    .groupBy(methodSwitch.fromMethod);
  return new Map(rows.map(({ from, flows }) => [from, flows]));
}
