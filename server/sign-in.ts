import type { Request, RequestHandler, Response } from 'express';
import type { Access, Verdict } from './access.ts';
import { AppError } from './errors.ts';
import type { Log } from './log.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';

export interface SignInDeps {
  access: Access;
  sessions: Sessions;
  cookie: SessionCookie;
  now: () => number;
  log: Log;
}

/** Who may ask: whoever brings the access token, or a session that was opened with it. */
export interface SignIn {
  /** Lets a signed-in request through; AppError `unauthorized` for any other. */
  required: RequestHandler;
  isSignedIn(req: Request): boolean;
  /** Opens a session for the access token; a session the browser had ends. Throws AppError `unauthorized`. */
  signIn(req: Request, res: Response, token: string): void;
  signOut(req: Request, res: Response): void;
}

export function createSignIn({ access, sessions, cookie, now, log }: SignInDeps): SignIn {
  const verdictOf = (token: string): Verdict => {
    const verdict = access(token, now());
    if (verdict !== 'accepted') log.warn('sign-in refused', { verdict });
    return verdict;
  };
  const verdict = (req: Request): Verdict => {
    const token = bearerToken(req);
    if (token !== null) return verdictOf(token);
    const id = cookie.read(req);
    return id !== null && sessions.use(id, now()) ? 'accepted' : 'wrong';
  };
  const end = (req: Request) => {
    const id = cookie.read(req);
    if (id !== null) sessions.end(id);
  };
  return {
    required(req, res, next) {
      demand(
        verdict(req),
        res,
        'Sign in first: open the address that the server printed at its start.',
      );
      next();
    },
    isSignedIn: (req) => verdict(req) === 'accepted',
    signIn(req, res, token) {
      demand(verdictOf(token), res, 'This is not the access token.');
      end(req);
      cookie.set(res, sessions.start(now()));
      log.info('signed in');
    },
    signOut(req, res) {
      end(req);
      cookie.clear(res);
    },
  };
}

function demand(verdict: Verdict, res: Response, message: string): void {
  if (verdict === 'accepted') return;
  if (verdict === 'wrong') throw new AppError('unauthorized', message);
  res.set('Retry-After', '60');
  throw new AppError('unavailable', 'Too many wrong tokens: try again in a minute.');
}

/** Null: no Authorization header. Another scheme than Bearer is a wrong token. */
function bearerToken({ headers }: Request): string | null {
  if (headers.authorization === undefined) return null;
  return /^Bearer +(\S+)$/i.exec(headers.authorization)?.[1] ?? '';
}
