import { expect } from 'vitest';
import type { Chance } from './chance.ts';
import { type Asked, matchedBy, someFilters } from './incident-filters.ts';
import type { Lab } from './lab.ts';
import type { Period } from './reset-questions.ts';
import { type FlowSeen, type IncidentSeen, stageName, type Understood } from './understood.ts';

type Asks = Pick<Lab, 'ask' | 'answer'>;

interface Told {
  id: string;
  startedAt: string;
  person: { id: string } | null;
  reasons: { code: string; owner: string | null }[];
  lastAt: string;
  outcome: string;
  settling: boolean;
  kind: 'reset' | 'unlock' | null;
  flows: number;
  adminResets: number;
}

interface Page {
  asOf: string;
  incidents: Told[];
  total: number;
  flows: number;
  nextCursor: string | null;
}

const DAY_MS = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

/** How many lists were compared, refused as contradictions, and held something. */
export interface ListsTried {
  lists: number;
  refused: number;
  full: number;
  incidents: number;
}

export async function expectIncidentLists(
  it: Asks,
  periods: readonly Period[],
  { random, lists }: { random: Chance; lists: number },
): Promise<ListsTried> {
  const tried = { lists: 0, refused: 0, full: 0, incidents: 0 };
  while (tried.lists < lists) {
    const period = random.one(periods);
    const asked = someFilters(random, period);
    const matched = matchedBy(period, asked);
    const limit = random.one([1, 3, 17, 50, 200].filter((size) => size * 40 >= matched.flows));
    const query = queryOf(period, asked);
    tried.lists += 1;
    const page = await pagesOf(it, query, limit);
    if (page === null) {
      tried.refused += 1;
      // What is refused contradicts itself: nothing can match it.
      expect.soft(matched.incidents.length, `refused: ${query}`).toBe(0);
      continue;
    }
    tried.full += Number(matched.flows > 0);
    tried.incidents += matched.incidents.length;
    expectOneList(page, period, { query, ...matched });
  }
  return tried;
}

function queryOf({ days }: Period, asked: Asked): string {
  const filters = Object.entries(asked).map(
    ([name, value]) => `&${name}=${encodeURIComponent(value)}`,
  );
  return `first=${days[0]}&last=${days.at(-1)}${filters.join('')}`;
}

/** All pages together; null: the question was refused. */
async function pagesOf({ answer, ask }: Asks, query: string, limit: number): Promise<Page | null> {
  const first = await answer(`/resets/incidents?${query}&limit=${limit}`);
  if (first.status === 400) return null;
  let page = (await ask(`/resets/incidents?${query}&limit=${limit}`)) as Page;
  const all = { ...page, incidents: [...page.incidents] };
  while (page.nextCursor !== null && all.incidents.length < 5000) {
    const cursor = encodeURIComponent(page.nextCursor);
    page = (await ask(`/resets/incidents?${query}&limit=${limit}&cursor=${cursor}`)) as Page;
    expect.soft([page.total, page.flows], `later page of ${query}`).toEqual([all.total, all.flows]);
    all.incidents.push(...page.incidents);
  }
  return all;
}

function expectOneList(
  page: Page,
  { head }: Period,
  { query, incidents, flows }: { query: string; incidents: IncidentSeen[]; flows: number },
) {
  expect.soft(page.asOf, query).toBe(head.asOf);
  expect.soft([page.total, page.flows], query).toEqual([incidents.length, flows]);
  const starts = page.incidents.map(({ startedAt }) => startedAt);
  expect.soft(starts, `newest first: ${query}`).toEqual(starts.toSorted().toReversed());
  const byId = (a: { id: unknown }, b: { id: unknown }) => (String(a.id) < String(b.id) ? -1 : 1);
  expect
    .soft(page.incidents.map(comparable).toSorted(byId), query)
    .toEqual(incidents.map(shown).toSorted(byId));
}

