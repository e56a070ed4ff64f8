/** What a failure means for the feed that met it. */
export type GraphFailureKind =
  /** Broken transport or a server error: worth another try later. */
  | 'transient'
  /** 429, and waiting as long as Graph asks would take too long. */
  | 'throttled'
  /** Signing in failed, or the token was refused twice. */
  | 'auth'
  | 'permission'
  | 'licence'
  | 'not_found'
  /** Asked for records older than Graph keeps: see `floor`. */
  | 'retention'
  /** The link to the next page is no longer good: begin this window again. */
  | 'expired_link'
  | 'bad_request'
  /** Graph pointed to an address that is not the configured one; it was not asked. */
  | 'foreign_link'
  /** Pages without end. */
  | 'runaway'
  /** A body over the size or depth limit. */
  | 'too_large'
  /** Stopped by the caller's signal. */
  | 'aborted';

/** What is known beside kind and sentence; null where it is not. */
export interface GraphFailureFacts {
  /** HTTP status; null when no answer was had. */
  status: number | null;
  /** Graph's error code, AADSTS code or the transport's code. */
  code: string | null;
  /** With `retention`: the earliest instant Graph still answers for, UTC milliseconds. */
  floor: number | null;
  /** How long Graph asks us to wait, 1 s to 1 h. */
  retryAfterMs: number | null;
  /** Microsoft's support asks for it. */
  requestId: string | null;
  /** Claims challenge of a 401, as JSON, to be passed on when signing in again. */
  claims: string | null;
  /** First 200 characters of an answer we could not read; letters are `a`, digits `0`. */
  excerpt: string | null;
}

const NOTHING_KNOWN: GraphFailureFacts = {
  status: null,
  code: null,
  floor: null,
  retryAfterMs: null,
  requestId: null,
  claims: null,
  excerpt: null,
};

/**
 * A failure of reading Graph that we foresaw. Its message is one sentence for an admin,
 * with what to do, and never holds a token or a secret.
 */
export class GraphFailure extends Error implements GraphFailureFacts {
  override readonly name = 'GraphFailure';
  readonly kind: GraphFailureKind;
  readonly status: number | null;
  readonly code: string | null;
  readonly floor: number | null;
  readonly retryAfterMs: number | null;
  readonly requestId: string | null;
  readonly claims: string | null;
  readonly excerpt: string | null;

  constructor(
    kind: GraphFailureKind,
    message: string,
    facts: Partial<GraphFailureFacts> & { cause?: unknown } = {},
  ) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    const known = { ...NOTHING_KNOWN, ...facts };
    this.kind = kind;
    this.status = known.status;
    this.code = known.code;
    this.floor = known.floor;
    this.retryAfterMs = known.retryAfterMs;
    this.requestId = known.requestId;
    this.claims = known.claims;
    this.excerpt = known.excerpt;
  }
}

/** The failure of a request that its caller stopped. */
export function abortedFailure(): GraphFailure {
  return new GraphFailure('aborted', 'Reading Microsoft Graph was stopped before it was done.');
}
