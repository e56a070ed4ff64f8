import { expect } from 'vitest';
import type { OracleReset } from './admin-resets.ts';
import type { Chance } from './chance.ts';
import { dayAt, dayCollected } from './days.ts';
import type { OracleBypass } from './incidents.ts';
import type { Lab } from './lab.ts';
import type { Period } from './reset-questions.ts';
import type { IncidentSeen } from './understood.ts';

interface Told {
  id: string;
  at: string;
  person: { id: string } | null;
  operator: { id: string } | null;
  settling: boolean;
  [field: string]: unknown;
}

interface Page {
  adminResets: Told[];
  total: number;
  nextCursor: string | null;
}

interface Placed {
  reset: OracleReset;
  day: string;
  incident: IncidentSeen | null;
  bypass: OracleBypass | null;
}

function placed({ all }: Period): Placed[] {
  const { resets, bypasses, read } = all.facts;
  const bypassOf = new Map(bypasses.flatMap((one) => one.resets.map(({ id }) => [id, one])));
  const incidentOf = new Map(
    all.incidents.flatMap((one) => one.incident.resets.map(({ id }) => [id, one])),
  );
  return resets.map((reset) => ({
    reset,
    day: dayAt(reset.at, read.timeZone),
    incident: incidentOf.get(reset.id) ?? null,
    bypass: bypassOf.get(reset.id) ?? null,
  }));
}

/** Every kind, bypasses and the resets that ended incidents, by operator and agent, page by page. */
export async function expectAdminResets(
  { ask }: Pick<Lab, 'ask'>,
  period: Period,
  random: Chance,
): Promise<number> {
  const { read } = period.all.facts;
  const isIn = ({ day }: Placed) => period.days.includes(day) && dayCollected(read, day);
  const own = placed(period).filter(isIn);
  let lists = 0;
  for (const [query, fits] of listsOf(own, random)) {
    const expected = own.filter(fits);
    const path = `/resets/admin-resets?first=${period.days[0]}&last=${period.days.at(-1)}${query}`;
    const { rows, total } = await pagesOf(ask, path, random.one([7, 50, 200]));
    expect.soft(total, path).toBe(expected.length);
    const times = rows.map(({ at }) => at);
    expect.soft(times, `newest first: ${path}`).toEqual(times.toSorted().toReversed());
    expect.soft(inOrder(rows.map(comparable)), path).toEqual(inOrder(expected.map(shown)));
    expectSettling(rows, own);
    lists += 1;
  }
  return lists;
}

/** Of the first reset of each bypass, as the figures count them. */
function expectSettling(rows: readonly Told[], own: readonly Placed[]) {
  const settles = new Map(own.map(({ reset, bypass }) => [reset.id, bypass?.settling]));
  for (const { id, bypassId, settling } of rows)
    if (bypassId === id) expect.soft(settling, `settling: ${id}`).toBe(settles.get(id));
}

const KINDS = ['counted', 'first_password', 'mass', 'unknown_initiator', 'automation', 'self'];

function listsOf(
  own: readonly Placed[],
  random: Chance,
): [query: string, fits: (one: Placed) => boolean][] {
  const counted = ({ reset }: Placed) => reset.kind === 'counted';
  const opens = (one: Placed) => one.bypass?.resets[0]?.id === one.reset.id;
  const like = own.length > 0 ? random.one(own).reset : null;
  const operator = like?.operator ?? '00000000-1111-4222-8333-444444444444';
  const agent = like?.agent ?? '';
  const kind = like?.kind ?? 'counted';
  const hasAgent = ({ reset }: Placed) => (reset.agent ?? '') === agent;
  return [
    ['', counted],
    ...KINDS.map((one): [string, (p: Placed) => boolean] => [
      `&kind=${one}`,
      ({ reset }) => reset.kind === one,
    ]),
    ['&bypass=true', (one) => counted(one) && opens(one) && one.bypass?.settling === false],
    [
      '&bypass=true&settling=true',
      (one) => counted(one) && opens(one) && one.bypass?.settling === true,
    ],
    ['&bypass=false', (one) => counted(one) && one.incident !== null],
    [
      `&kind=${kind}&operator=${operator.toUpperCase()}`,
      ({ reset }) => reset.kind === kind && reset.operator === operator,
    ],
    [`&agent=${encodeURIComponent(agent)}`, (one) => counted(one) && hasAgent(one)],
    [
      `&bypass=false&agent=${encodeURIComponent(agent)}`,
      (one) => counted(one) && one.incident !== null && hasAgent(one),
    ],
  ];
}

async function pagesOf(ask: Lab['ask'], path: string, limit: number) {
  const rows: Told[] = [];
  let cursor: string | null = null;
  let total = 0;
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await ask(`${path}&limit=${limit}${next}`)) as Page;
    rows.push(...page.adminResets);
    total = page.total;
    cursor = page.nextCursor;
  } while (cursor !== null && rows.length < 5000);
  return { rows, total };
}

function comparable({ person, operator, settling: _, ...row }: Told) {
  return { ...row, person: person?.id ?? null, operator: operator?.id ?? null };
}

function shown({ reset, day, incident, bypass }: Placed) {
  return {
    id: reset.id,
    at: new Date(reset.at).toISOString(),
    day,
    person: reset.person,
    operator: reset.operator,
    kind: reset.kind,
    incidentId: incident?.id ?? null,
    bypassId: bypass?.resets[0]?.id ?? null,
    agent: reset.agent,
  };
}

function inOrder(rows: { id: unknown }[]): object[] {
  return rows.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
}
