import { randomToken, sha256 } from './access.ts';

const HOUR_MS = 3_600_000;

// Longer than the half hour that suits a shared server: in local mode the page is reached
// from this machine only, by the one person who read the token from its console, and is
// left open on a second screen.
export const IDLE_MS = 2 * HOUR_MS;
export const ABSOLUTE_MS = 12 * HOUR_MS;

/** Of sessions kept at a time; the one unused longest makes room. */
const SESSIONS_MAX = 100;

interface Session {
  startedAt: number;
  usedAt: number;
}

/** Who is signed in. Kept in memory, and only hashes of the ids: nothing here can be stolen and used. */
export interface Sessions {
  /** A new session's id, 256 random bits. */
  start(now: number): string;
  /** Whether `id` is a session that holds at `now`; using it keeps it from going idle. */
  use(id: string, now: number): boolean;
  end(id: string): void;
}

export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();
  const keyOf = (id: string) => sha256(id).toString('hex');
  return {
    start(now) {
      const id = randomToken();
      for (const [key, session] of sessions) if (isOver(session, now)) sessions.delete(key);
      // Sessions stand in order of last use.
      for (const key of sessions.keys()) {
        if (sessions.size < SESSIONS_MAX) break;
        sessions.delete(key);
      }
      sessions.set(keyOf(id), { startedAt: now, usedAt: now });
      return id;
    },
    use(id, now) {
      const key = keyOf(id);
      const session = sessions.get(key);
      sessions.delete(key);
      if (!session || isOver(session, now)) return false;
      sessions.set(key, { ...session, usedAt: now });
      return true;
    },
    end(id) {
      sessions.delete(keyOf(id));
    },
  };
}

function isOver({ startedAt, usedAt }: Session, now: number): boolean {
  return now - usedAt > IDLE_MS || now - startedAt > ABSOLUTE_MS;
}
