import { dayAt, dayCollected, daysFrom } from './days.ts';
import { STAGES, stageWith } from './stages.ts';
import type { FlowSeen, IncidentSeen, Understood, When } from './understood.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A period of one tenant: what began on its collected days. */
export interface Period {
  all: Understood;
  /** What every answer begins with. */
  head: { asOf: string; daysCollected: number };
  days: string[];
  /** Days up to as-of that were not collected. */
  gaps: number;
  flows: FlowSeen[];
  incidents: IncidentSeen[];
}

export function periodOf(all: Understood, first: string, last: string): Period {
  const { read, asOf } = all.facts;
  const days = daysFrom(first, last);
  const isIn = ({ day, collected }: When) => collected && day >= first && day <= last;
  return {
    all,
    head: {
      asOf: new Date(asOf).toISOString(),
      daysCollected: days.filter((day) => dayCollected(read, day)).length,
    },
    days,
    gaps: days.filter((day) => !dayCollected(read, day) && day <= dayAt(asOf, read.timeZone))
      .length,
    flows: all.flows.filter(isIn),
    incidents: all.incidents.filter(isIn),
  };
}

const count = <T>(all: readonly T[], is: (one: T) => boolean) => all.filter(is).length;

export function funnelOf({ head, flows }: Period, method?: string) {
  if (head.daysCollected === 0) return { ...head, stages: null, switches: null };
  const placed = flows.flatMap((one) => {
    const stage = method === undefined ? one.stage : stageWith(one.flow, method);
    return stage === null ? [] : [{ one, stage }];
  });
  const stages = STAGES.map((stage, index) => ({
    stage,
    flows: count(placed, (one) => one.stage >= index),
    inProgress: count(
      placed,
      ({ one, stage: own }) => own === index && one.flow.outcome === 'in_progress',
    ),
  }));
  return { ...head, stages, switches: switchCounts(placed.map(({ one }) => one)) };
}

function switchCounts(flows: FlowSeen[]) {
  const pairs = new Map<string, Set<FlowSeen>>();
  for (const one of flows)
    for (const { from, to } of one.switches) {
      const key = JSON.stringify([from, to]);
      pairs.set(key, (pairs.get(key) ?? new Set()).add(one));
    }
  return {
    flows: count(flows, ({ switches }) => switches.length > 0),
    pairs: [...pairs].map(([key, own]) => {
      const [from, to] = JSON.parse(key) as [string, string];
      return { from, to, flows: own.size };
    }),
  };
}

export function methodsOf({ head, flows }: Period) {
  if (head.daysCollected === 0) return { ...head, methods: null };
  const methods = new Set(flows.flatMap(({ flow }) => flow.steps.map(({ method }) => method)));
  return {
    ...head,
    methods: [...methods].map((method) => {
      const stages = flows.flatMap(({ flow }) => stageWith(flow, method) ?? []);
      const reached = (stage: number) => count(stages, (own) => own >= stage);
      return {
        method,
        started: stages.length,
        passed: reached(3),
        gatesPassed: reached(4),
        passwordSubmitted: reached(5),
        done: reached(6),
        switchedAway: count(flows, ({ switches }) => switches.some(({ from }) => from === method)),
      };
    }),
  };
}

/** Rows by reason and by owner, each named by its code or owner; `unknown` is the owner that nobody knows. */
export function reasonsOf(period: Period, owner?: string) {
  const { head, flows } = period;
  if (head.daysCollected === 0) return { ...head, lost: null, reasons: null, owners: null };
  const lost = flows.filter(({ reason }) => owner === undefined || reason?.owner === owner);
  const rows = (nameOf: (one: FlowSeen) => string | null) =>
    [...new Set(lost.map(nameOf))]
      .filter((name) => name !== null)
      .map((name) => ({ name, ...rowOf(period, (one) => nameOf(one) === name) }));
  return {
    ...head,
    lost: count(lost, ({ reason }) => reason !== null),
    reasons: rows(({ reason }) => reason?.code ?? null).map((row) => ({
      ...row,
      owner: lost.find(({ reason }) => reason?.code === row.name)?.reason?.owner,
    })),
    owners: rows(({ reason }) => reason?.owner ?? null),
  };
}

function rowOf(period: Period, isMet: (one: FlowSeen) => boolean) {
  const flows = period.flows.filter(isMet);
  const incidents = [...new Set(flows.map(({ incident }) => incident))];
  return {
    flows: flows.length,
    people: new Set(flows.flatMap(({ flow }) => flow.person ?? [])).size,
    incidents: incidents.length,
    fellBack: count(
      incidents,
      ({ incident, outcome }) => !incident.settling && outcome === 'fell_back',
    ),
    recoverablePerMonth: recoverable(period, new Set(incidents)),
  };
}

