import type { AdminReset } from './admin-reset.ts';
import { compareIds } from './audit-record.ts';
import { HOUR_MS } from './day.ts';
import { compareFlows, type Flow } from './reset-flow.ts';

export type IncidentOutcome = 'self_served_first' | 'self_served_retry' | 'fell_back' | 'abandoned';

export type IncidentKind = 'reset' | 'unlock';

/** What an incident needs to know of a flow. */
export type IncidentFlow = Pick<
  Flow,
  'id' | 'personId' | 'startedAt' | 'startedText' | 'lastAt' | 'outcome'
>;

/** What an incident needs to know of an admin reset that counts. */
export type IncidentAdminReset = Pick<AdminReset, 'id' | 'at' | 'personId'>;

/** One person's need for a reset: the flows that belong together and the admin resets that ended them. */
export interface Incident {
  /** Id of its first flow. */
  id: string;
  /** Object id; null: unknown, and the incident is one flow. */
  personId: string | null;
  /** First record of its first flow, UTC milliseconds. It decides the day of the incident. */
  startedAt: number;
  /** Last record of its last flow, UTC milliseconds. */
  lastAt: number;
  outcome: IncidentOutcome;
  /** Too young for its outcome to be final: counted apart, and in no rate. */
  settling: boolean;
  /** What the person got: `reset` if a flow of it completed, `unlock` if one only unlocked; null: neither. */
  kind: IncidentKind | null;
  /** Start of the same person's next incident, UTC milliseconds; null: there is none, or the person is unknown. */
  nextAt: number | null;
  /** In order of time. */
  flowIds: string[];
  /** The admin resets attributed to it, in order of time. */
  adminResetIds: string[];
}

/** Admin resets of one person that no self-service came before: the remaining opportunity. */
export interface Bypass {
  /** Id of its first admin reset. */
  id: string;
  /** Object id; null: unknown, and the bypass is one reset. */
  personId: string | null;
  /** Its first admin reset, UTC milliseconds. It decides the day of the bypass. */
  at: number;
  settling: boolean;
  /** In order of time. */
  adminResetIds: string[];
}

/** A flow that starts later than this after the start of the one before is a new need. A setting, 4 to 72 hours. */
export const DEFAULT_INCIDENT_GAP_MS = 24 * HOUR_MS;
/** A flow that starts later than this after a success is a new need. */
export const GAP_AFTER_SUCCESS_MS = 4 * HOUR_MS;
/** One waiting time for all, so that the rates of recent days are not made of quick successes. */
export const SETTLING_MS = 72 * HOUR_MS;

const ATTRIBUTED_AFTER_SUCCESS_MS = 24 * HOUR_MS;
const ATTRIBUTED_WITHOUT_SUCCESS_MS = 72 * HOUR_MS;
const FURTHER_RESET_MS = 24 * HOUR_MS;
const BYPASS_CHAIN_MS = 24 * HOUR_MS;

export interface PersonIncidentsInput {
  /** All flows of one person, in any order; or flows without a person. */
  flows: readonly IncidentFlow[];
  /** The admin resets of the same person that count, in any order; or ones without a person. */
  adminResets: readonly IncidentAdminReset[];
  /** UTC milliseconds. */
  asOf: number;
  /** Setting, milliseconds; `DEFAULT_INCIDENT_GAP_MS`. */
  gapMs: number;
}

/** An incident under construction: its flows, never none, and what was attributed to it so far. */
interface Draft {
  flows: [IncidentFlow, ...IncidentFlow[]];
  adminResets: IncidentAdminReset[];
}

/**
 * The incidents and bypasses of one person, in order of time.
 *
 * Where the person is unknown, nothing can belong together: every flow is an incident and every admin reset a
 * bypass of its own.
 */
export function personIncidents({ flows, adminResets, asOf, gapMs }: PersonIncidentsInput): {
  incidents: Incident[];
  bypasses: Bypass[];
} {
  const orderedFlows = [...flows].sort(compareFlows);
  const orderedResets = [...adminResets].sort((a, b) => a.at - b.at || compareIds(a.id, b.id));
  const knownResets = orderedResets.filter(({ personId }) => personId !== null);
  const drafts = draftsOf(
    orderedFlows.filter(({ personId }) => personId !== null),
    knownResets,
    gapMs,
  );
  const left = attribute(drafts, knownResets);
  return {
    incidents: [
      ...drafts.map((draft, n) => incidentOf(draft, drafts[n + 1] ?? null, asOf)),
      ...aloneDrafts(orderedFlows).map((draft) => incidentOf(draft, null, asOf)),
    ].sort((a, b) => a.startedAt - b.startedAt || compareIds(a.id, b.id)),
    bypasses: [...chains(left), ...aloneChains(orderedResets)]
      .map((chain) => bypassOf(chain, asOf))
      .sort((a, b) => a.at - b.at || compareIds(a.id, b.id)),
  };
}

