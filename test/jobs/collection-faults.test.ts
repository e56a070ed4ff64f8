import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { type FaultName, faultsOf } from '../../demo/faults.ts';
import { SAMPLE_TOKEN } from '../../demo/graph-server.ts';
import { anOrganization } from '../../demo/world.ts';
import { pgliteStore } from '../build/stores.ts';
import { type Chance, chance } from '../oracle/chance.ts';
import { dump } from '../oracle/dump.ts';
import { type Lab, type LabWish, lab, temporaryFolder, worldOf } from '../oracle/lab.ts';
import { type NastyTenant, nastyTenant } from '../oracle/nasty-tenant.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-11-10T15:17:23.456Z');
const ZONE = 'America/New_York';
const WHEN = { now: NOW, timeZone: ZONE };
const TENANT = nastyTenant(7, NOW);

function labOf(wish: Partial<LabWish> = {}): Promise<Lab> {
  return lab({ world: worldOf(TENANT), ...WHEN, ...wish });
}

async function cleanDumpOf(tenant: NastyTenant, when = WHEN) {
  const it = await lab({ world: worldOf(tenant), ...when });
  await it.collect();
  return dump(it, when);
}

let clean: ReturnType<typeof cleanDumpOf> | undefined;

/** What one run over TENANT without faults gives; worked out once for all tests of this file. */
function cleanDump() {
  clean ??= cleanDumpOf(TENANT);
  return clean;
}

const states = (report: { feeds: { feed: string; state: string }[] }) =>
  Object.fromEntries(report.feeds.map(({ feed, state }) => [feed, state]));

describe('collecting again', () => {
  test('changes nothing', async () => {
    const it = await labOf();
    await it.collect();
    const once = await dump(it, WHEN);

    await it.collect();
    await it.collect({ full: false });

    expect(await dump(it, WHEN)).toEqual(once);
  });

  test.each([true, false])('brings what came late (all of it read again: %s)', async (full) => {
    const earlier = NOW - HOUR_MS;
    // Of the last two days, every other record comes half an hour to an hour after `earlier`.
    const late = new Map(
      TENANT.audits
        .filter((_, index) => index % 2 === 0)
        .map((record) => [record, Date.parse(String(record.activityDateTime))] as const)
        .filter(([, at]) => at > NOW - 47 * HOUR_MS && at < earlier)
        .map(([record, at]) => [record as object, earlier + 1_800_000 - at]),
    );
    const it = await labOf({
      now: earlier,
      world: worldOf(TENANT, (record) => late.get(record) ?? 0),
    });
    await it.collect();
    it.clock.now = NOW;

    await it.collect({ full });

    expect(late.size).toBeGreaterThan(20);
    expect(await dump(it, WHEN)).toEqual(await cleanDump());
  });

  test('in another order and with doubles changes nothing', async () => {
    const random = chance(11);
    const doubled = (records: NastyTenant['audits']) =>
      random.shuffled([...records, ...records.filter(() => random.is(0.2))]);
    const world = worldOf({
      users: doubled(TENANT.users),
      report: doubled(TENANT.report),
      audits: doubled(TENANT.audits),
    });
    const it = await labOf({ world, pageSizeMax: 83 });

    await it.collect();

    expect(withoutGraphTotals(await dump(it, WHEN))).toEqual(withoutGraphTotals(await cleanDump()));
  });

  test('on PostgreSQL gives the same figures', async () => {
    const it = await labOf({ store: await pgliteStore() });

    await it.collect();

    expect(await dump(it, WHEN)).toEqual(await cleanDump());
  });

  test.each(['Asia/Kolkata', 'Pacific/Apia'])(
    'after a change of zone to %s cuts everything anew',
    async (timeZone) => {
      const it = await labOf();
      await it.collect();

      expect(await it.put('/settings', { settings: { time_zone: timeZone } })).toBe(200);
      await it.collect({ feeds: ['domains'] });

      const when = { now: NOW, timeZone };
      expect(await dump(it, when)).toEqual(await cleanDumpOf(TENANT, when));
    },
  );
});

