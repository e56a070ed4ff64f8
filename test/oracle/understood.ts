import { dayAt, dayCollected } from './days.ts';
import type { OracleFacts } from './figures.ts';
import type { OracleFlow } from './flows.ts';
import type { OracleIncident } from './incidents.ts';
import { type OracleReason, reasonOf } from './lost-reasons.ts';
import { type Entry, entriesOf } from './raw.ts';
import { STAGES, type Switch, stageReached, switchesOf } from './stages.ts';

/** Weekday from 1 (Monday) and hour on the clocks of the tenant. */
export interface When {
  day: string;
  weekday: number;
  hour: number;
  /** Not in office time. */
  outside: boolean;
  collected: boolean;
}

export interface FlowSeen extends When {
  flow: OracleFlow;
  incident: IncidentSeen;
  /** Index into STAGES. */
  stage: number;
  reason: OracleReason | null;
  switches: Switch[];
  agent: string | null;
}

export interface IncidentSeen extends When {
  /** That of its first flow. */
  id: string;
  incident: OracleIncident;
  /** As the API spells it: what it is, or would be now. */
  outcome: string;
  selfServed: boolean;
  kind: 'reset' | 'unlock' | null;
  /** The same person's needs around it. */
  before: IncidentSeen | null;
  after: IncidentSeen | null;
  flows: FlowSeen[];
}

export interface Office {
  /** From 1, Monday. */
  weekdays: readonly number[];
  from: number;
  until: number;
  holidays: ReadonlySet<string>;
}

export interface Understood {
  facts: OracleFacts;
  office: Office;
  entries: Entry[];
  flows: FlowSeen[];
  incidents: IncidentSeen[];
}

const OUTCOMES: Record<string, string> = {
  selfServedFirst: 'self_served_first',
  selfServedRetry: 'self_served_retry',
  fellBack: 'fell_back',
  abandoned: 'abandoned',
};

export function understood(facts: OracleFacts, office: Office): Understood {
  const when = (at: number) => whenOf(at, facts, office);
  const incidents = facts.incidents.map((incident) => incidentSeen(incident, when));
  for (const own of Map.groupBy(incidents, ({ incident }) => incident.person).values()) {
    if (own[0]?.incident.person === null) continue;
    for (const [index, one] of own.entries()) {
      one.before = own[index - 1] ?? null;
      one.after = own[index + 1] ?? null;
    }
  }
  const flows = incidents.flatMap((one) => one.flows);
  return { facts, office, entries: entriesOf(facts.read.audits), flows, incidents };
}

function whenOf(at: number, { read }: OracleFacts, office: Office): When {
  const { timeZone } = read;
  const day = dayAt(at, timeZone);
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
  const hour = hourAt(at, timeZone);
  const open = office.weekdays.includes(weekday) && !office.holidays.has(day);
  const outside = !open || hour < office.from || hour >= office.until;
  return { day, weekday, hour, outside, collected: dayCollected(read, day) };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function hourAt(at: number, timeZone: string): number {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return Number(clock.format(at));
}

function incidentSeen(incident: OracleIncident, when: (at: number) => When): IncidentSeen {
  const outcome = OUTCOMES[incident.outcome] ?? incident.outcome;
  const has = (wanted: string) => incident.flows.some((flow) => flow.outcome === wanted);
  const seen: IncidentSeen = {
    ...when(incident.startedAt),
    id: incident.flows[0]?.id ?? '',
    incident,
    outcome,
    selfServed: !incident.settling && outcome.startsWith('self_served'),
    kind: has('completed') ? 'reset' : has('unlocked') ? 'unlock' : null,
    before: null,
    after: null,
    flows: [],
  };
  seen.flows = incident.flows.map((flow) => flowSeen(flow, seen, when));
  return seen;
}

function flowSeen(flow: OracleFlow, incident: IncidentSeen, when: (at: number) => When): FlowSeen {
  return {
    ...when(flow.startedAt),
    flow,
    incident,
    stage: stageReached(flow),
    reason: reasonOf(flow),
    switches: switchesOf(flow),
    agent: agentOf(flow),
  };
}

/** Of its reset and unlock records. */
function agentOf({ records }: OracleFlow): string | null {
  const ends = records.filter(({ activity }) => /^(reset|unlock)/i.test(activity));
  return ends.find(({ agent }) => agent !== null)?.agent ?? null;
}

export function isLost({ reason }: FlowSeen): boolean {
  return reason !== null;
}

export function stageName(stage: number): string {
  return STAGES[stage] ?? '';
}
