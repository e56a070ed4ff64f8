import type { Chance } from './chance.ts';
import { isRepeated, type Period } from './reset-questions.ts';
import { STAGES, stageWith } from './stages.ts';
import { type FlowSeen, type IncidentSeen, isLost, type When } from './understood.ts';

const DAY_MS = 86_400_000;

/** What may be asked of a list of incidents, by the names of the parameters. */
export type Asked = Record<string, string>;

type OnIncident = (one: IncidentSeen, value: string, period: Period) => boolean;
type OnFlow = (one: FlowSeen, value: string, asked: Asked) => boolean;
type OnWhen = (one: When, value: string) => boolean;

/** Of the incidents, or where a filter on flows is asked, of the flows. */
const ON_TIME: Record<string, OnWhen> = {
  weekday: ({ weekday }, value) => weekday === Number(value),
  hour: ({ hour }, value) => hour === Number(value),
  outsideOffice: ({ outside }, value) => outside === (value === 'true'),
};

const ON_INCIDENT: Record<string, OnIncident> = {
  outcome: (one, value) => {
    if (value === 'settling') return one.incident.settling;
    if (value === 'self_served') return one.selfServed;
    return !one.incident.settling && one.outcome === value;
  },
  kind: ({ kind }, value) => kind === value,
  person: ({ incident }, value) => incident.person === value,
  repeatWithinDays: (one, value, { all }) =>
    one.selfServed &&
    isRepeated(one, Number(value)) &&
    all.facts.asOf - one.incident.startedAt >= Number(value) * DAY_MS,
};

const ON_FLOW: Record<string, OnFlow> = {
  flowOutcome: ({ flow }, value) => flow.outcome === value,
  over: ({ flow }, value) => (flow.outcome !== 'in_progress') === (value === 'true'),
  lost: (one, value) => isLost(one) === (value === 'true'),
  reason: ({ reason }, value) => reason?.code === value,
  owner: ({ reason }, value) => reason?.owner === value,
  method: ({ flow }, value) => flow.steps.some(({ method }) => method === value),
  passed: ({ flow }, value, { method }) =>
    flow.steps.some((step) => step.method === method && step.passed === (value === 'true')),
  stage: (one, value, asked) => stageAsked(one, asked) === STAGES.indexOf(value as 'done'),
  reached: (one, value, asked) => stageAsked(one, asked) >= STAGES.indexOf(value as 'done'),
  switchedFrom: ({ switches }, value, { switchedTo }) =>
    switches.some(
      ({ from, to }) =>
        (value === 'any' || from === value) && (switchedTo === undefined || to === switchedTo),
    ),
  switchedTo: () => true,
  agent: ({ agent, stage }, value) =>
    value === '' ? agent === null && stage >= 5 : agent === value,
};

function stageAsked({ flow, stage }: FlowSeen, { method }: Asked): number {
  return method === undefined ? stage : (stageWith(flow, method) ?? -1);
}

export interface Matched {
  incidents: IncidentSeen[];
  flows: number;
}

export function matchedBy(period: Period, asked: Asked): Matched {
  const entries = Object.entries(asked);
  const fits = (one: IncidentSeen) =>
    entries.every(([name, value]) => ON_INCIDENT[name]?.(one, value, period) ?? true);
  const isAt = (one: When) => entries.every(([name, value]) => ON_TIME[name]?.(one, value) ?? true);
  if (!entries.some(([name]) => name in ON_FLOW)) {
    const incidents = period.incidents.filter((one) => isAt(one) && fits(one));
    return { incidents, flows: incidents.reduce((sum, { flows }) => sum + flows.length, 0) };
  }
  const flows = period.flows.filter(
    (one) =>
      isAt(one) &&
      fits(one.incident) &&
      entries.every(([name, value]) => ON_FLOW[name]?.(one, value, asked) ?? true),
  );
  return { incidents: [...new Set(flows.map(({ incident }) => incident))], flows: flows.length };
}

const INCIDENT_OUTCOMES = ['self_served_first', 'self_served_retry', 'fell_back', 'abandoned'];

/** Filters that a flow of the period, or its incident, may fit; some of them. */
export function someFilters(random: Chance, { flows }: Period): Asked {
  if (flows.length === 0) return {};
  const like = random.one(flows);
  const names = random.shuffled(Object.keys(CHOICES)).slice(0, random.one([0, 1, 1, 2, 2, 3, 4]));
  const asked: Asked = Object.assign({}, ...names.map((name) => CHOICES[name]?.(random, like)));
  if (asked.stage === undefined) return asked;
  const { reached: _, ...others } = asked;
  return others;
}

/** A value for each filter; nearly always one that `like` fits. */
const CHOICES: Record<string, (random: Chance, like: FlowSeen) => Asked> = {
  outcome: (random, { incident }) => ({
    outcome: random.one([
      incident.incident.settling ? 'settling' : incident.outcome,
      incident.incident.settling ? 'settling' : incident.outcome,
      'self_served',
      random.one(INCIDENT_OUTCOMES),
    ]),
  }),
  kind: (random, { incident }) => ({ kind: incident.kind ?? random.one(['reset', 'unlock']) }),
  person: (_, { flow }) => (flow.person === null ? {} : { person: flow.person }),
  weekday: (_, { weekday }) => ({ weekday: String(weekday) }),
  hour: (_, { hour }) => ({ hour: String(hour) }),
  outsideOffice: (random) => ({ outsideOffice: random.one(['true', 'false']) }),
  repeatWithinDays: (random) => ({ repeatWithinDays: random.one(['7', '30']) }),
  flowOutcome: (_, { flow }) => ({ flowOutcome: flow.outcome }),
  over: (random) => ({ over: random.one(['true', 'true', 'false']) }),
  lost: (random) => ({ lost: random.one(['true', 'true', 'false']) }),
  reason: (_, { reason }) => (reason ? { reason: reason.code } : {}),
  owner: (_, { reason }) => (reason ? { owner: reason.owner } : {}),
  method: (random, { flow }) => methodLike(random, flow.steps),
  stage: (random, like) => ({ [random.one(['stage', 'reached'])]: STAGES[like.stage] ?? '' }),
  methodStage: (random, { flow }) => {
    const asked = methodLike(random, flow.steps);
    const stage = asked.method === undefined ? null : stageWith(flow, asked.method);
    if (stage === null) return {};
    return { ...asked, [random.one(['stage', 'reached'])]: STAGES[stage] ?? '' };
  },
  switchedFrom: (random, { switches }) => {
    if (switches.length === 0) return { switchedFrom: 'any' };
    const { from, to } = random.one(switches);
    return random.one<Asked>([
      { switchedFrom: from },
      { switchedFrom: from, switchedTo: to },
      { switchedFrom: 'any', switchedTo: to },
    ]);
  },
  agent: (_, { agent }) => ({ agent: agent ?? '' }),
};

function methodLike(random: Chance, steps: FlowSeen['flow']['steps']): Asked {
  if (steps.length === 0) return {};
  const { method, passed } = random.one(steps);
  return random.one<Asked>([{ method }, { method }, { method, passed: String(passed) }]);
}