/** Graph counts the doubles of its own report; we do not. */
function withoutGraphTotals(answers: Record<string, unknown>) {
  const { graph: _, ...reconciliation } = answers.reconciliation as { graph: unknown };
  return { ...answers, reconciliation };
}

/** Nothing of it changes class within the minutes that a test with faults takes. */
function calm(tenant: NastyTenant): NastyTenant {
  const near = (at: number, hours: number) => Math.abs(NOW - hours * HOUR_MS - at) < 600_000;
  const audits = tenant.audits.filter((record) => {
    const at = Date.parse(String(record.activityDateTime));
    return !near(at, 0) && !near(at, 1) && !near(at, 72);
  });
  return { ...tenant, audits };
}

/** As-of, which goes on while Graph makes us wait, and the tenant's name, which /organization may not say. */
function withoutAsOf(answers: unknown): unknown {
  const text = JSON.stringify(answers, (key, value) =>
    key === 'asOf' || key === 'tenant' ? undefined : value,
  );
  return JSON.parse(text);
}

describe('with faults that pass', () => {
  const tenant = calm(TENANT);
  const world = worldOf(tenant);
  // A token that is given, not fetched, cannot be renewed.
  const kinds = faultsOf('transient').filter((kind) => kind !== 'token-expired');

  test('the figures of seven seeds are those without faults', async () => {
    const expected = withoutAsOf(await cleanDumpOf(tenant));
    const struck = new Set<FaultName>();
    // Each seed gets kinds of its own, so that together they meet every one.
    const dealt = chance(3).shuffled(kinds);
    const one = async (seed: number) => {
      const few = dealt.filter((_, index) => index % SEEDS === seed);
      const random = chance(seed + 100);
      const faults = few.map((fault) => ({ ...placeFor(fault, random), fault }));
      const it = await labOf({ world, faults, ticking: true, pageSizeMax: 50 });
      const report = await it.collect();

      const bad = report.feeds.filter(({ state }) => state !== 'ok');
      expect.soft(bad, `seed ${seed}`).toEqual([]);
      expect
        .soft(withoutAsOf(await dump(it, WHEN)), `seed ${seed}: ${few.join(', ')}`)
        .toEqual(expected);
      for (const { fault } of it.graph.statistics.faults) struck.add(fault);
    };
    await Promise.all(Array.from({ length: SEEDS }, (_, seed) => one(seed)));

    expect(kinds.filter((kind) => !struck.has(kind))).toEqual([]);
  }, 180_000);

  test.each(['people', 'registration', 'resets'] as const)(
    'a link of %s that expired begins its listing again',
    async (route) => {
      const faults = [{ route, fault: 'expired-skiptoken', page: 2 }] as const;
      const it = await labOf({ faults: [...faults], pageSizeMax: 30 });

      const { feeds } = await it.collect();

      expect(it.graph.statistics.faults).toHaveLength(1);
      expect(feeds.filter(({ state }) => state !== 'ok')).toEqual([]);
      expect(await dump(it, WHEN)).toEqual(await cleanDump());
    },
  );
});

const SEEDS = 7;

/** A page that the fault can strike, of a feed that has so many; a page that is not asked for again meets one only. */
function placeFor(fault: FaultName, random: Chance) {
  // What an expired link must do is asked of each listing below.
  if (/skiptoken/.test(fault)) return { route: 'registration', page: 5 } as const;
  const page = fault === 'overlapping-page' ? 4 : 1 + random.below(3);
  const long = ['people', 'registration'] as const;
  return {
    page,
    route: random.one(page > 1 ? long : ([...long, 'resets', 'security-info'] as const)),
  };
}

