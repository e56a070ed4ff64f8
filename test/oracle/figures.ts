import { adminResetsOf, type OracleReset } from './admin-resets.ts';
import {
  asOf,
  bucketOf,
  dayAfter,
  dayAt,
  dayCollected,
  daysFrom,
  hourCollected,
  type Reading,
  startOfDay,
} from './days.ts';
import { flowsOf, type OracleFailure, type OracleFlow } from './flows.ts';
import { type Needs, needsOf } from './incidents.ts';
import { entriesOf, guidOf, type Raw, ticksOf } from './raw.ts';
import { peopleOf, populationOf, type SnapshotSeen } from './registration.ts';

/** All that a collector has read, and the settings. */
export interface Read extends Reading {
  snapshots: SnapshotSeen[];
  /** /users as last read. */
  users: readonly Raw[];
  audits: readonly Raw[];
  gapHours: number;
  automation: readonly string[];
}

export interface OracleFacts extends Needs {
  read: Read;
  asOf: number;
  flows: OracleFlow[];
  resets: OracleReset[];
}

export function factsOf(read: Read): OracleFacts {
  const known = asOf(read) ?? 0;
  const entries = entriesOf(read.audits);
  const last = read.snapshots.at(-1);
  const flows = flowsOf(entries, known);
  const resets = adminResetsOf(entries, {
    createdAt: createdAt(read.users),
    population: last ? populationOf(peopleOf(last)).length : null,
    automation: read.automation,
  });
  const needs = needsOf(flows, resets, { asOf: known, gapHours: read.gapHours });
  return { read, asOf: known, flows, resets, ...needs };
}

function createdAt(users: readonly Raw[]): Map<string, number> {
  const known = new Map<string, number>();
  for (const { id, createdDateTime } of users) {
    const person = guidOf(id);
    if (person && typeof createdDateTime === 'string')
      known.set(person, Number(ticksOf(createdDateTime) / 10_000n));
  }
  return known;
}

const FLOW_NAMES: Record<string, string> = {
  completed: 'completed',
  unlocked: 'unlocked',
  contacted_admin: 'contactedAdmin',
  blocked: 'blocked',
  not_entitled: 'notEntitled',
  failed: 'failed',
  cancelled: 'cancelled',
  abandoned: 'abandoned',
  in_progress: 'inProgress',
};

const INCIDENT_NAMES = ['selfServedFirst', 'selfServedRetry', 'fellBack', 'abandoned', 'settling'];

type Counts = Record<string, number>;

export interface Sums {
  daysCollected: number;
  partial: boolean;
  flows: Counts | null;
  incidents: Counts | null;
  adminResets: number | null;
  bypasses: number | null;
  settlingBypasses: number | null;
}

/** Sums over the collected ones of `days`. */
export function sumsOf(facts: OracleFacts, days: readonly string[]): Sums {
  const { timeZone } = facts.read;
  const collected = days.filter((day) => dayCollected(facts.read, day));
  const isIn = (at: number) => collected.includes(dayAt(at, timeZone));
  const partial = collected.includes(dayAt(facts.asOf, timeZone));
  const none = { flows: null, incidents: null, adminResets: null, bypasses: null };
  if (collected.length === 0)
    return { daysCollected: 0, partial: false, ...none, settlingBypasses: null };
  const bypasses = facts.bypasses.filter(({ at }) => isIn(at));
  return {
    daysCollected: collected.length,
    partial,
    flows: flowCounts(facts.flows.filter(({ startedAt }) => isIn(startedAt))),
    incidents: incidentCounts(facts.incidents.filter(({ startedAt }) => isIn(startedAt))),
    adminResets: facts.resets.filter(({ kind, at }) => kind === 'counted' && isIn(at)).length,
    bypasses: bypasses.filter(({ settling }) => !settling).length,
    settlingBypasses: bypasses.filter(({ settling }) => settling).length,
  };
}

