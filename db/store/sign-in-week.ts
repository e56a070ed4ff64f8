import { DAY_MS } from '../../domain/day.ts';

/** People whose rows lie together take turns, a day of seven each: their pages are written once a week. */
const NEIGHBOURS = 1024;
const TURNS = 7;

export interface StoredSignIn {
  /** `person.id` */
  id: number;
  lastSignInAt: number | null;
}

/**
 * The last sign-in to store of somebody, of whom `old` is stored and `told` was just read: UTC milliseconds.
 *
 * Most people sign in every day. Stored every day, that would write most of the table every day; stored to
 * the week, but on days of their own, nearly as much, since a page holds people of every day. So each
 * block of neighbours has its day; who came back after two weeks or more need not wait for it, and a
 * first sign-in is stored at once. What is stored is thus a week old at most, two where runs were missed.
 * Not told is not never: null changes nothing. `now` null: it is everybody's turn.
 */
export function signInToStore(
  old: StoredSignIn | undefined,
  told: number | null,
  now: number | null,
): number | null {
  const stored = old?.lastSignInAt ?? null;
  if (!old || told === null || stored === null) return told ?? stored;
  const moved = Math.abs(told - stored);
  const due = moved >= 2 * TURNS * DAY_MS || (moved >= DAY_MS && isTurnOf(old.id, now));
  return due ? told : stored;
}

function isTurnOf(id: number, now: number | null): boolean {
  if (now === null) return true;
  return Math.floor(id / NEIGHBOURS) % TURNS === Math.floor(now / DAY_MS) % TURNS;
}