const TERMINAL: [FaultName, 'people' | 'registration' | 'resets' | 'security-info', string][] = [
  ['licence-403', 'registration', 'unavailable'],
  ['licence-403', 'security-info', 'unavailable'],
  ['permission-403', 'people', 'unavailable'],
  ['permission-403', 'resets', 'unavailable'],
  ['foreign-nextlink', 'resets', 'failed'],
  ['foreign-scheme', 'registration', 'failed'],
  ['nextlink-loop', 'registration', 'failed'],
  ['repeated-token', 'people', 'failed'],
  ['redirect', 'security-info', 'failed'],
  ['gzip-bomb', 'registration', 'failed'],
  ['deep-nesting', 'resets', 'failed'],
  ['long-string', 'people', 'failed'],
];

/** Part of a dump that a feed has nothing to do with. */
function figuresWithout(answers: Record<string, unknown>, route: string): unknown {
  const kept = Object.entries(answers).filter(([path]) => {
    if (path === 'feeds' || path === 'collection') return false;
    if (route === 'resets') return /registration|reconciliation|^people$/.test(path);
    // Without /users there are no departments; without a snapshot no population for mass resets.
    if (route === 'registration' || route === 'people') return /verification/.test(path);
    return true;
  });
  // Expected calls stand on the reset log.
  const text = JSON.stringify(kept, (key, value) => (key === 'priority' ? undefined : value));
  return Object.fromEntries(route === 'resets' ? JSON.parse(text) : kept);
}

describe('with faults that stay', () => {
  test.each(TERMINAL)(
    '%s leaves %s %s, which says so, and nothing else',
    async (fault, route, state) => {
      const without = await cleanDump();
      const lure = await recordingServer();
      const it = await labOf({
        faults: [{ route, fault }],
        pageSizeMax: 100,
        options: { lure: lure.origin },
      });
      const report = await it.collect();

      const told = report.feeds.find(({ feed }) => feed === route);
      expect(told?.state, told?.reason ?? '').toBe(state);
      expect(told?.reason).toMatch(/^[A-Z].*[.!]$/s);
      expect(told?.reason).not.toContain(SAMPLE_TOKEN);
      const others = report.feeds.filter(({ feed }) => feed !== route);
      expect(others.map((feed) => feed.state)).toEqual(others.map(() => 'ok'));
      const answers = await dump(it, WHEN);
      expect(figuresWithout(answers, route)).toEqual(figuresWithout(without, route));
      if (route === 'registration')
        expect(answers['/registration/methods']).toMatchObject({ methods: null });
      expect(await feedOf(it, route)).toMatchObject({ state, reason: told?.reason });

      it.graph.setFaults(undefined);
      await it.collect();
      expect(await dump(it, WHEN), 'when it is over').toEqual(without);
      expect(lure.requests).toEqual([]);
    },
  );
});

