import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults, NamedFault, RouteName } from './faults.ts';
import { answerOf } from './graph/answers.ts';
import { sendBroken } from './graph/broken-answers.ts';
import type { GraphFailure } from './graph/errors.ts';
import { badRequest, isFailure } from './graph/errors.ts';
import type { StruckFault } from './graph/fault-choice.ts';
import { faultChoice } from './graph/fault-choice.ts';
import { gate } from './graph/gate.ts';
import type { Answer } from './graph/list.ts';
import { faultedPageBody, pageBody } from './graph/page-body.ts';
import { placeOf } from './graph/paging.ts';
import { refusalOf } from './graph/refusals.ts';
import { routeOf } from './graph/routes.ts';
import type { Exchange } from './graph/send.ts';
import { sendFailure, sendText, textOf } from './graph/send.ts';
import type { World } from './world.ts';

/** The bearer token the server accepts unless told otherwise. */
export const SAMPLE_TOKEN = 'sample-token';

export interface GraphServerOptions {
  world: World;
  /** Now, UTC ms; the server asks nothing else for the time. */
  clock: () => number;
  limits?: {
    /** Requests for reports and audit logs in any 10 s; null switches the limit off. Default 5, as Graph. */
    reportRequestsPer10s?: number | null;
    /** Upper bound of the size of any page, so that few records make many pages. */
    pageSizeMax?: number;
  };
  faults?: Faults;
  /** Which bearer tokens are good. Default: only SAMPLE_TOKEN. */
  acceptToken?: (token: string) => boolean;
  /** Origin that redirects and foreign links lead to. Default a name that does not resolve. */
  lure?: string;
  /** Lengths of the faults that make a client wait or read long; defaults in DEFAULT_TIMING. */
  timing?: Partial<typeof DEFAULT_TIMING>;
}

const DEFAULT_TIMING = {
  /** What a plain `Retry-After` asks for; the fractional one asks for about a third of it. */
  retryAfterSeconds: 7,
  /** After so long a drip or a silence ends with a closed connection. */
  silenceMs: 2000,
  /** Between two bytes of a drip. */
  dripMs: 100,
  /** Size of the gzip bomb once unpacked, bytes. */
  bombBytes: 64 * 1024 * 1024,
};

export interface GraphStatistics {
  requests: number;
  /** Requests refused because the limit of reports was passed. */
  readonly limitViolations: number;
  /** Requests by route; those to no known address under `unknown`. */
  byPath: Partial<Record<RouteName | 'unknown', number>>;
  /** Every bearer token that came, good or not. */
  readonly tokensSeen: ReadonlySet<string>;
  /** Every fault that struck, oldest first. */
  readonly faults: readonly StruckFault[];
}

export interface GraphServer {
  /** Starts on loopback, on a free port where none is given; answers the origin, without version. */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
  /** From now on these faults instead; none where undefined. */
  setFaults(faults: Faults | undefined): void;
  readonly statistics: GraphStatistics;
}

/** A server that answers as Microsoft Graph does, over `world`, with the faults asked for. */
export function createGraphServer(options: GraphServerOptions): GraphServer {
  const { acceptToken = (token) => token === SAMPLE_TOKEN } = options;
  const { reportRequestsPer10s = 5, pageSizeMax = 1000 } = options.limits ?? {};
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const lure = options.lure ?? 'https://graph.elsewhere.example';
  const entry = gate({ acceptToken, reportRequestsPer10s });
  const faults = faultChoice(options.faults);
  const statistics: GraphStatistics = {
    requests: 0,
    byPath: {},
    tokensSeen: entry.tokensSeen,
    faults: faults.struck,
    get limitViolations() {
      return entry.violations();
    },
  };

  function count(route: RouteName | 'unknown'): void {
    statistics.requests += 1;
    statistics.byPath[route] = (statistics.byPath[route] ?? 0) + 1;
  }

  function answer(exchange: Exchange): void {
    const { url, request, now } = exchange;
    const match = routeOf(url);
    count(match?.route ?? 'unknown');
    const refusal = match ? entry.refusal(request, match.route, now) : NO_SUCH_ADDRESS;
    const place = placeOf(url.searchParams.get('$skiptoken'), now);
    if (refusal || !match) sendFailure(exchange, refusal ?? NO_SUCH_ADDRESS);
    else if (!place) sendFailure(exchange, badRequest('The skip token is not valid.'));
    else {
      const named = faults.choose({ url, route: match.route, page: place.page });
      const failure = named && refusalOf(named.fault, { route: match.route, now, ...timing });
      const question = { ...match, place, query: url.searchParams, pageSizeMax };
      sendAnswer(exchange, failure ?? answerOf(options.world, question), named);
    }
  }

  function sendAnswer(exchange: Exchange, given: Answer, named: NamedFault | null): void {
    if (isFailure(given)) {
      sendFailure(exchange, given);
      return;
    }
    const text = textOf(bodyOf(given, { url: exchange.url, lure }, named));
    const broken = named && sendBroken(named.fault, { ...exchange, text, lure, ...timing });
    if (!broken) sendText(exchange, 200, text);
  }

  const server = createServer((request, response) => {
    answer(exchangeOf({ request, response }, options.clock(), statistics.requests + 1));
  });

  return {
    statistics,
    setFaults: faults.change,
    listen: (port = 0) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const NO_SUCH_ADDRESS: GraphFailure = badRequest('Resource not found for the segment.');

function exchangeOf(
  parts: { request: IncomingMessage; response: ServerResponse },
  now: number,
  number: number,
): Exchange {
  const { url = '/', headers } = parts.request;
  return { ...parts, url: new URL(url, `http://${headers.host ?? '127.0.0.1'}`), now, number };
}

function bodyOf(
  given: Exclude<Answer, GraphFailure>,
  links: { url: URL; lure: string },
  named: NamedFault | null,
): object {
  if ('body' in given) return given.body;
  return (named && faultedPageBody(given.page, named, links)) ?? pageBody(given.page, links);
}
