import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { createTokenSource } from './credential.ts';
import { graphEndpoint } from './endpoint.ts';
import { type GraphAnswer, GraphCall } from './graph-call.ts';
import { createLimiter } from './limiter.ts';
import { middlewareChain } from './middleware.ts';
import { createPageGuard, nextLink, ownAddress } from './next-link.ts';
import type { GraphStatistics } from './retry.ts';
import { DEFAULT_LIMITS, type GraphSettings } from './settings.ts';

export interface AskOptions {
  signal?: AbortSignal;
  /** A report or audit call: these share one limiter. */
  reports: boolean;
  version?: 'v1.0' | 'beta';
}

export interface GraphPage {
  records: unknown[];
  /** The answer's Date header, UTC milliseconds; null without one. */
  serverTime: number | null;
  /** Where the next page is; null after the last. `pages` accepts it in place of a path. */
  nextLink: string | null;
}

/** The only way to Microsoft Graph. All its methods throw a GraphFailure for what Graph or the way to it does wrong. */
export interface GraphReader {
  get(path: string, options: AskOptions): Promise<GraphAnswer>;
  /** All pages of a listing, in order; follows the links itself. An empty page is not the last one. */
  pages(path: string, options: AskOptions): AsyncGenerator<GraphPage, void, undefined>;
  /** Tenant of the token, if it is a JWT and one was fetched. */
  readonly tenantHint: string | null;
  /** Scheme, host and port of Graph. */
  readonly origin: string;
  readonly statistics: Readonly<GraphStatistics>;
}

/** Throws a RangeError, with a sentence for the admin, if the endpoint may not be given a token. */
export function createGraphReader(settings: GraphSettings): GraphReader {
  const { clock, sleep, random, fetch } = settings;
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const endpoint = graphEndpoint(settings);
  const tokens = createTokenSource(settings);
  const limiter = createLimiter({ requestsPer10s: settings.reportRequestsPer10s, clock, sleep });
  const statistics: GraphStatistics = { requests: 0, throttled: 0, retries: 0 };
  const defaultVersion = settings.version ?? 'v1.0';
  const client = Client.initWithMiddleware({
    baseUrl: endpoint.base,
    defaultVersion,
    middleware: middlewareChain({
      clock,
      sleep,
      random,
      fetch,
      limits,
      endpoint,
      tokens,
      limiter,
      statistics,
    }),
  });

  async function ask(target: string, options: AskOptions, listing: boolean): Promise<GraphAnswer> {
    const exactUrl = /^https?:/i.test(target) ? ownAddress(target, endpoint) : null;
    const call = new GraphCall({
      exactUrl,
      path: exactUrl ? pathIn(exactUrl, endpoint.base) : (target.split('?')[0] ?? target),
      reports: options.reports,
      listing,
      signal: options.signal,
      deadlineAt: clock() + limits.requestDeadlineMs,
    });
    await client
      .api(exactUrl ? '/' : target)
      .version(options.version ?? defaultVersion)
      .middlewareOptions([call])
      .responseType(ResponseType.RAW) // Our transport has read the body already.
      .get();
    if (call.failure !== null) throw call.failure;
    if (!call.answer) throw new TypeError('A request to Graph ended without an answer.');
    return call.answer;
  }

  async function* pages(path: string, options: AskOptions) {
    const guard = createPageGuard(limits.pagesMax);
    let target: string | null = path;
    while (target !== null) {
      guard.admit(target);
      const { body, serverTime }: GraphAnswer = await ask(target, options, true);
      const following: string | null = nextLink(body, endpoint);
      const { value } = body;
      yield { records: Array.isArray(value) ? value : [], serverTime, nextLink: following };
      target = following;
    }
  }

  return {
    get: (path, options) => ask(path, options, false),
    pages,
    origin: endpoint.origin,
    statistics,
    get tenantHint() {
      return tokens.tenantHint;
    },
  };
}

/** The path of an address, without base, version and query. */
function pathIn(address: string, base: string): string {
  const path = address.startsWith(base) ? address.slice(base.length) : new URL(address).pathname;
  return path.replace(/^\/(?:v1\.0|beta)(?=\/)/, '').replace(/\?.*$/s, '');
}
