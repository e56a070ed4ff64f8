import type { AzureSettings, MakeCredential } from './azure-credential.ts';
import type { GraphCloud } from './clouds.ts';

/** How much of anything one request may use. All have defaults; tests make them small. */
export interface GraphLimits {
  /** One attempt, from sending to the last byte of the body. */
  attemptTimeoutMs: number;
  /** All attempts of one request and the waits between them. */
  requestDeadlineMs: number;
  attemptsMax: number;
  /** Of one body, after decompression. */
  bodyBytesMax: number;
  /** Arrays and objects within each other. */
  jsonDepthMax: number;
  /** Pages of one listing. */
  pagesMax: number;
}

export const DEFAULT_LIMITS: GraphLimits = {
  attemptTimeoutMs: 60_000,
  requestDeadlineMs: 15 * 60_000,
  attemptsMax: 6,
  bodyBytesMax: 16 * 1024 * 1024,
  jsonDepthMax: 64,
  pagesMax: 100_000,
};

/** Waits; rejects as soon as `signal` is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** All that reading Graph depends on. server/config.ts fills it from the environment. */
export interface GraphSettings {
  cloud: GraphCloud;
  /** GRAPH_ENDPOINT: base URL without version, or null for the cloud's own. */
  endpoint: string | null;
  /** GRAPH_TOKEN: a bearer token used as it is, or null to sign in by `azure`. */
  token: string | null;
  azure: AzureSettings;
  /** Of report and audit calls together; Graph allows an app 5 per tenant. */
  reportRequestsPer10s: number;
  version?: 'v1.0' | 'beta';
  limits?: Partial<GraphLimits>;
  /** Now, UTC milliseconds. */
  clock: () => number;
  sleep: Sleep;
  /** From 0 up to, not including, 1. */
  random: () => number;
  fetch: typeof globalThis.fetch;
  /** Replaces signing in by `azure`. */
  makeCredential?: MakeCredential;
}
