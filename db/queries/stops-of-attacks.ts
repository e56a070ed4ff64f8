import { sql } from 'drizzle-orm';
import { DAY_MS } from '../../domain/day.ts';
import { overlaps } from '../../domain/surveillance/connected-findings.ts';
import type { Episode } from '../../domain/surveillance/episodes.ts';
import type { Store } from '../store-types.ts';

/** As many people who fail from an address as an attack brings at least. */
const PEOPLE = 3;
/** What part of the stopped flows must come from such addresses. */
const SHARE = 0.5;

/**
 * The episodes, with those of configuration stops taken into an episode of failed verifications that brought them: where at
 * least half of the stopped flows came from addresses that several people fail from in that episode, and from which nobody
 * ever succeeded before it. Whoever tries names out meets people who cannot reset, too: that is one event, one alert.
 */
export async function withStopsOfAttacks(
  store: Store,
  tenantId: number,
  found: readonly Episode[],
): Promise<Episode[]> {
  const kept = new Map(found.map((episode) => [episode, episode]));
  for (const stops of found) {
    if (stops.rule !== 'configuration_stops') continue;
    for (const failures of found) {
      if (failures.rule !== 'failed_verifications') continue;
      const isOneTime = overlaps(spanOf(stops), spanOf(failures));
      if (!isOneTime || !(await isBrought(store, tenantId, { stops, failures }))) continue;
      const own = kept.get(failures) ?? failures;
      kept.set(failures, { ...own, findings: [...own.findings, ...stops.findings] });
      kept.delete(stops);
      break;
    }
  }
  return [...kept.values()];
}

const spanOf = ({ startedAt: startAt, lastAt: endAt }: Episode) => ({ startAt, endAt });

async function isBrought(
  { dialect, read }: Store,
  tenantId: number,
  { stops, failures }: { stops: Episode; failures: Episode },
): Promise<boolean> {
  const text = (at: number) => new Date(at).toISOString().slice(0, 10);
  const [row] = await dialect.rows<{ flows: number; brought: number }>(
    read,
    sql`
    with attacking as (
      select failed.address from failed_verification as failed
      where failed.tenant_id = ${tenantId} and failed.address <> ''
        and failed.failed_at >= ${failures.startedAt} and failed.failed_at < ${failures.lastAt}
        and not exists (
          select 1 from flow as earlier
          where earlier.tenant_id = failed.tenant_id and earlier.address = failed.address
            and earlier.started_at < ${failures.startedAt}
            and earlier.outcome in ('completed', 'unlocked'))
      group by failed.address
      having count(distinct failed.person_id) >= ${PEOPLE})
    select count(*) as flows,
      sum(case when flow.address in (select address from attacking) then 1 else 0 end) as brought
    from flow
    where flow.tenant_id = ${tenantId} and flow.outcome = 'not_entitled'
      and flow.reason = ${stops.subject}
      and flow.day between ${text(stops.startedAt - DAY_MS)} and ${text(stops.lastAt + DAY_MS)}
      and flow.started_at >= ${stops.startedAt} and flow.started_at < ${stops.lastAt}`,
  );
  const flows = Number(row?.flows ?? 0);
  return flows > 0 && Number(row?.brought ?? 0) >= SHARE * flows;
}