/** Another origin, which nobody has any reason to ask. */
async function recordingServer() {
  const requests: { url: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer(({ url, headers }, response) => {
    requests.push({ url, authorization: headers.authorization });
    response.setHeader('content-type', 'application/json');
    response.end('{"value":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

describe('a doubtful snapshot', () => {
  const smaller = (share: number): NastyTenant => ({
    ...TENANT,
    report: TENANT.report.slice(0, Math.floor(TENANT.report.length * share)),
  });

  test('that shrank is held until one an hour later agrees', async () => {
    const tenant = { ...TENANT };
    const it = await labOf({ world: worldOf(tenant) });
    await it.collect();
    const before = await it.ask('/registration/methods');
    tenant.report = smaller(0.6).report;

    it.clock.now = NOW + HOUR_MS;
    const first = await it.collect();
    expect(states(first).registration).toBe('late');
    const reason = first.feeds.find(({ feed }) => feed === 'registration')?.reason;
    expect(reason).toMatch(/^[A-Z].*\.$/s);
    expect(await feedOf(it, 'registration')).toMatchObject({ state: 'late', reason });
    expect(await it.ask('/registration/methods')).toEqual(before);

    it.clock.now = NOW + 2 * HOUR_MS - 1;
    expect(states(await it.collect()).registration).toBe('late');
    expect(await it.ask('/registration/methods')).toEqual(before);

    it.clock.now = NOW + 2 * HOUR_MS;
    expect(states(await it.collect()).registration).toBe('ok');
    const when = { now: it.clock.now, timeZone: ZONE };
    const { people } = (await dump(it, when)) as { people: unknown };
    expect(people).toEqual((await cleanDumpOf(smaller(0.6), when)).people);
  });

  test('that shrank and came back is forgotten', async () => {
    const tenant = { ...TENANT };
    const it = await labOf({ world: worldOf(tenant) });
    await it.collect();
    tenant.report = smaller(0.6).report;
    it.clock.now = NOW + HOUR_MS;
    await it.collect();

    tenant.report = TENANT.report;
    it.clock.now = NOW + 3 * HOUR_MS;
    expect(states(await it.collect()).registration).toBe('ok');
    tenant.report = smaller(0.6).report;
    it.clock.now = NOW + 4 * HOUR_MS;
    expect(states(await it.collect()).registration).toBe('late');
  });

  test('with over 1 % and 10 records set aside is not published; with less it is', async () => {
    const tenant = { ...TENANT };
    const it = await labOf({ world: worldOf(tenant) });
    await it.collect();
    const before = await dump(it, WHEN);
    const broken = (count: number) =>
      TENANT.report.map((row, index) => (index < count ? { ...row, isSsprCapable: 'yes' } : row));

    tenant.report = broken(10);
    const refused = await it.collect();
    expect(states(refused).registration).toBe('failed');
    expect(await it.ask('/registration/methods')).toEqual(before['/registration/methods']);

    tenant.report = broken(9);
    expect(states(await it.collect()).registration).toBe('ok');
  });

  test('of another tenant is refused over old data', async () => {
    const it = await labOf();
    await it.collect();
    const before = await dump(it, WHEN);
    const other = {
      ...worldOf(TENANT),
      organization: () => anOrganization({ id: '7e57ab1e-0000-4000-a000-00000000beef' }),
    };
    const { origin } = await lab({ world: other, ...WHEN });
    const graph = it.config.graph;
    if (!graph) throw new TypeError('no Graph');
    it.config.graph = { ...graph, endpoint: origin };

    await expect(it.collect()).rejects.toThrow(/tenant/i);
    expect(await dump(it, WHEN)).toEqual(before);
  });
});

async function feedOf(it: Lab, name: string) {
  const { feeds } = (await it.ask('/collection')) as { feeds: { feed: string }[] };
  return feeds.find(({ feed }) => feed === name);
}

describe('killed', () => {
  test('at six moments, a last complete run gives what a clean one gives', async () => {
    const started = Date.now();
    const tenant = nastyTenant(8, started);
    const folder = temporaryFolder();
    const world = worldOf(tenant);
    const random = chance(started % 1000);
    const final = started + 120_000;
    const store = await openStore(`file:${join(folder, 'lab.db')}`);
    onTestFinished(() => store.close());
    const it = await lab({ world, now: started, timeZone: ZONE, folder, store, pageSizeMax: 60 });
    for (let kill = 0; kill < 6; kill += 1) await killedRun(it, folder, 450 + random.below(1500));

    it.clock.now = final;
    await it.collect();

    const when = { now: final, timeZone: ZONE };
    expect(await dump(it, when)).toEqual(await cleanDumpOf(tenant, when));
  }, 100_000);
});

/** A real `npm run collect` that is killed after so many milliseconds. */
async function killedRun({ origin }: Lab, folder: string, afterMs: number): Promise<void> {
  const child = spawn(join(process.cwd(), 'node_modules/.bin/node'), ['jobs/collect.ts'], {
    env: {
      ...process.env,
      GRAPH_ENDPOINT: origin,
      GRAPH_TOKEN: SAMPLE_TOKEN,
      DATABASE_URL: `file:${join(folder, 'lab.db')}`,
      TENANT_TIME_ZONE: ZONE,
      GRAPH_REPORT_REQUESTS_PER_10S: '999999',
    },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([sleep(afterMs), ended]);
  child.kill('SIGKILL');
  await ended;
}
