import { type ErrorText, errorText } from './error-envelope.ts';
import { GraphFailure, type GraphFailureFacts, type GraphFailureKind } from './errors.ts';
import { permissionsFor } from './permissions.ts';
import { RETENTION_WORDS, retentionFloor } from './retention-floor.ts';
import { retryAfterMs } from './retry-after.ts';

/** An answer that is not a success, with what is needed to name it. */
export interface ErrorAnswer {
  status: number;
  headers: Headers;
  body: string;
  /** Path without base and version, for the sentence. */
  path: string;
  /** Our clock, UTC milliseconds, for a Retry-After date when the answer has no Date of its own. */
  now: number;
  /** What must not be repeated: an answer may echo the token it got. */
  secret: string | null;
}

const LICENCE = /NonPremiumTenant|premium licen[sc]e/i;
const EXPIRED_LINK = /skip\s?token|InvalidToken|expired|resyncRequired|syncStateNotFound/i;

/** Names a failed answer: what it means, what to do, how long to wait. */
export function failureOfAnswer(answer: ErrorAnswer): GraphFailure {
  const text = errorText(answer.body);
  const kind = kindOf(answer.status, text);
  const serverTime = Date.parse(answer.headers.get('date') ?? '');
  const facts: Partial<GraphFailureFacts> = {
    status: answer.status,
    code: text.code,
    floor: kind === 'retention' ? retentionFloor(text.all) : null,
    retryAfterMs: retryAfterMs(
      answer.headers.get('retry-after'),
      Number.isNaN(serverTime) ? answer.now : serverTime,
    ),
    requestId: answer.headers.get('request-id'),
    claims: claimsChallenge(answer.headers.get('www-authenticate')),
  };
  return new GraphFailure(kind, scrub(sentence(kind, answer, text), answer.secret), facts);
}

function kindOf(status: number, { all }: ErrorText): GraphFailureKind {
  switch (status) {
    case 400:
      if (RETENTION_WORDS.test(all)) return 'retention';
      return EXPIRED_LINK.test(all) ? 'expired_link' : 'bad_request';
    case 401:
      return 'auth';
    case 403:
      return LICENCE.test(all) ? 'licence' : 'permission';
    case 404:
      return 'not_found';
    case 408:
      return 'transient';
    case 410:
      return 'expired_link';
    case 429:
      return 'throttled';
    default:
      return status >= 500 ? 'transient' : 'bad_request';
  }
}

function sentence(kind: GraphFailureKind, { status, path }: ErrorAnswer, text: ErrorText): string {
  const said = inShort(status, text);
  switch (kind) {
    case 'throttled':
      return `Microsoft Graph asks us to slow down (${said}); the next run goes on from here.`;
    case 'auth':
      return `Microsoft Graph refuses the token (${said}): check the credentials.`;
    case 'licence':
      return `This report needs Microsoft Entra ID P1 or P2 (${said}); if the tenant has it, also grant Directory.Read.All.`;
    case 'permission':
      return `Microsoft Graph refuses ${path} (${said}): grant the application permission ${permissionsFor(path) ?? 'it needs'} and give admin consent.`;
    case 'not_found':
      return `Microsoft Graph does not know ${path} (${said}): check GRAPH_CLOUD and the licence.`;
    case 'retention':
      return `Microsoft Graph no longer keeps records as old as were asked for (${said}).`;
    case 'expired_link':
      return `The link to the next page has expired (${said}); the window is read again from its start.`;
    case 'transient':
      return `Microsoft Graph has a problem of its own (${said}); the next run tries again.`;
    default:
      return `Microsoft Graph did not understand the request for ${path} (${said}).`;
  }
}

/** `403 Authorization_RequestDenied: Insufficient privileges`, cut to a length for one line. */
function inShort(status: number, { code, message }: ErrorText): string {
  const words = [status, code].filter((part) => part !== null).join(' ');
  const told = message?.replace(/\p{C}+/gu, ' ').replace(/[.\s]+$/, '') ?? '';
  return (told === '' ? words : `${words}: ${told}`).slice(0, 200);
}

function scrub(message: string, secret: string | null): string {
  const scrubbed = secret ? message.replaceAll(secret, '[token]') : message;
  return scrubbed.replace(/eyJ[\w-]{10,}(?:\.[\w-]*){0,2}/g, '[token]');
}

/** The claims of a 401's challenge: base64 in the header, JSON for the token service. */
function claimsChallenge(header: string | null): string | null {
  const encoded = /\bclaims="([^"]+)"/.exec(header ?? '')?.[1];
  if (!encoded) return null;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  return claims.startsWith('{') ? claims : null;
}
