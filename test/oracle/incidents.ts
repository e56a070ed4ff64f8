import type { OracleReset } from './admin-resets.ts';
import type { OracleFlow } from './flows.ts';

export interface OracleIncident {
  person: string | null;
  startedAt: number;
  flows: OracleFlow[];
  resets: OracleReset[];
  outcome: string;
  settling: boolean;
}

export interface OracleBypass {
  at: number;
  lastAt: number;
  settling: boolean;
  resets: OracleReset[];
}

const HOUR_MS = 3_600_000;

export interface Needs {
  incidents: OracleIncident[];
  bypasses: OracleBypass[];
}

/** Every incident and bypass of a tenant; `resets` of any kind. */
export function needsOf(
  flows: readonly OracleFlow[],
  resets: readonly OracleReset[],
  { asOf, gapHours }: { asOf: number; gapHours: number },
): Needs {
  const counted = resets.filter(({ kind }) => kind === 'counted');
  const people = new Set([...flows, ...counted].map(({ person }) => person));
  const needs: Needs = { incidents: [], bypasses: [] };
  for (const person of people) {
    const own = {
      flows: flows.filter((flow) => flow.person === person),
      resets: counted.filter((reset) => reset.person === person),
    };
    const { incidents, bypasses } =
      person === null ? ofNobody(own) : ofPerson(own.flows, own.resets, gapHours);
    needs.incidents.push(...incidents);
    needs.bypasses.push(...bypasses);
  }
  for (const incident of needs.incidents) {
    incident.outcome = outcomeOf(incident);
    incident.settling = asOf - (incident.flows.at(-1)?.lastAt ?? 0) < 72 * HOUR_MS;
  }
  for (const bypass of needs.bypasses) bypass.settling = asOf - bypass.at < 72 * HOUR_MS;
  return needs;
}

function ofNobody({ flows, resets }: { flows: OracleFlow[]; resets: OracleReset[] }): Needs {
  return {
    incidents: flows.map((flow) => begun(flow)),
    bypasses: resets.map((reset) => bypassed(reset)),
  };
}

function begun(flow: OracleFlow): OracleIncident {
  const { person, startedAt } = flow;
  return { person, startedAt, flows: [flow], resets: [], outcome: '', settling: false };
}

function bypassed(reset: OracleReset): OracleBypass {
  return { at: reset.at, lastAt: reset.at, settling: false, resets: [reset] };
}

export function succeeded({ outcome }: OracleFlow): boolean {
  return outcome === 'completed' || outcome === 'unlocked';
}

function ofPerson(
  unordered: OracleFlow[],
  unorderedResets: OracleReset[],
  gapHours: number,
): Needs {
  const flows = [...unordered].sort((a, b) =>
    a.ticks === b.ticks ? (a.id < b.id ? -1 : 1) : a.ticks < b.ticks ? -1 : 1,
  );
  const resets = [...unorderedResets].sort((a, b) =>
    a.ticks === b.ticks ? (a.id < b.id ? -1 : 1) : a.ticks < b.ticks ? -1 : 1,
  );
  const incidents: OracleIncident[] = [];
  for (const [index, flow] of flows.entries()) {
    const incident = incidents.at(-1);
    const before = flows[index - 1];
    if (!incident || !before || opensNew(flow, { before, incident, resets, gapHours }))
      incidents.push(begun(flow));
    else incident.flows.push(flow);
  }
  return { incidents, bypasses: attributed(incidents, resets) };
}

function opensNew(
  flow: OracleFlow,
  {
    before,
    incident,
    resets,
    gapHours,
  }: {
    before: OracleFlow;
    incident: OracleIncident;
    resets: OracleReset[];
    gapHours: number;
  },
): boolean {
  if (flow.startedAt - before.startedAt > gapHours * HOUR_MS) return true;
  if (incident.flows.some(succeeded) && flow.startedAt - before.lastAt > 4 * HOUR_MS) return true;
  return resets.some(({ at }) => at > before.startedAt && at < flow.startedAt);
}

/** Gives each reset to its incident; answers the bypasses that the others make. */
function attributed(incidents: OracleIncident[], resets: OracleReset[]): OracleBypass[] {
  const bypasses: OracleBypass[] = [];
  let taken: { at: number; incident: OracleIncident } | null = null;
  for (const reset of resets) {
    const latest = incidents.findLast(({ startedAt }) => startedAt < reset.at);
    let incident = latest && takes(latest, reset) ? latest : null;
    if (!incident && taken && reset.at - taken.at <= 24 * HOUR_MS) incident = taken.incident;
    if (incident) {
      incident.resets.push(reset);
      taken = { at: reset.at, incident };
      continue;
    }
    const chain = bypasses.at(-1);
    if (chain && reset.at - chain.lastAt < 24 * HOUR_MS) {
      chain.lastAt = reset.at;
      chain.resets.push(reset);
    } else bypasses.push(bypassed(reset));
  }
  return bypasses;
}

function takes({ flows }: OracleIncident, { at }: OracleReset): boolean {
  const success = flows.findLast(succeeded);
  if (success) return at - success.lastAt <= 24 * HOUR_MS;
  return at - (flows.at(-1)?.lastAt ?? 0) <= 72 * HOUR_MS;
}

function outcomeOf({ flows, resets }: OracleIncident): string {
  const contacted = flows.findLastIndex(({ outcome }) => outcome === 'contacted_admin');
  const savedLater = flows.some((flow, index) => index > contacted && succeeded(flow));
  if (resets.length > 0 || (contacted >= 0 && !savedLater)) return 'fellBack';
  const [first] = flows;
  if (first && succeeded(first)) return 'selfServedFirst';
  return flows.some(succeeded) ? 'selfServedRetry' : 'abandoned';
}
