import { describe, expect, test } from 'vitest';
import { SAMPLE_TOKEN } from '../../demo/graph-server.ts';
import { MADE_UP_TENANT_ID } from '../../demo/world.ts';
import { ErrorAnswer } from '../../server/contract/common.ts';
import { ENDPOINTS } from '../../server/endpoints.ts';
import { freeze } from '../build/frozen-year.ts';
import { breachOf } from '../oracle/contracts.ts';
import { dump, periodOf } from '../oracle/dump.ts';
import { type Lab, type LabWish, lab, worldOf } from '../oracle/lab.ts';
import { nastyTenant } from '../oracle/nasty-tenant.ts';

const NOW = Date.parse('2026-11-10T15:17:23.456Z');
const WHEN = { now: NOW, timeZone: 'Europe/Vienna' };
const TENANT = nastyTenant(31, NOW);

function labOf(wish: Partial<LabWish> = {}): Promise<Lab> {
  return lab({ world: worldOf(TENANT), ...WHEN, ...wish });
}

function useToken(it: Lab, token: string): void {
  if (!it.config.graph) throw new TypeError('no Graph');
  it.config.graph = { ...it.config.graph, token };
}

/** A token that tells its tenant, signed by nobody. */
function tokenOf(tid: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ tid })}.x`;
}

async function pinnedKey({ store }: Lab): Promise<string | undefined> {
  const [row] = await store.read.select({ key: store.t.tenant.key }).from(store.t.tenant);
  return row?.key;
}

const REFUSED = [{ route: 'organization', fault: 'permission-403' }] as const;

describe('whose data it is', () => {
  test('is learned from /organization behind an empty page', async () => {
    const it = await labOf({ faults: [{ route: 'organization', fault: 'empty-page', page: 1 }] });
    const notes: string[] = [];

    const { tenant } = await it.collect({ onNote: (note) => notes.push(note), feeds: ['domains'] });

    expect(it.graph.statistics.faults).toHaveLength(1);
    expect(notes).toEqual([]);
    expect(tenant).toBe('Larkfield (made-up tenant)');
    expect(await pinnedKey(it)).toBe(MADE_UP_TENANT_ID);
  });

  test('is the endpoint until a token tells it, and then that tenant for good', async () => {
    const it = await labOf({ faults: [...REFUSED], options: { acceptToken: () => true } });
    const notes: string[] = [];
    const wish = { onNote: (note: string) => notes.push(note), feeds: ['domains' as const] };
    expect((await it.collect({ onNote: wish.onNote })).tenant).toBe(it.origin);
    expect(await pinnedKey(it)).toBe(it.origin);
    expect(notes).toEqual([expect.stringMatching(/^The tenant's name could not be read: /)]);
    const before = await dump(it, WHEN);
    const [own, other] = [MADE_UP_TENANT_ID, '7e57ab1e-0000-4000-a000-00000000beef'];

    useToken(it, tokenOf(own.toUpperCase()));
    expect((await it.collect(wish)).tenant).toBe(own);
    expect(await pinnedKey(it)).toBe(own);

    useToken(it, SAMPLE_TOKEN);
    expect((await it.collect(wish)).feeds[0]?.state).toBe('ok');
    expect(await pinnedKey(it)).toBe(own);

    useToken(it, tokenOf(other));
    await expect(it.collect(wish)).rejects.toThrow(/tenant/);
    expect(await pinnedKey(it)).toBe(own);
    expect(await dump(it, WHEN)).toEqual(before);
  });
});

describe('a token that is refused', () => {
  test('fails every feed with one sentence, and the figures stay', async () => {
    const it = await labOf();
    await it.collect();
    const { feeds: _, ...before } = await dump(it, WHEN);
    useToken(it, 'wrong-token-of-somebody');

    const report = await it.collect();

    expect(report.feeds).toHaveLength(5);
    for (const { feed, state, reason } of report.feeds) {
      expect([feed, state]).toEqual([feed, 'failed']);
      expect(reason).toMatch(/^[A-Z][^\n]*[^.\n]\.$/);
      expect(reason).not.toContain('wrong-token-of-somebody');
    }
    const { feeds, ...after } = await dump(it, WHEN);
    expect(after).toEqual(before);
    const failed = (feeds as { feed: string; state: string }[]).filter(
      ({ state }) => state === 'failed',
    );
    expect(failed).toHaveLength(5);
  });
});

/** Every question that is read, with every parameter that changes the answer's shape. */
function questions(
  ids: string[],
  incidents: string[] = [],
  statements: number[] = [],
  alerts: string[] = [],
): string[] {
  const { first, last } = periodOf(WHEN);
  const period = `first=${first}&last=${last}`;
  const more: Record<string, string[]> = {
    '/registration/coverage': [`?${period}`, `?${period}&dimension=country&value=Austria`],
    '/registration/methods': ['', '?day=2026-01-01'],
    '/registration/reconciliation': ['', '?day=2026-01-01'],
    '/people': ['?limit=200', '?limit=200&facets=true', '?userType=guest', '?search=nobody-at-all'],
    '/registration/methods/trend': [`?${period}`],
    '/registration/moves': ['day', 'week'].map((bucket) => `?${period}&bucket=${bucket}`),
    '/registration/changes': ['gained', 'arrived'].map((move) => `?${period}&move=${move}`),
    '/registration/at-risk': ['?date=2027-02-01', '?date=2027-02-01&required=2&by=country'],
    '/annotations': [`?${period}`],
    '/deflection': [`?${period}`, '?first=2020-01-01&last=2020-01-02'],
    '/deflection/trend': [`?${period}`],
    '/resets/summary': [`?${period}`, '?first=2020-01-01&last=2020-01-02'],
    '/resets/funnel': [`?${period}`, `?${period}&method=mobile+SMS`],
    '/resets/methods': [`?${period}`],
    '/resets/reasons': [`?${period}`, `?${period}&owner=writeback`],
    '/resets/hours': [`?${period}`],
    '/resets/times': [`?${period}`, '?first=2020-01-01&last=2020-01-02'],
    '/resets/writeback': [`?${period}`],
    '/resets/incidents': [
      `?${period}&limit=200`,
      `?${period}&outcome=fell_back&outsideOffice=true`,
      `?${period}&lost=true&limit=3`,
    ],
    '/resets/admin-resets': [`?${period}`, `?${period}&bypass=true`, `?${period}&kind=automation`],
    '/resets/trend': ['day', 'week', 'month'].map((bucket) => `?${period}&bucket=${bucket}`),
    '/alerts': ['?limit=200', '?state=lasting', '?level=alert&queue=security&limit=1'],
    '/verification/failures': [
      `?${period}&bucket=hour`,
      `?${period}&bucket=day`,
      `?${period}&bucket=day&by=method`,
      `?${period}&bucket=day&by=country`,
      `?${period}&bucket=hour&by=admin`,
      `?${period}&bucket=day&by=address`,
      `?${period}&bucket=day&series=blocked`,
      `?${period}&bucket=hour&series=options_only`,
    ],
    '/verification/list': [
      `?${period}&limit=200`,
      `?${period}&method=email&admin=false&limit=3`,
      `?${period}&country=&address=&since=2026-11-01T00:00:00Z`,
    ],
  };
  const paths: Record<string, string[]> = {
    '/registration/by/{dimension}': ['department', 'country', 'office', 'company', 'admin'].flatMap(
      (name) => [`/registration/by/${name}`, `/registration/by/${name}?day=2026-01-01`],
    ),
    '/people/{id}': ids.map((id) => `/people/${encodeURIComponent(id)}`),
    '/resets/incidents/{id}': incidents.map((id) => `/resets/incidents/${encodeURIComponent(id)}`),
    '/alerts/{id}': alerts.map((id) => `/alerts/${id}`),
    '/statements/{id}': statements.map((id) => `/statements/${id}`),
    '/statements/{id}.json': statements.map((id) => `/statements/${id}.json`),
  };
  const inJson = ENDPOINTS.filter(({ method, mediaType }) => method === 'get' && !mediaType);
  return inJson.flatMap(
    ({ path }) => paths[path] ?? (more[path] ?? ['']).map((query) => path + query),
  );
}

async function incidentIds(it: Lab): Promise<string[]> {
  const { first, last } = periodOf(WHEN);
  const path = `/resets/incidents?first=${first}&last=${last}&limit=200`;
  const { incidents } = (await it.ask(path)) as { incidents: { id: string }[] };
  return incidents.map(({ id }) => id);
}

describe('every answer is as its contract says, with nothing missing and nothing more', () => {
  async function breaches(
    it: Lab,
    ids: string[],
    incidents: string[] = [],
    statements: number[] = [],
  ) {
    const found = [];
    const { alerts } = (await it.ask('/alerts?limit=200')) as { alerts: { id: string }[] };
    const alertIds = alerts.map(({ id }) => id);
    for (const path of questions(ids, incidents, statements, alertIds)) {
      const { status, body } = await it.answer(path);
      found.push(status === 200 ? breachOf('get', path, body) : `${path} answered ${status}`);
    }
    return found.filter((breach) => breach !== null);
  }

  test('before, with, and after a collection that went wrong', async () => {
    const it = await labOf();
    expect(await breaches(it, [])).toEqual([]);
    await it.collect();
    const { people } = (await it.ask('/people?limit=200')) as { people: { id: string }[] };
    const ids = people.map(({ id }) => id);
    const incidents = await incidentIds(it);
    expect(incidents.length).toBeGreaterThan(10);
    const { id } = await freeze(it.store, '2026-10', WHEN.timeZone);
    expect(await breaches(it, ids, incidents, [id])).toEqual([]);

    it.graph.setFaults([
      { route: 'registration', fault: 'licence-403' },
      { route: 'resets', fault: 'redirect' },
    ]);
    await it.collect();
    expect(await breaches(it, ids.slice(0, 5))).toEqual([]);
  });

  test('refusals too', async () => {
    const it = await labOf();
    const refused = [
      '/people?limit=0',
      '/people?nonsense=1',
      '/people/nobody',
      '/resets/summary',
      '/resets/incidents/nothing',
      '/alerts/999',
      '/no/such',
    ];
    for (const path of refused) {
      const { status, body } = await it.answer(path);
      expect([path, status]).toEqual([
        path,
        expect.toSatisfy((code) => code === 400 || code === 404),
      ]);
      expect(ErrorAnswer.strict().parse(body)).toEqual(body);
    }
  });

  test('and a contract finds what is not as it says', () => {
    const health = { status: 'ok', version: '1' };

    expect(breachOf('get', '/health', health)).toBeNull();
    expect(breachOf('get', '/health', { ...health, more: 1 })).toMatch(/more than it should/);
    expect(breachOf('get', '/health', { status: 'ok' })).toMatch(/version/);
    expect(breachOf('get', '/no/such', {})).toMatch(/no contract/);
  });
});