function draftsOf(
  flows: readonly IncidentFlow[],
  resets: readonly IncidentAdminReset[],
  gapMs: number,
): Draft[] {
  const drafts: Draft[] = [];
  let before: IncidentFlow | undefined;
  let reset = 0; // the first admin reset after the start of the flow before
  for (const flow of flows) {
    const draft = drafts.at(-1);
    while (before && (resets[reset]?.at ?? Infinity) <= before.startedAt) reset++;
    const resetBetween = (resets[reset]?.at ?? Infinity) < flow.startedAt;
    if (draft && before && !resetBetween && continues(flow, before, draft, gapMs)) {
      draft.flows.push(flow);
    } else {
      drafts.push({ flows: [flow], adminResets: [] });
    }
    before = flow;
  }
  return drafts;
}

/** Whether a flow still belongs to the incident of the flow before it, as far as the flows tell. */
function continues(flow: IncidentFlow, before: IncidentFlow, { flows }: Draft, gapMs: number) {
  if (flow.startedAt - before.startedAt > gapMs) return false;
  return !(flow.startedAt - before.lastAt > GAP_AFTER_SUCCESS_MS && flows.some(succeeded));
}

/** Gives each admin reset to the incident it ended; returns those that no incident takes, in order of time. */
function attribute(
  drafts: readonly Draft[],
  resets: readonly IncidentAdminReset[],
): IncidentAdminReset[] {
  const left: IncidentAdminReset[] = [];
  let begun = 0; // how many incidents began before the reset
  let latest: { at: number; draft: Draft } | null = null; // the attributed reset before
  for (const reset of resets) {
    while ((drafts[begun]?.flows[0].startedAt ?? Infinity) < reset.at) begun++;
    const candidate = drafts[begun - 1];
    let taker = candidate && takes(candidate, reset.at) ? candidate : null;
    if (!taker && latest && reset.at - latest.at <= FURTHER_RESET_MS) taker = latest.draft;
    if (taker) {
      taker.adminResets.push(reset);
      latest = { at: reset.at, draft: taker };
    } else {
      left.push(reset);
    }
  }
  return left;
}

/** Whether an admin reset at `at` comes soon enough after the incident to have ended it. */
function takes({ flows }: Draft, at: number): boolean {
  const success = flows.findLast(succeeded);
  if (success) return at - success.lastAt <= ATTRIBUTED_AFTER_SUCCESS_MS;
  return at - lastRecordAt(flows) <= ATTRIBUTED_WITHOUT_SUCCESS_MS;
}

function incidentOf({ flows, adminResets }: Draft, next: Draft | null, asOf: number): Incident {
  const [first] = flows;
  const lastAt = lastRecordAt(flows);
  return {
    id: first.id,
    personId: first.personId,
    startedAt: first.startedAt,
    lastAt,
    outcome: outcomeOf(flows, adminResets.length > 0),
    settling: asOf - lastAt < SETTLING_MS,
    kind: kindOf(flows),
    nextAt: next?.flows[0].startedAt ?? null,
    flowIds: flows.map(({ id }) => id),
    adminResetIds: adminResets.map(({ id }) => id),
  };
}

function outcomeOf(flows: Draft['flows'], adminReset: boolean): IncidentOutcome {
  const lastSuccess = flows.findLastIndex(succeeded);
  const lastContact = flows.findLastIndex(({ outcome }) => outcome === 'contacted_admin');
  if (adminReset || lastContact > lastSuccess) return 'fell_back';
  if (succeeded(flows[0])) return 'self_served_first';
  return lastSuccess === -1 ? 'abandoned' : 'self_served_retry';
}

function kindOf(flows: Draft['flows']): IncidentKind | null {
  if (flows.some(({ outcome }) => outcome === 'completed')) return 'reset';
  return flows.some(({ outcome }) => outcome === 'unlocked') ? 'unlock' : null;
}

/** Admin resets without an incident, those less than 24 hours after the one before together. */
function chains(resets: readonly IncidentAdminReset[]): Chain[] {
  const found: Chain[] = [];
  let before = -Infinity;
  for (const reset of resets) {
    const chain = found.at(-1);
    if (chain && reset.at - before < BYPASS_CHAIN_MS) chain.push(reset);
    else found.push([reset]);
    before = reset.at;
  }
  return found;
}

type Chain = [IncidentAdminReset, ...IncidentAdminReset[]];

function bypassOf(chain: Chain, asOf: number): Bypass {
  const [{ id, personId, at }] = chain;
  const settling = asOf - at < SETTLING_MS;
  return { id, personId, at, settling, adminResetIds: chain.map((reset) => reset.id) };
}

function aloneDrafts(flows: readonly IncidentFlow[]): Draft[] {
  return flows
    .filter(({ personId }) => personId === null)
    .map((flow): Draft => ({ flows: [flow], adminResets: [] }));
}

function aloneChains(resets: readonly IncidentAdminReset[]): Chain[] {
  return resets.filter(({ personId }) => personId === null).map((reset): Chain => [reset]);
}

/** The last record of the last flow, even where one that started earlier ended later. */
function lastRecordAt(flows: Draft['flows']): number {
  return (flows.at(-1) ?? flows[0]).lastAt;
}

function succeeded({ outcome }: IncidentFlow): boolean {
  return outcome === 'completed' || outcome === 'unlocked';
}
