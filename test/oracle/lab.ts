import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Store } from '../../db/store-types.ts';
import type { Faults } from '../../demo/faults.ts';
import {
  createGraphServer,
  type GraphServer,
  type GraphServerOptions,
  SAMPLE_TOKEN,
} from '../../demo/graph-server.ts';
import {
  aDomain,
  anOrganization,
  auditInstant,
  type Served,
  type World,
} from '../../demo/world.ts';
import { FEEDS } from '../../jobs/collection-run.ts';
import { type Config, readConfig } from '../../jobs/config.ts';
import { type RunReport, type RunRequest, run } from '../../jobs/run.ts';
import { type Answer, serve } from '../build/server.ts';
import { breachOf } from './contracts.ts';
import type { NastyTenant } from './nasty-tenant.ts';

/** A world that serves `tenant` as it is at the moment of asking. */
export function worldOf(tenant: NastyTenant, latencyMs?: (record: Served) => number): World {
  return {
    organization: () => anOrganization(),
    domains: () => [aDomain()],
    users: () => tenant.users,
    registration: () => tenant.report,
    auditRecords: (since, until) =>
      tenant.audits.filter((record) => {
        const at = auditInstant(record);
        return at >= since && at < until;
      }),
    ...(latencyMs ? { latencyMs } : {}),
  };
}

export interface Lab {
  clock: { now: number };
  graph: GraphServer;
  origin: string;
  store: Store;
  config: Config;
  collect(wish?: Partial<RunRequest>): Promise<RunReport>;
  /** Answer of the real app's API, signed in; throws unless it is a 200 as its contract says. */
  ask(path: string): Promise<unknown>;
  /** The same, whatever its status. */
  answer(path: string): Promise<Answer>;
  put(path: string, json: unknown): Promise<number>;
  /** A request that changes something; what it answers is as its contract says where it is a 200. */
  send(method: 'put' | 'post' | 'delete', path: string, json?: unknown): Promise<Answer>;
}

export interface LabWish {
  world: World;
  now: number;
  timeZone: string;
  store?: Store;
  faults?: Faults;
  options?: Partial<GraphServerOptions>;
  /** Of the graph server; default 250, so that there are a few pages of everything. */
  pageSizeMax?: number;
  /** The clock goes on by itself: Graph's waits end by it. */
  ticking?: boolean;
  /** Folder of the database file; default a new one. */
  folder?: string;
}

/** Graph on loopback, a database, the real jobs and the real app, for one test. */
export async function lab(wish: LabWish): Promise<Lab> {
  const clock = wish.ticking ? ticking(wish.now) : { now: wish.now };
  const graph = createGraphServer({
    world: wish.world,
    clock: () => clock.now,
    limits: { reportRequestsPer10s: null, pageSizeMax: wish.pageSizeMax ?? 250 },
    timing: { retryAfterSeconds: 1, silenceMs: 300, dripMs: 50 },
    ...(wish.faults ? { faults: wish.faults } : {}),
    ...wish.options,
  });
  const origin = await graph.listen();
  onTestFinished(() => graph.close());
  const folder = wish.folder ?? temporaryFolder();
  const store = wish.store ?? (await openStore(`file:${join(folder, 'lab.db')}`));
  if (!wish.store) onTestFinished(() => store.close());
  const config = configOf(origin, folder, wish.timeZone);
  const app = await serve({ store, timeZone: wish.timeZone, sample: false, now: () => clock.now });
  return {
    clock,
    graph,
    origin,
    store,
    config,
    collect: (request) => collect({ store, config, clock }, request),
    async ask(path) {
      const { status, body, text } = await app.askSignedIn(`/api/v1${path}`);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
      throwBreach(breachOf('get', path, body));
      return body;
    },
    answer: (path) => app.askSignedIn(`/api/v1${path}`),
    put: async (path, json) => (await send('put', path, json)).status,
    send,
  };

  async function send(method: 'put' | 'post' | 'delete', path: string, json?: unknown) {
    const question = { method: method.toUpperCase(), json };
    const answer = await app.askSignedIn(`/api/v1${path}`, question);
    if (answer.status === 200) throwBreach(breachOf(method, path, answer.body));
    return answer;
  }
}

function throwBreach(breach: string | null): void {
  if (breach) throw new Error(`Not as its contract says: ${breach}`);
}

function ticking(start: number): { now: number } {
  const began = performance.now();
  return {
    get now() {
      return Math.floor(start + performance.now() - began);
    },
    set now(_) {
      throw new TypeError('This clock goes on by itself');
    },
  };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function configOf(origin: string, folder: string, timeZone: string): Config {
  const config = readConfig({
    GRAPH_ENDPOINT: origin,
    GRAPH_TOKEN: SAMPLE_TOKEN,
    DATABASE_URL: `file:${join(folder, 'lab.db')}`,
    TENANT_TIME_ZONE: timeZone,
  });
  if (!config.graph) throw new TypeError('The settings name no Graph');
  return { ...config, graph: { ...config.graph, reportRequestsPer10s: Number.POSITIVE_INFINITY } };
}

async function collect(
  { store, config, clock }: { store: Store; config: Config; clock: { now: number } },
  request: Partial<RunRequest> = {},
): Promise<RunReport> {
  const report = await run(
    { store, config, clock: () => clock.now, signal: new AbortController().signal },
    {
      feeds: FEEDS.map(([feed]) => feed),
      full: true,
      wait: true,
      onProgress: () => undefined,
      onNote: () => undefined,
      onBug: (error) => {
        throw error;
      },
      ...request,
    },
  );
  if (!report) throw new Error('Another run holds the lease');
  return report;
}
