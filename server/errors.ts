import type { ERROR_CODES } from './contract/common.ts';

/** What went wrong, in words a client may act on. The HTTP status follows from the code. */
export type ErrorCode = Exclude<(typeof ERROR_CODES)[number], 'internal'>;

const STATUS: Record<ErrorCode, number> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
};

/**
 * A failure we foresaw, whose message may be shown to the reader.
 *
 * Anything else that is thrown is a bug: it is logged and answered with a bare
 * 500, so that no internal detail leaves the server.
 */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }
}
