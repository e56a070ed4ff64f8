import type { Context } from '@microsoft/microsoft-graph-client';
import { attemptSignal } from './attempt-signal.ts';
import { jsonObject, maskedExcerpt, readCapped } from './body.ts';
import { failureOfAnswer } from './error-answer.ts';
import { errorText, isErrorEnvelope } from './error-envelope.ts';
import { abortedFailure, GraphFailure } from './errors.ts';
import { addressOf, callOf, type GraphAnswer, type GraphCallWish } from './graph-call.ts';
import type { GraphStatistics } from './retry.ts';
import type { GraphLimits } from './settings.ts';

export interface TransportSettings {
  limits: GraphLimits;
  statistics: GraphStatistics;
  clock: () => number;
  fetch: typeof globalThis.fetch;
}

/** Sends one attempt and leaves its answer in the call, or throws a GraphFailure. */
export async function send(settings: TransportSettings, context: Context): Promise<void> {
  const call = callOf(context);
  settings.statistics.requests += 1;
  const { response, body } = await fetched(settings, context);
  if (!response.ok) throw failed(settings, context, response, body);
  call.answer = answered(response, body, call.wish, settings.limits);
}

interface Fetched {
  response: Response;
  body: Buffer;
}

async function fetched({ fetch, limits }: TransportSettings, context: Context): Promise<Fetched> {
  const { wish } = callOf(context);
  const { signal, release } = attemptSignal(wish.signal, limits.attemptTimeoutMs);
  try {
    const { headers = {} } = context.options ?? {};
    // A redirect is refused, not followed: it would carry the request to another host.
    const init: RequestInit = { method: 'GET', headers, redirect: 'error', signal };
    const response = await fetch(addressOf(context), init);
    return { response, body: await readCapped(response, limits.bodyBytesMax) };
  } catch (error) {
    throw transportFailure(error, wish, limits);
  } finally {
    release();
  }
}

function transportFailure(error: unknown, wish: GraphCallWish, limits: GraphLimits): unknown {
  if (wish.signal?.aborted) return abortedFailure();
  if (error instanceof GraphFailure || !(error instanceof Error)) return error;
  if (error.name === 'TimeoutError') {
    const seconds = limits.attemptTimeoutMs / 1_000;
    return new GraphFailure(
      'transient',
      `Microsoft Graph did not answer in full within ${seconds} s.`,
    );
  }
  const cause = error.cause instanceof Error ? error.cause : error;
  if (/redirect/i.test(cause.message)) {
    const message =
      'Microsoft Graph answered with a redirect, which is not followed: check GRAPH_ENDPOINT and the proxy.';
    return new GraphFailure('foreign_link', message);
  }
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  const message = `The connection to Microsoft Graph broke (${code}: ${cause.message.slice(0, 120)}).`;
  return new GraphFailure('transient', message, { code, cause: error });
}

function failed(
  { statistics, clock }: TransportSettings,
  context: Context,
  { status, headers }: Response,
  body: Buffer,
): GraphFailure {
  if (status === 429) statistics.throttled += 1;
  const sent = new Headers(context.options?.headers).get('authorization');
  return failureOfAnswer({
    status,
    headers,
    body: body.toString('utf8'),
    path: callOf(context).wish.path,
    now: clock(),
    secret: sent?.replace(/^Bearer /, '') ?? null,
  });
}

/** What a 200 holds. A body that is not what was asked for came from something between Graph and us. */
function answered(
  { status, headers }: Response,
  body: Buffer,
  { listing }: GraphCallWish,
  { jsonDepthMax }: GraphLimits,
): GraphAnswer {
  const broken = (what: string, code: string | null = null) =>
    new GraphFailure('transient', `Microsoft Graph answered ${status} with ${what}.`, {
      status,
      code,
      excerpt: maskedExcerpt(body),
    });
  const parsed = parsedOrNull(body, jsonDepthMax);
  if (!parsed) {
    const type = headers.get('content-type')?.split(';')[0] ?? 'no content type';
    throw broken(`a body that is empty, cut short or no JSON (${type}, ${body.length} bytes)`);
  }
  if (isErrorEnvelope(parsed)) throw broken('an error inside', errorText(body.toString()).code);
  if (listing && !Array.isArray(parsed.value)) throw broken('a page that holds no list');
  const serverTime = Date.parse(headers.get('date') ?? '');
  return { body: parsed, serverTime: Number.isNaN(serverTime) ? null : serverTime };
}

function parsedOrNull(body: Buffer, depthMax: number): Record<string, unknown> | null {
  try {
    return jsonObject(body, depthMax);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
