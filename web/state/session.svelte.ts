import { fetchSession, signIn } from '../api/client.ts';
import { RequestError, whenSignedOut } from '../api/request.ts';

export type Session =
  | { state: 'asking' }
  | { state: 'in' }
  | { state: 'out'; message: string | null }
  | { state: 'failed'; message: string };

let current = $state.raw<Session>({ state: 'asking' });

export const session = {
  get current(): Session {
    return current;
  },
};

/**
 * Finds out whether the server knows us. A token in the address (`#token=…`, as the server prints it) is
 * exchanged for a cookie, and taken out of the address before anything else can read or log it.
 */
export async function startSession(): Promise<void> {
  whenSignedOut(() => {
    if (current.state === 'in') {
      current = { state: 'out', message: 'Your session has ended. Sign in again.' };
    }
  });
  const token = takeTokenFromAddress();
  if (token !== null) return signInWith(token);
  current = { state: 'asking' };
  try {
    const { signedIn } = await fetchSession();
    current = signedIn ? { state: 'in' } : { state: 'out', message: null };
  } catch (error) {
    current = isUnauthorized(error)
      ? { state: 'out', message: null }
      : { state: 'failed', message: messageOf(error) };
  }
}

/** Exchanges the access token for a session cookie. */
export async function signInWith(token: string): Promise<void> {
  try {
    const { signedIn } = await signIn(token);
    current = signedIn
      ? { state: 'in' }
      : { state: 'out', message: 'The server did not take this token.' };
  } catch (error) {
    current = { state: 'out', message: messageOf(error) };
  }
}

function takeTokenFromAddress(): string | null {
  if (!location.hash.startsWith('#token=')) return null;
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  history.replaceState(history.state, '', location.pathname + location.search);
  return token === '' ? null : token;
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof RequestError && error.kind === 'unauthorized';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Signing in failed.';
}