/** Settled needs of the period that met it and were not served, at the success rate of those that did not meet it. */
function recoverable({ head, incidents }: Period, met: ReadonlySet<IncidentSeen>): number | null {
  const settled = incidents.filter(({ incident }) => !incident.settling);
  const others = settled.filter((one) => !met.has(one));
  if (head.daysCollected < 28 || others.length === 0) return null;
  const missed = count(settled, (one) => met.has(one) && !one.selfServed);
  const rate = count(others, ({ selfServed }) => selfServed) / others.length;
  return (missed * rate * 30.44) / head.daysCollected;
}

export function hoursOf({ all, head, days, flows, incidents }: Period) {
  const { weekdays, from, until, holidays } = all.office;
  const served = incidents.filter(({ selfServed }) => selfServed);
  const share = (some: readonly When[]) => ({
    part: count(some, ({ outside }) => outside),
    whole: some.length,
  });
  const keyOf = ({ weekday, hour }: When) => `${weekday} ${hour}`;
  const cells = [...new Set([...flows, ...incidents].map(keyOf))].map((key) => {
    const [weekday, hour] = key.split(' ').map(Number);
    const own = (some: readonly When[]) => count(some, (one) => keyOf(one) === key);
    return {
      weekday,
      hour,
      flows: own(flows),
      incidents: own(incidents),
      selfServed: own(served),
    };
  });
  return {
    ...head,
    timeZone: all.facts.read.timeZone,
    officeHours: { weekdays, from, until },
    holidays: count(days, (day) => holidays.has(day)),
    cells: head.daysCollected === 0 ? null : cells,
    outside: { flows: share(flows), incidents: share(incidents), selfServed: share(served) },
  };
}

export function timesOf({ all, head, flows, incidents }: Period) {
  const seconds = flows
    .filter(({ flow }) => flow.outcome === 'completed')
    .map(({ flow }) => ((flow.succeededAt ?? 0) - flow.startedAt) / 1000)
    .sort((a, b) => a - b);
  const quantile = (share: number) => {
    const place = (seconds.length - 1) * share;
    const [low, high] = [seconds[Math.floor(place)] ?? 0, seconds[Math.ceil(place)] ?? 0];
    return low + (high - low) * (place - Math.floor(place));
  };
  const repeats = (span: number) => {
    const old = incidents.filter(
      ({ incident, selfServed }) =>
        selfServed &&
        incident.person !== null &&
        all.facts.asOf - incident.startedAt >= span * DAY_MS,
    );
    return { part: count(old, (one) => isRepeated(one, span)), whole: old.length };
  };
  return {
    ...head,
    secondsToReset:
      seconds.length === 0
        ? null
        : {
            flows: seconds.length,
            p10: quantile(0.1),
            p25: quantile(0.25),
            median: quantile(0.5),
            p75: quantile(0.75),
            p90: quantile(0.9),
          },
    repeats: { within7Days: repeats(7), within30Days: repeats(30) },
  };
}

/** Followed by another need of the same person within so many days of its start. */
export function isRepeated({ incident, after }: IncidentSeen, days: number): boolean {
  return after !== null && after.incident.startedAt - incident.startedAt <= days * DAY_MS;
}

const CHANGE = 'Change password (self-service)';

export function writebackOf({ all, head, days, flows }: Period, hybrid: boolean) {
  if (head.daysCollected === 0)
    return { ...head, hybrid, agents: null, failures: null, changes: null };
  const { read, resets } = all.facts;
  const isIn = (at: number) => {
    const day = dayAt(at, read.timeZone);
    return days.includes(day) && dayCollected(read, day);
  };
  const changes = all.entries.filter(({ activity, at }) => activity === CHANGE && isIn(at));
  const counted = resets.filter(({ kind, at }) => kind === 'counted' && isIn(at));
  const ended = flows.filter(({ agent, stage }) => agent !== null || stage >= 5);
  const agents = new Set([...changes, ...counted, ...ended].map(({ agent }) => agent));
  const succeeded = (some: typeof changes) => count(some, ({ result }) => result === 'success');
  const changed = (some: typeof changes) => ({
    succeeded: succeeded(some),
    failed: some.length - succeeded(some),
  });
  const blamed = flows.filter(({ reason }) => reason?.owner === 'writeback');
  const codes = Map.groupBy(blamed, ({ reason }) => reason?.code ?? '');
  return {
    ...head,
    hybrid,
    agents: [...agents].map((agent) => {
      const own = ended.filter((one) => one.agent === agent);
      return {
        agent,
        selfService: {
          succeeded: count(own, ({ stage }) => stage === 6),
          failed: count(own, ({ reason }) => reason !== null),
        },
        adminResets: count(counted, (one) => one.agent === agent),
        changes: changed(changes.filter((one) => one.agent === agent)),
      };
    }),
    failures: [...codes].map(([code, own]) => ({ code, flows: own.length })),
    changes: changed(changes),
  };
}
