import type { IncomingMessage } from 'node:http';
import type { RouteName } from '../faults.ts';
import type { GraphFailure } from './errors.ts';
import { throttled, unauthenticated } from './errors.ts';
import { limiter } from './limiter.ts';
import { isReport } from './routes.ts';

export interface Gate {
  /** Why the request may not pass, null if it may. `now` is UTC ms. */
  refusal(request: IncomingMessage, route: RouteName, now: number): GraphFailure | null;
  /** Every bearer token that came, good or not. */
  readonly tokensSeen: Set<string>;
  /** Requests refused because the limit of reports was passed. */
  violations(): number;
}

/** What Graph checks before it looks at the question: the token, then the limit for reports. */
export function gate(parts: {
  acceptToken: (token: string) => boolean;
  reportRequestsPer10s: number | null;
}): Gate {
  const tokensSeen = new Set<string>();
  const reports = limiter(parts.reportRequestsPer10s);
  let violations = 0;

  function tokenRefusal({ headers }: IncomingMessage): GraphFailure | null {
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return unauthenticated('Access token is empty.');
    tokensSeen.add(token);
    return parts.acceptToken(token) ? null : unauthenticated('Access token validation failure.');
  }

  function limitRefusal(route: RouteName, now: number): GraphFailure | null {
    const retryAfter = isReport(route) ? reports.ask(now) : null;
    if (retryAfter === null) return null;
    violations += 1;
    return throttled(retryAfter);
  }

  return {
    tokensSeen,
    violations: () => violations,
    refusal: (request, route, now) => tokenRefusal(request) ?? limitRefusal(route, now),
  };
}
