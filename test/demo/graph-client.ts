import { afterEach } from 'vitest';
import type { GraphServer, GraphServerOptions } from '../../demo/graph-server.ts';
import { createGraphServer, SAMPLE_TOKEN } from '../../demo/graph-server.ts';
import { emptyWorld } from '../../demo/world.ts';

export const NOW = Date.parse('2026-03-10T12:00:00Z');

let running: GraphServer[] = [];

afterEach(async () => {
  await Promise.all(running.map((server) => server.close()));
  running = [];
});

/** A server with an empty world, a still clock and no limit, unless said otherwise; closed after the test. */
export async function startGraph(options: Partial<GraphServerOptions> = {}) {
  const world = options.world ?? emptyWorld();
  const limits = { reportRequestsPer10s: null, ...options.limits };
  const server = createGraphServer({ clock: () => NOW, ...options, world, limits });
  running.push(server);
  const origin = await server.listen();
  return { server, origin };
}

export interface Answered {
  status: number;
  headers: Headers;
  // What the server sent is checked by the tests themselves.
  body: Record<string, unknown> & { value: Record<string, unknown>[] };
}

/** Asks with the good token; `path` begins after the origin. */
export async function ask(
  origin: string,
  path: string,
  headers: Record<string, string> = { Authorization: `Bearer ${SAMPLE_TOKEN}` },
): Promise<Answered> {
  const response = await fetch(new URL(path, origin), { headers, redirect: 'manual' });
  const body = (await response.json()) as Answered['body'];
  return { status: response.status, headers: response.headers, body };
}

/** Every page of a list, following the links; stops at `pagesMax`. */
export async function askAll(origin: string, path: string, pagesMax = 50): Promise<object[][]> {
  const pages: object[][] = [];
  let next: string | undefined = path;
  while (next !== undefined && pages.length < pagesMax) {
    const { body }: Answered = await ask(origin, next);
    pages.push(body.value);
    next = body['@odata.nextLink'] as string | undefined;
  }
  return pages;
}

export const AUDITS = '/v1.0/auditLogs/directoryAudits';

export function auditsWhere(filter: string, rest = ''): string {
  return `${AUDITS}?$filter=${encodeURIComponent(filter)}${rest}`;
}
