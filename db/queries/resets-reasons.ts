import { sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import { reasonText } from '../../domain/lost-reason.ts';
import { recoverablePerMonth } from '../../domain/recoverable.ts';
import { successRate } from '../../domain/reset-counts.ts';
import type { Owner } from '../../domain/reset-vocabulary.ts';
import type { Store } from '../store-types.ts';
import { onDays } from './collected-period.ts';
import { type LostFlow, LostTally } from './lost-tally.ts';
import { noResets, type PeriodInput, resetDays, sumOfDays } from './reset-days.ts';

interface Input extends PeriodInput {
  /** Only reasons of this owner. */
  owner?: Owner | undefined;
}

/**
 * Why the flows of a period were lost, each for one reason, and who can take it away: unknown reasons first, then
 * most flows first. Null where no day was collected. Reads the lost flows of the period and their incidents.
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
    const rows = await lostFlows(at, input, collected);
    const inPeriod = new Set<string>(collected);
    const byReason = new LostTally(inPeriod);
    const byOwner = new LostTally(inPeriod);
    for (const row of rows) {
      byReason.add(row.reason, row);
      byOwner.add(row.owner ?? '', row);
    }
    const figures = ({ key: code, met, ...counts }: ReturnType<LostTally['groups']>[number]) => ({
      code,
      ...counts,
      recoverablePerMonth: recoverablePerMonth({ met, all, days: collected.length }),
    });
    return {
      ...found,
      lost: rows.length,
      reasons: byReason
        .groups()
        .map((group) => {
          const { reason, known } = reasonText(group.key);
          return { reason, known, ...figures(group) };
        })
        .sort((a, b) => Number(a.known) - Number(b.known) || mostFirst(a, b)),
      owners: byOwner
        .groups()
        .map(figures)
        .sort(mostFirst)
        .map(({ code: _, ...row }) => row),
    };
  });
}

type Ordered = { flows: number; code: string };
const mostFirst = (a: Ordered, b: Ordered) => b.flows - a.flows || (a.code < b.code ? -1 : 1);

/** One row per lost flow, with what became of its incident. */
function lostFlows(
  store: Store,
  { tenantId, owner }: Input,
  days: readonly Day[],
): Promise<LostFlow[]> {
  const own = owner === undefined ? sql`` : sql`and flow.owner = ${owner}`;
  return store.dialect.rows<LostFlow>(
    store.read,
    sql`select flow.reason, flow.owner, flow.person_id as "personId", flow.incident_id as "incidentId",
          incident.outcome, incident.settling, incident.day
        from flow
        left join incident on incident.tenant_id = flow.tenant_id and incident.id = flow.incident_id
        where flow.tenant_id = ${tenantId} and flow.reason is not null ${own}
          and ${onDays(store, sql`flow.day`, days)}`,
  );
}
