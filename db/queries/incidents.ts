import { type SQL, sql } from 'drizzle-orm';
import { dayCutter } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { Settings } from '../store/settings.ts';
import type { Store } from '../store-types.ts';
import { type CollectedPeriod, collectedPeriod } from './collected-period.ts';
import { holidayDays } from './holidays.ts';
import {
  type AskedDays,
  type FlowFilter,
  flowTests,
  type IncidentFilter,
  incidentTests,
  type TimeFilter,
  timeTest,
} from './incident-filter.ts';
import { incidentRows, toIncidents } from './incident-rows.ts';
import { officeHours } from './office-hours.ts';
import type { PeriodInput } from './reset-days.ts';
import { readTimeCursor, type TimePlace, writeTimeCursor } from './time-cursor.ts';

export interface IncidentsInput extends PeriodInput, IncidentFilter, TimeFilter, FlowFilter {
  defaults: Settings;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/**
 * One page of the incidents behind a figure, newest first, and how many there are in all: of the collected days of
 * the period, so that `total` and `flows` are the figure. Without a filter on flows the days, weekday and hour are
 * those of the incidents, else those of the flows, and the list holds the incidents of the flows that match.
 * Throws BadCursor.
 */
export async function incidents(store: Store, input: IncidentsInput) {
  const after = input.cursor === undefined ? null : readTimeCursor(input.cursor);
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const period = await collectedPeriod(at, input);
    const asked = await askedFor(at, input, period);
    const { total, flows } = await totals(at, input, asked);
    const rows = total === 0 ? [] : await pageOf(at, input, asked, after);
    const shown = rows.slice(0, input.limit);
    const last = shown.at(-1);
    return {
      asOf: isoTextOrNull(period.asOf),
      incidents: await toIncidents(at, input.tenantId, shown),
      total,
      flows,
      nextCursor:
        rows.length > input.limit && last
          ? writeTimeCursor({ at: last.startedAt, id: last.id })
          : null,
    };
  });
}

/** Conditions of a question. */
interface Asked {
  /** On `incident`. */
  incident: SQL[];
  /** On `flow`; null: nothing is asked of flows. */
  flow: SQL | null;
}

async function askedFor(
  store: Store,
  input: IncidentsInput,
  { asOf, days }: CollectedPeriod,
): Promise<Asked> {
  const { tenantId } = input;
  const ofIncident = incidentTests(input, asOf);
  const ofFlow = flowTests(store, input, { tenantId, days });
  const isOfFlows = ofFlow.length > 0;
  const time = { ...input, days, office: await officeOf(store, input) };
  const when = timeTest(store, isOfFlows ? 'flow' : 'incident', time);
  const flow = all([sql`flow.tenant_id = ${tenantId}`, when, ...ofFlow]);
  return isOfFlows
    ? { incident: ofIncident, flow }
    : { incident: [when, ...ofIncident], flow: null };
}

async function officeOf(store: Store, input: IncidentsInput): Promise<AskedDays['office']> {
  if (input.outsideOffice === undefined) return null;
  return {
    hours: await officeHours(store, input.tenantId, input.defaults),
    holidays: await holidayDays(store, input),
  };
}

const all = (conditions: SQL[]) => sql.join(conditions, sql` and `);

async function totals(
  { dialect, read }: Store,
  { tenantId }: IncidentsInput,
  { incident, flow }: Asked,
): Promise<{ total: number; flows: number }> {
  const own = all([sql`incident.tenant_id = ${tenantId}`, ...incident]);
  const joined =
    incident.length === 0
      ? sql`` // flows alone tell
      : sql`join incident on incident.id = flow.incident_id and ${own}`;
  const [row] = await dialect.rows<{ total: number; flows: number }>(
    read,
    flow === null
      ? sql`select count(*) as total, coalesce(sum(incident.flows), 0) as flows
            from incident where ${own}`
      : sql`select count(distinct flow.incident_id) as total, count(*) as flows
            from flow ${joined}
            where ${flow} and flow.incident_id is not null`,
  );
  return { total: Number(row?.total ?? 0), flows: Number(row?.flows ?? 0) };
}

/** Up to one more than a page, so that it can be told whether another one follows. */
function pageOf(
  store: Store,
  { tenantId, timeZone, limit }: IncidentsInput,
  { incident, flow }: Asked,
  after: TimePlace | null,
) {
  const tests = [sql`incident.tenant_id = ${tenantId}`, ...incident];
  const byDay = flow === null;
  if (flow) tests.push(sql`incident.id in (select flow.incident_id from flow where ${flow})`);
  if (after) {
    tests.push(sql`(incident.started_at, incident.id) < (${after.at}, ${after.id})`);
    // The day leads to the place in the index of days.
    if (byDay) tests.push(sql`incident.day <= ${dayCutter(timeZone).dayOf(after.at)}`);
  }
  return incidentRows(store, all(tests), { limit: limit + 1, byDay });
}