function comparable({ person, reasons, ...incident }: Told): ReturnType<typeof shown> {
  return {
    ...incident,
    person: person?.id ?? null,
    reasons: reasons.map(({ code, owner }) => ({ code, owner: owner ?? 'unknown' })),
  };
}

/** What the oracle knows of an incident, in the words of the list. */
function shown({ id, incident, outcome, kind, flows }: IncidentSeen) {
  const codes = flows.flatMap(({ reason }) => reason ?? []);
  return {
    id,
    startedAt: iso(incident.startedAt),
    lastAt: iso(flows.at(-1)?.flow.lastAt ?? 0),
    person: incident.person,
    outcome,
    settling: incident.settling,
    kind,
    flows: flows.length,
    adminResets: incident.resets.length,
    reasons: codes.filter(
      ({ code }, index) => codes.findIndex((one) => one.code === code) === index,
    ),
  };
}

interface Story {
  incident: Told;
  settlesAt: string | null;
  flows: Record<string, unknown>[];
  adminResets: { id: string; at: string; operator: { id: string } | null; agent: string | null }[];
  before: unknown;
  after: unknown;
}

/** The stories of some incidents, those with hard ids among them. */
export async function expectIncidentStories({ ask }: Asks, some: readonly IncidentSeen[]) {
  for (const one of some) {
    const { id, incident, flows, before, after } = one;
    const story = (await ask(`/resets/incidents/${encodeURIComponent(id)}`)) as Story;
    const lastAt = flows.at(-1)?.flow.lastAt ?? 0;
    expect.soft(comparable(story.incident), id).toEqual(shown(one));
    expect
      .soft(story.settlesAt, `settles: ${id}`)
      .toBe(incident.settling ? iso(lastAt + 3 * DAY_MS) : null);
    expect.soft(story.flows.map(comparableFlow), `flows: ${id}`).toEqual(flows.map(shownFlow));
    expect.soft(story.adminResets.map(told), `resets: ${id}`).toEqual(incident.resets.map(reset));
    expect.soft(story.before, `before ${id}`).toEqual(neighbour(before));
    expect.soft(story.after, `after ${id}`).toEqual(neighbour(after));
  }
}

function told({ operator, ...rest }: Story['adminResets'][number]) {
  return { ...rest, operator: operator?.id ?? null };
}

function reset({ id, at, operator, agent }: Understood['facts']['resets'][number]) {
  return { id, at: iso(at), operator, agent };
}

function neighbour(one: IncidentSeen | null) {
  return one && { id: one.id, startedAt: iso(one.incident.startedAt), outcome: one.outcome };
}

function comparableFlow({ reason, steps, ...flow }: Record<string, unknown>) {
  const told = reason as { code: string; owner: string | null } | null;
  return {
    ...flow,
    reason: told && { code: told.code, owner: told.owner ?? 'unknown' },
    steps: inOrder(steps as object[]),
  };
}

function shownFlow({ flow, stage, reason }: FlowSeen) {
  return {
    id: flow.id,
    startedAt: iso(flow.startedAt),
    lastAt: iso(flow.lastAt),
    outcome: flow.outcome,
    stage: stageName(stage),
    reason,
    steps: inOrder(
      flow.steps.map(({ method, startedAt, passed }) => ({
        method,
        startedAt: iso(startedAt),
        passed,
      })),
    ),
    records: flow.records.map(({ at, activity, reason: text, result, address }) => ({
      at: iso(at),
      activity,
      reason: text,
      result,
      address,
    })),
  };
}

function inOrder<T>(values: T[]): T[] {
  const text = (value: T) => JSON.stringify(value, (_, part) => sortedKeys(part));
  return values.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}

function sortedKeys(part: unknown): unknown {
  const isPlain = typeof part === 'object' && part !== null && !Array.isArray(part);
  return isPlain ? Object.fromEntries(Object.entries(part).toSorted()) : part;
}
