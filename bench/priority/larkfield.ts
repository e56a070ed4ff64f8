import { type SampleTenant, sampleTenant } from '../../demo/sample/tenant.ts';
import { adminResetKinds, isAdminReset } from '../../domain/admin-reset.ts';
import type { AuditRecord } from '../../domain/audit-record.ts';
import { DAY_MS, type Day, dayCutter, daysBetween } from '../../domain/day.ts';
import { DEFAULT_INCIDENT_GAP_MS, personIncidents } from '../../domain/incident.ts';
import { priorityCuts } from '../../domain/priority/cuts.ts';
import {
  callStarts,
  countBetween,
  HORIZON_MS,
  isTrouble,
  type PersonHistory,
} from '../../domain/priority/history.ts';
import type { RegisteredThen } from '../../domain/priority/ranking.ts';
import { userClass } from '../../domain/registration.ts';
import { type Flow, resetFlows } from '../../domain/reset-flow.ts';
import { parseDirectoryAudit, RESET_SERVICE } from '../../jobs/graph/directory-audits.ts';
import { parseUser, type UserRow } from '../../jobs/graph/users.ts';

/** The noon at which every told story ends. */
const END = Date.parse('2026-11-22T12:00:00Z');

/** A sample tenant on a day of its story, as the product knows it then, and who called in the time after. */
export interface Larkfield {
  /** Start of the log, UTC milliseconds. */
  since: number;
  /** The day on which an order is made, UTC milliseconds. Nothing later is in what the functions below answer. */
  asOf: number;
  ids: string[];
  historyOf(id: string): PersonHistory;
  /** The registration report of the day of `at`, for the instants that the order looks at. */
  registeredAt(id: string, at: number): RegisteredThen | null;
  /** The account as /users tells of it on the day of `asOf`. */
  userOf(id: string): UserRow | null;
  /** Calls from `asOf` on, in 90 days: from audit records that nothing above has seen. */
  heldOutCalls(id: string): number;
}

/** Tells the story of `seed` to its end, and stops the product's clock 90 days before. */
export function larkfield(seed: number): Larkfield {
  const sample = sampleTenant({ end: END, seed, aheadDays: 0 });
  const utc = dayCutter('UTC');
  const asOf = END - HORIZON_MS;
  const since = utc.startOf(sample.start);
  const { early, late } = priorityCuts(asOf);
  const reports = registrationReports(sample, [...early, ...late, asOf].map(utc.dayOf));
  const users = new Map(
    sample
      .usersOn(utc.dayOf(asOf))
      .map((user) => ({ ...user, signInActivity: sample.world.signInActivity?.(user, asOf) }))
      .map(parseUser)
      .flatMap((one) => (one.ok ? [[one.row.id, one.row] as const] : [])),
  );
  const createdAt = (id: string) => users.get(id)?.createdAt ?? null;
  const now = reports.get(utc.dayOf(asOf)) ?? new Map<string, RegisteredThen>();
  const { automationAccounts } = sample.settings;
  const input = { createdAt, population: now.size, automationAccounts };
  const known = histories(resetRecords(sample, since, asOf), { ...input, asOf });
  // A chain of resets that goes on from before is no new call, so the day before is read, too.
  const later = histories(resetRecords(sample, asOf - DAY_MS, END), { ...input, asOf: END });
  return {
    since,
    asOf,
    ids: [...new Set([...reports.values()].flatMap((report) => [...report.keys()]))],
    historyOf: (id) => ({ ...(known.get(id) ?? NOTHING), createdAt: createdAt(id) }),
    registeredAt: (id, at) => reports.get(utc.dayOf(at))?.get(id) ?? null,
    userOf: (id) => users.get(id) ?? null,
    heldOutCalls: (id) => countBetween(later.get(id)?.calls ?? [], asOf, END),
  };
}

const NOTHING = { needs: [], calls: [], troubles: [] };

function resetRecords(sample: SampleTenant, since: number, until: number): AuditRecord[] {
  return sample
    .auditRecords(since, until)
    .map(parseDirectoryAudit)
    .flatMap((one) => (one.ok && one.row.service === RESET_SERVICE ? [one.row] : []));
}

/** The population on the mornings of `days`. */
function registrationReports(sample: SampleTenant, days: Day[]) {
  const wanted = new Set(days);
  const reports = new Map<Day, Map<string, RegisteredThen>>();
  const now = new Map<string, RegisteredThen>();
  for (const day of daysBetween(sample.start, sample.last)) {
    const changes =
      day === sample.start
        ? sample.registrationOn(day).map((row) => ({ id: row.id, row }))
        : sample.registrationChangesOn(day);
    for (const { id, row } of changes) {
      const kind = row && userClass(row.userType);
      const capable = row?.isSsprCapable ?? null;
      if (kind !== 'member' && kind !== 'unknown_type') now.delete(id);
      else if (now.get(id)?.capable !== capable)
        now.set(id, { capable, since: dayCutter('UTC').startOf(day) });
    }
    if (wanted.has(day)) reports.set(day, new Map(now));
  }
  return reports;
}

interface Known {
  asOf: number;
  createdAt: (id: string) => number | null;
  population: number;
  automationAccounts: string[];
}

/** What the log tells of each person it names. */
function histories(records: AuditRecord[], { asOf, ...input }: Known) {
  const flows = resetFlows(records, asOf);
  const resets = adminResetKinds(records.filter(isAdminReset), input).filter(
    ({ kind }) => kind === 'counted',
  );
  const flowsOf = Map.groupBy(flows, ({ personId }) => personId);
  const resetsOf = Map.groupBy(resets, ({ personId }) => personId);
  const found = new Map<string, Omit<PersonHistory, 'createdAt'>>();
  for (const id of new Set([...flowsOf.keys(), ...resetsOf.keys()])) {
    if (id === null) continue;
    const own: Flow[] = flowsOf.get(id) ?? [];
    const adminResets = resetsOf.get(id) ?? [];
    const { incidents, bypasses } = personIncidents({
      flows: own,
      adminResets,
      asOf,
      gapMs: DEFAULT_INCIDENT_GAP_MS,
    });
    const starts = [
      ...incidents.map(({ startedAt }) => startedAt),
      ...bypasses.map(({ at }) => at),
    ];
    found.set(id, {
      needs: starts.sort((a, b) => a - b),
      calls: callStarts(adminResets.map(({ at }) => at)),
      troubles: own.filter(({ outcome }) => isTrouble(outcome)).map(({ startedAt }) => startedAt),
    });
  }
  return found;
}