function flowCounts(flows: OracleFlow[]): Counts {
  const counts: Counts = { started: flows.length };
  for (const name of Object.values(FLOW_NAMES)) counts[name] = 0;
  for (const { outcome } of flows) {
    const name = FLOW_NAMES[outcome] ?? outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function incidentCounts(incidents: { outcome: string; settling: boolean }[]): Counts {
  const counts: Counts = Object.fromEntries(INCIDENT_NAMES.map((name) => [name, 0]));
  for (const { outcome, settling } of incidents) {
    const name = settling ? 'settling' : outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

export function summaryOf(facts: OracleFacts, first: string, last: string) {
  const days = daysFrom(first, last);
  const { partial: _, ...sums } = sumsOf(facts, days);
  const flows = sums.flows ?? flowCounts([]);
  const incidents = sums.incidents ?? incidentCounts([]);
  const of = (counts: Counts, ...names: string[]) =>
    names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const served = of(incidents, 'selfServedFirst', 'selfServedRetry');
  const got = sums.incidents && servedOf(facts, days);
  const fellBack = of(incidents, 'fellBack');
  return {
    asOf: new Date(facts.asOf).toISOString(),
    ...sums,
    served: got,
    completionRate: {
      part: of(flows, 'completed', 'unlocked'),
      whole: of(flows, 'started') - of(flows, 'inProgress', 'notEntitled'),
    },
    successRate: { part: served, whole: served + fellBack + of(incidents, 'abandoned') },
    selfServiceShare: { part: served, whole: served + fellBack + (sums.bypasses ?? 0) },
    medianSecondsToReset: medianOf(facts, days),
  };
}

/** Settled needs that people met alone, by whether they got a new password. */
function servedOf({ incidents, read }: OracleFacts, days: readonly string[]) {
  const counts = { reset: 0, unlock: 0 };
  for (const { startedAt, outcome, settling, flows } of incidents) {
    const day = dayAt(startedAt, read.timeZone);
    if (settling || !outcome.startsWith('selfServed')) continue;
    if (!days.includes(day) || !dayCollected(read, day)) continue;
    counts[flows.some((flow) => flow.outcome === 'completed') ? 'reset' : 'unlock'] += 1;
  }
  return counts;
}

function medianOf({ flows, read }: OracleFacts, days: readonly string[]): number | null {
  const lengths = flows
    .filter(({ outcome }) => outcome === 'completed')
    .filter(({ startedAt }) => {
      const day = dayAt(startedAt, read.timeZone);
      return days.includes(day) && dayCollected(read, day);
    })
    .map(({ startedAt, succeededAt }) => (succeededAt ?? 0) - startedAt)
    .sort((a, b) => a - b);
  if (lengths.length === 0) return null;
  const upper = lengths[Math.floor(lengths.length / 2)] ?? 0;
  const lower = lengths[Math.ceil(lengths.length / 2) - 1] ?? 0;
  return (upper + lower) / 2 / 1000;
}

export function trendOf(
  facts: OracleFacts,
  { first, last, bucket }: { first: string; last: string; bucket: 'day' | 'week' | 'month' },
) {
  const groups = Map.groupBy(daysFrom(first, last), (day) => bucketOf(day, bucket));
  return [...groups.values()].map((days) => ({ start: days[0], ...sumsOf(facts, days) }));
}

const HOUR_MS = 3_600_000;

function failureCounts(failures: OracleFailure[]) {
  const known = (values: (string | null)[]) =>
    new Set(values.filter((value) => value !== null)).size;
  return {
    failed: failures.length,
    observed: failures.length,
    people: known(failures.map(({ person }) => person)),
    addresses: known(failures.map(({ address }) => address)),
  };
}

/** The points of a period: of all failures, or of those that are `like`. */
export function failurePoints(
  facts: OracleFacts,
  {
    first,
    last,
    bucket,
    like = () => true,
  }: {
    first: string;
    last: string;
    bucket: 'hour' | 'day';
    like?: (failure: OracleFailure) => boolean;
  },
) {
  const { read } = facts;
  const failures = facts.flows.flatMap((flow) => flow.failures).filter(like);
  const empty = { failed: null, people: null, addresses: null, observed: null };
  if (bucket === 'day')
    return daysFrom(first, last).map((day) => ({
      start: day,
      partial: dayCollected(read, day) && dayAt(facts.asOf, read.timeZone) === day,
      ...(dayCollected(read, day)
        ? failureCounts(failures.filter(({ at }) => dayAt(at, read.timeZone) === day))
        : empty),
    }));
  const since = startOfDay(first, read.timeZone);
  const until = startOfDay(dayAfter(last), read.timeZone);
  const points = [];
  // In zones with half hours an hour belongs to the day on which it begins.
  for (let hour = Math.ceil(since / HOUR_MS) * HOUR_MS; hour < until; hour += HOUR_MS) {
    const isKnown = hourCollected(read, hour);
    points.push({
      start: new Date(hour).toISOString(),
      partial: isKnown && facts.asOf >= hour && facts.asOf < hour + HOUR_MS,
      ...(isKnown
        ? failureCounts(failures.filter(({ at }) => at >= hour && at < hour + HOUR_MS))
        : empty),
    });
  }
  return points;
}
