import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { NO_AZURE_SETTINGS } from '../../jobs/graph/azure-credential.ts';
import { createGraphReader } from '../../jobs/graph/client.ts';
import type { GraphSettings } from '../../jobs/graph/settings.ts';

/** What one request is met with. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FaultyGraph {
  origin: string;
  /** What arrived, in order. */
  requests: { url: string; authorization: string | undefined }[];
  close(): Promise<void>;
}

/** A server that gives `answers` one after the other, the last of them for ever. */
export async function faultyGraph(...answers: Answer[]): Promise<FaultyGraph> {
  const requests: FaultyGraph['requests'] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization });
    if (answer) answer(request, response);
    else response.writeHead(500).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function json(body: unknown, status = 200, headers: OutgoingHttpHeaders = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** A page of `records`, and where the next one is. */
export function page(records: unknown[], nextLink?: unknown): Answer {
  return json({
    value: records,
    ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
  });
}

/** An error as Graph words it. */
export function graphError(
  status: number,
  code: string,
  message = '',
  headers: OutgoingHttpHeaders = {},
): Answer {
  return json({ error: { code, message, innerError: { 'request-id': 'r' } } }, status, headers);
}

/** Time that passes only by sleeping. */
export function virtualTime(start = Date.UTC(2026, 10, 22)) {
  const sleeps: number[] = [];
  let now = start;
  return {
    sleeps,
    clock: () => now,
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      now += ms;
    },
  };
}

/** A reader on `endpoint` whose waits take no time. `random` is 0.5, so that jitter halves each wait. */
export function readerOn(endpoint: string, settings: Partial<GraphSettings> = {}) {
  const time = virtualTime();
  const reader = createGraphReader({
    cloud: 'global',
    endpoint,
    token: 'secret-token',
    azure: NO_AZURE_SETTINGS,
    reportRequestsPer10s: Number.POSITIVE_INFINITY,
    clock: time.clock,
    sleep: time.sleep,
    random: () => 0.5,
    fetch: globalThis.fetch,
    ...settings,
  });
  return { reader, ...time };
}
