import { Agent, request } from 'undici';
import { retryAfterMs } from '../graph/retry-after.ts';
import { type AddressRules, refuseAddress, safeLookup } from './safe-lookup.ts';
import { SendFailure, sendFailure } from './send-failure.ts';

/** From the first question to the answer's status, whatever the receiver does. */
export const ANSWER_WITHIN_MS = 5_000;

/** How much of an answer's head is read; of its body nothing is needed, so nothing is read. */
const HEAD_BYTES_MOST = 64 * 1024;

export interface PostRules extends AddressRules {
  /** Certificates to trust besides those of the system; for tests. */
  ca?: string;
  /** Shorter in tests. */
  withinMs?: number;
}

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Of the wall clock, for dates in `Retry-After`; UTC milliseconds. */
  now: number;
  signal: AbortSignal;
}

/**
 * Posts JSON to an address that somebody has typed in: over https alone, to public addresses or listed hosts, without following redirects,
 * within five seconds. Returns when the receiver acknowledged it, with a status of 2xx, whatever else it says; SendFailure otherwise.
 */
export async function safePost(post: Post, rules: PostRules): Promise<void> {
  const url = URL.parse(post.url);
  if (url?.protocol !== 'https:')
    throw new SendFailure('The address must begin with https://.', { permanent: true });
  refuseAddress(url.hostname, rules);
  const deadline = AbortSignal.timeout(rules.withinMs ?? ANSWER_WITHIN_MS);
  const agent = new Agent({
    connect: { lookup: safeLookup(rules), ...(rules.ca === undefined ? {} : { ca: rules.ca }) },
    maxHeaderSize: HEAD_BYTES_MOST,
  });
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'deflectometer',
        ...post.headers,
      },
      body: post.body,
      signal: AbortSignal.any([deadline, post.signal]),
    });
    body.on('error', ignored).destroy();
    const asked = headers['retry-after'];
    refuseStatus(statusCode, retryAfterMs(typeof asked === 'string' ? asked : null, post.now));
  } catch (error) {
    post.signal.throwIfAborted();
    throw sendFailure(deadline.aborted ? deadline.reason : error);
  } finally {
    await agent.destroy();
  }
}

/** What breaks after the status is no matter any more: the receiver has acknowledged, or refused. */
const ignored = () => undefined;

const TRY_AGAIN = new Set([408, 425, 429]);

function refuseStatus(status: number, retryAfter: number | null): void {
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400)
    throw new SendFailure(
      `The receiver answered with a redirect (${status}), which is not followed.`,
      {
        permanent: true,
      },
    );
  throw new SendFailure(`The receiver answered with status ${status}.`, {
    permanent: status >= 400 && status < 500 && !TRY_AGAIN.has(status),
    retryAfterMs: status === 429 || status === 503 ? retryAfter : null,
  });
}
