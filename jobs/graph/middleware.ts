import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { TokenSource } from './credential.ts';
import { type GraphEndpoint, isLoopback } from './endpoint.ts';
import { abortedFailure, GraphFailure } from './errors.ts';
import { addressOf, callOf } from './graph-call.ts';
import type { Limiter } from './limiter.ts';
import { type RetrySettings, withRetries } from './retry.ts';
import { send, type TransportSettings } from './transport.ts';

type Step = (context: Context) => Promise<void>;

export interface ChainSettings extends TransportSettings, RetrySettings {
  endpoint: GraphEndpoint;
  tokens: TokenSource;
  limiter: Limiter;
}

/**
 * Our own chain in place of the SDK's: outcome, retries, token, limiter, transport.
 *
 * Token and limiter stand behind the retries, so that each attempt has a token that is
 * still good and takes a slot of its own; the SDK's fetches one token per request.
 */
export function middlewareChain(settings: ChainSettings): Middleware[] {
  return [
    middleware(keepOutcome),
    middleware((context, next) => withRetries(settings, callOf(context), () => next(context))),
    middleware((context, next) => withToken(settings, context, next)),
    middleware(async (context, next) => {
      const { reports, signal } = callOf(context).wish;
      if (reports) await settings.limiter.take(signal);
      await next(context);
    }),
    middleware((context) => send(settings, context)),
  ];
}

function middleware(run: (context: Context, next: Step) => Promise<void>): Middleware {
  let next: Step = async () => {};
  return {
    execute: (context) => run(context, next),
    setNext: (following) => {
      next = (context) => following.execute(context);
    },
  };
}

/** Puts the exact address in, and what came of it into the call: see GraphCall. */
async function keepOutcome(context: Context, next: Step): Promise<void> {
  const call = callOf(context);
  // The SDK takes URLs apart and joins them anew, and does not know http: at all; a link is opaque.
  if (call.wish.exactUrl !== null) context.request = call.wish.exactUrl;
  try {
    await next(context);
  } catch (error) {
    call.failure = error;
  }
}

/** Signs the request, and once more with a new token if Graph refuses the first. */
async function withToken(
  { endpoint, tokens }: ChainSettings,
  context: Context,
  next: Step,
): Promise<void> {
  refuseForeign(addressOf(context), endpoint);
  const { signal } = callOf(context).wish;
  const token = await unlessStopped(tokens.token(), signal);
  try {
    await next(signed(context, token));
  } catch (error) {
    if (!(error instanceof GraphFailure && error.status === 401)) throw error;
    await next(signed(context, await unlessStopped(tokens.refresh(token, error.claims), signal)));
  }
}

/** Waits for a sign-in, which others may be waiting for too, no longer than `signal` allows. */
async function unlessStopped<T>(asking: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return asking;
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(abortedFailure());
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([asking, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The last gate: whatever went wrong before, the token is put on requests to our origin only. */
function refuseForeign(address: string, endpoint: GraphEndpoint): void {
  const url = URL.parse(address);
  const safe = url?.protocol === 'https:' || (url !== null && isLoopback(url.hostname));
  if (url?.origin === endpoint.origin && safe) return;
  throw new GraphFailure('foreign_link', 'A request to another address than Graph was not sent.');
}

function signed(context: Context, token: string): Context {
  const headers = { Accept: 'application/json', Authorization: `Bearer ${token}` };
  return { ...context, options: { ...context.options, headers } };
}
