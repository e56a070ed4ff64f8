import { abortedFailure, GraphFailure } from './errors.ts';
import type { GraphCall } from './graph-call.ts';
import type { Limiter } from './limiter.ts';
import type { GraphLimits, Sleep } from './settings.ts';

export interface GraphStatistics {
  /** Attempts sent. */
  requests: number;
  /** Of those, answered with 429. */
  throttled: number;
  /** Attempts after a first one. */
  retries: number;
}

export interface RetrySettings {
  limits: GraphLimits;
  limiter: Limiter;
  statistics: GraphStatistics;
  clock: () => number;
  sleep: Sleep;
  random: () => number;
}

const BASE_MS = 1_000;
const CAP_MS = 60_000;

/**
 * Tries again what may pass: 429, server errors, broken transport. Waits as long as Graph
 * asks, else exponentially with full jitter. Gives up with the last failure after
 * `attemptsMax`, or at once when the wait would end beyond the call's deadline.
 *
 * The SDK's own handler knows 429, 503 and 504 only, waits at most 180 s, and sleeps on
 * when it is told to stop.
 */
export async function withRetries(
  settings: RetrySettings,
  call: GraphCall,
  attempt: () => Promise<void>,
): Promise<void> {
  const { signal } = call.wish;
  for (let tried = 1; ; tried += 1) {
    try {
      signal?.throwIfAborted();
      return await attempt();
    } catch (error) {
      const waitMs = waitBefore(tried + 1, error, settings, call);
      await stoppable(settings.sleep(waitMs, signal), signal);
      settings.statistics.retries += 1;
    }
  }
}

/** Milliseconds until the next attempt; throws what is to be thrown instead. */
function waitBefore(
  attempt: number,
  error: unknown,
  settings: RetrySettings,
  { wish }: GraphCall,
): number {
  if (wish.signal?.aborted) throw abortedFailure();
  if (!(error instanceof GraphFailure) || !mayPass(error)) throw error;
  if (attempt > settings.limits.attemptsMax) throw error;
  const waitMs = error.retryAfterMs ?? jitter(attempt - 2, settings.random);
  if (settings.clock() + waitMs > wish.deadlineAt) throw error;
  if (error.kind === 'throttled' && wish.reports) settings.limiter.hold(waitMs);
  return waitMs;
}

function mayPass({ kind }: GraphFailure): boolean {
  return kind === 'transient' || kind === 'throttled';
}

function jitter(exponent: number, random: () => number): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** exponent);
}

async function stoppable(sleeping: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleeping;
  } catch (error) {
    throw signal?.aborted ? abortedFailure() : error;
  }
}
