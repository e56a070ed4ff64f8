import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { ErrorAnswer } from './contract/common.ts';
import { AppError } from './errors.ts';
import { errorFacts, type Log } from './log.ts';

export const noSuchEndpoint: RequestHandler = ({ method }) => {
  throw new AppError('not_found', `There is no such endpoint for ${method}.`);
};

/** Every error in its one shape. Express knows an error handler by its four parameters. */
export function answerErrors(log: Log): ErrorRequestHandler {
  return (thrown: unknown, req, res, _next) => {
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const error = foreseen(thrown);
    // Of the path only the endpoint's pattern is logged: the rest may name somebody.
    if (!error)
      log.error('request failed', {
        method: req.method,
        endpoint: endpointOf(req),
        ...errorFacts(thrown),
      });
    if (error?.code === 'unauthorized') res.set('WWW-Authenticate', 'Bearer');
    const { status, code, message } = error ?? {
      status: 500,
      code: 'internal' as const,
      message: 'Something went wrong here. The log of the server says what.',
    };
    res
      .status(status)
      .set('Cache-Control', 'no-store')
      .json({ error: { code, message } } satisfies ErrorAnswer);
  };
}

function endpointOf({ route }: { route?: { path?: unknown } }): string {
  return typeof route?.path === 'string' ? route.path : 'none';
}

/** Reading a request fails with an error of Express; what the client did wrong is said in our words. */
const READING: Record<string, string> = {
  'entity.parse.failed': 'The body is not a JSON object.',
  'entity.too.large': 'The body is too large.',
  'encoding.unsupported': 'The body is compressed in a way that is not supported.',
  'charset.unsupported': 'The body must be UTF-8.',
  'request.size.invalid': 'The body is not as long as it was said to be.',
  'request.aborted': 'The body ended early.',
};

function foreseen(thrown: unknown): AppError | null {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof Error) || !('status' in thrown)) return null;
  if (typeof thrown.status !== 'number' || thrown.status < 400 || thrown.status > 499) return null;
  const type = 'type' in thrown ? String(thrown.type) : '';
  return new AppError('invalid', READING[type] ?? 'The request cannot be read.');
}
