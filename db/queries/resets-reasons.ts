import { type SQL, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import { reasonText } from '../../domain/lost-reason.ts';
import { recoverablePerMonth } from '../../domain/recoverable.ts';
import { successRate } from '../../domain/reset-counts.ts';
import type { Owner } from '../../domain/reset-vocabulary.ts';
import type { Store } from '../store-types.ts';
import { onDays } from './collected-period.ts';
import { noResets, type PeriodInput, resetDays, sumOfDays } from './reset-days.ts';

interface Input extends PeriodInput {
  /** Only reasons of this owner. */
  owner?: Owner | undefined;
}

/**
 * Why the flows of a period were lost, each for one reason, and who can take it away: unknown reasons first, then
 * most flows first. Null where no day was collected.
 */
export async function resetsReasons(store: Store, input: Input) {
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { asOf, days } = await resetDays(at, input);
    const collected = days.flatMap(({ day, counts }) => (counts ? day : []));
    const found = { asOf: isoTextOrNull(asOf), daysCollected: collected.length };
    if (collected.length === 0) return { ...found, lost: null, reasons: null, owners: null };
    const rate = successRate((sumOfDays(days) ?? noResets()).incidents);
    const all = { settled: rate.whole, selfServed: rate.part };
    const byReason = await lostBy(at, input, { key: sql`flow.reason`, days: collected });
    const byOwner = await lostBy(at, input, {
      key: sql`coalesce(flow.owner, '')`,
      days: collected,
    });
    const figures = ({ code, metSettled, metSelfServed, ...counts }: LostGroup) => ({
      code,
      ...counts,
      recoverablePerMonth: recoverablePerMonth({
        met: { settled: metSettled, selfServed: metSelfServed },
        ...{ all, days: collected.length },
      }),
    });
    return {
      ...found,
      lost: byOwner.reduce((sum, { flows }) => sum + flows, 0),
      reasons: byReason
        .map((group) => {
          const { reason, known } = reasonText(group.code);
          return { reason, known, ...figures(group) };
        })
        .sort((a, b) => Number(a.known) - Number(b.known) || mostFirst(a, b)),
      owners: byOwner
        .map(figures)
        .sort(mostFirst)
        .map(({ code: _, ...row }) => row),
    };
  });
}

type Ordered = { flows: number; code: string };
const mostFirst = (a: Ordered, b: Ordered) => b.flows - a.flows || (a.code < b.code ? -1 : 1);

interface LostGroup {
  /** The reason, or the owner; '' for reasons without one. */
  code: string;
  owner: Owner | null;
  flows: number;
  people: number;
  incidents: number;
  fellBack: number;
  /** Settled incidents of the same days that met it, and those of them that were self-served. */
  metSettled: number;
  metSelfServed: number;
}

/** Lost flows by one key, their people, and what became of their incidents, each counted once for each key. */
async function lostBy(
  store: Store,
  { tenantId, owner }: Input,
  { key, days }: { key: SQL; days: readonly Day[] },
): Promise<LostGroup[]> {
  const own = owner === undefined ? sql`` : sql`and flow.owner = ${owner}`;
  const inPeriod = onDays(store, sql`flow.day`, days);
  const settled = sql`not incident.settling`;
  const met = sql`${settled} and ${onDays(store, sql`incident.day`, days)}`;
  const lost = sql`from flow where flow.tenant_id = ${tenantId} and flow.reason is not null ${own} and ${inPeriod}`;
  const groups = await store.dialect.rows<Omit<LostGroup, 'incidents' | 'fellBack'>>(
    store.read,
    sql`select ${key} as code, min(flow.owner) as owner, count(*) as flows,
          count(distinct flow.person_id) as people ${lost} group by 1`,
  );
  const ended = await store.dialect.rows<Omit<LostGroup, 'owner' | 'flows' | 'people'>>(
    store.read,
    sql`select met.code as code, count(*) as incidents,
          sum(case when ${settled} and incident.outcome = 'fell_back' then 1 else 0 end) as "fellBack",
          sum(case when ${met} then 1 else 0 end) as "metSettled",
          sum(case when ${met} and incident.outcome in ('self_served_first', 'self_served_retry') then 1 else 0 end) as "metSelfServed"
        from (select distinct ${key} as code, flow.incident_id as incident_id ${lost} and flow.incident_id is not null) met
        left join incident on incident.tenant_id = ${tenantId} and incident.id = met.incident_id
        group by met.code`,
  );
  const byCode = new Map(ended.map((row) => [row.code, row]));
  return groups.map(({ code, owner: whose, flows, people }) => {
    const {
      incidents = 0,
      fellBack = 0,
      metSettled = 0,
      metSelfServed = 0,
    } = byCode.get(code) ?? {};
    return {
      ...{ code, owner: whose, flows: Number(flows), people: Number(people) },
      ...{ incidents: Number(incidents), fellBack: Number(fellBack) },
      ...{ metSettled: Number(metSettled), metSelfServed: Number(metSelfServed) },
    };
  });
}
