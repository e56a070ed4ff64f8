/**
 * Why a delivery did not arrive, in a sentence of ours: nothing of what the other side or the system said is in it, so that no path, key
 * or password can be.
 */
export class SendFailure extends Error {
  override name = 'SendFailure';
  /** Waiting cannot mend it: it is not tried again by itself. */
  readonly permanent: boolean;
  /** How long the receiver asks us to wait; null: it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    {
      permanent = false,
      retryAfterMs = null,
    }: { permanent?: boolean; retryAfterMs?: number | null } = {},
  ) {
    super(message);
    this.permanent = permanent;
    this.retryAfterMs = retryAfterMs;
  }
}

const NOT_TRUSTED = 'The certificate of the receiver is not trusted, or is for another name.';
const NO_CONNECTION = 'The receiver cannot be reached.';

/** Codes of Node and OpenSSL, and what they mean for a reader. */
const SENTENCES: [pattern: RegExp, sentence: string][] = [
  [/^ECONNREFUSED$/, 'The receiver refuses connections.'],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ECONNECTION|ESOCKET)$/,
    'The connection broke before the receiver acknowledged it.',
  ],
  [/^(ENOTFOUND|EAI_\w+|EDNS|ENODATA)$/, 'The name of the receiver cannot be resolved.'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, NO_CONNECTION],
  [/TIMEDOUT|TIMEOUT/, 'The receiver did not answer in time.'],
  [/CERT|SIGNATURE|ISSUER|SELF_SIGNED|ALTNAME/, NOT_TRUSTED],
  [
    /^(ERR_SSL|ERR_TLS|EPROTO|ETLS)/,
    'No encrypted connection could be agreed on with the receiver.',
  ],
  [/^HPE_|^UND_ERR_(HEADERS|RESPONSE)/, 'The answer of the receiver could not be read.'],
];

/** Any error of a connection as a sentence; a `SendFailure` as it is. */
export function sendFailure(error: unknown): SendFailure {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof SendFailure) return at;
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    const known = SENTENCES.find(([pattern]) => pattern.test(code));
    if (known) return new SendFailure(known[1]);
    if (at.name === 'TimeoutError') return new SendFailure('The receiver did not answer in time.');
  }
  return new SendFailure('It could not be sent.');
}
