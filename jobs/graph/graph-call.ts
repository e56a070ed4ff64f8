import type { Context } from '@microsoft/microsoft-graph-client';

/** A good answer, read and parsed. */
export interface GraphAnswer {
  body: Record<string, unknown>;
  /** The answer's Date header, UTC milliseconds; null without one. */
  serverTime: number | null;
}

/** What a call asks for. */
export interface GraphCallWish {
  /** The whole address, sent as it is; null: the SDK builds it from the path. */
  exactUrl: string | null;
  /** Path without base and version, for sentences. */
  path: string;
  /** Goes through the limiter that report and audit calls share. */
  reports: boolean;
  /** A body without a list in `value` is then no answer. */
  listing: boolean;
  signal: AbortSignal | undefined;
  /** No attempt is begun that would have to wait beyond this, UTC milliseconds. */
  deadlineAt: number;
}

/**
 * One call on its way through the middleware: what is wanted, and in the end what came of it.
 *
 * It rides as a middleware option because the SDK offers no other way past itself: its
 * answers are parsed outside of the chain, where nothing can be retried, and an error
 * thrown inside is replaced by a GraphError that has lost ours.
 */
export class GraphCall {
  readonly wish: GraphCallWish;
  answer: GraphAnswer | null = null;
  /** Whatever was thrown; null while nothing was. */
  failure: unknown = null;

  constructor(wish: GraphCallWish) {
    this.wish = wish;
  }
}

/** The call that a context belongs to. */
export function callOf(context: Context): GraphCall {
  const call = context.middlewareControl?.getMiddlewareOptions(GraphCall);
  if (!(call instanceof GraphCall))
    throw new TypeError('A request to Graph without its GraphCall.');
  return call;
}

/** The address a context is for. */
export function addressOf({ request }: Context): string {
  return typeof request === 'string' ? request : request.url;
}
