import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { graphInstant, type SignInActivity } from '../graph-shapes.ts';
import { guidOf, hash32 } from '../random.ts';
import type { SamplePerson } from './people.ts';

interface SignInParts {
  seed: number;
  /** Start of the story's first day, UTC ms. */
  start: number;
  /** UTC ms. */
  now: number;
}

/** Days between sign-ins: one of these, each as likely as it stands here. */
const HABITS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 7, 7, 30];

/** No habit is longer; a weekend may lie before. */
const DAYS_BACK = 33;

/**
 * When somebody had last signed in by `now`, as Graph tells it; null for who never did. A pure function of
 * person and moment, apart from the story: it is worked out for what is put on a page, not day by day.
 */
export function signInActivity(person: SamplePerson, parts: SignInParts): SignInActivity | null {
  const chance = (what: string) => hash32(parts.seed, person.index, what) / 4_294_967_296;
  if (chance('never') < (person.guest ? 0.25 : 0.02)) return null;
  const at = lastSignIn(person, parts, { until: activeUntil(person, parts, chance), chance });
  if (at === null) return null;
  // One in twenty got the password wrong afterwards: an attempt that counts as a sign-in, and is none.
  const attemptAt = chance('wrong password') < 0.05 ? at + HOUR_MS : at;
  const refreshedAt = at + Math.floor(chance('token') * 6 * HOUR_MS);
  const told = chance('not told') >= 0.03;
  const requestId = guidOf(hash32(parts.seed, 'sign-in', at), person.index);
  return {
    lastSignInDateTime: instant(Math.min(attemptAt, parts.now)),
    lastSignInRequestId: requestId,
    lastNonInteractiveSignInDateTime: instant(Math.min(refreshedAt, parts.now)),
    lastNonInteractiveSignInRequestId: requestId,
    lastSuccessfulSignInDateTime: told ? instant(at) : null,
    lastSuccessfulSignInRequestId: told ? requestId : null,
  };
}

/** Leavers stop when they leave, and a few stay away from some day around the story on. */
function activeUntil(
  { guest, left }: SamplePerson,
  { start, now }: SignInParts,
  chance: (what: string) => number,
): number {
  const leftAt = left === null ? now : start + left * DAY_MS + 16 * HOUR_MS;
  const staysAway = chance('stays away') < (guest ? 0.2 : 0.03);
  const awayAt = staysAway ? start + (chance('away since') * 460 - 60) * DAY_MS : now;
  return Math.min(now, leftAt, awayAt);
}

/** Day by day back to one of the person's habit; null where that is before the account. */
function lastSignIn(
  { createdAt, office, joined }: SamplePerson,
  { start }: SignInParts,
  { until, chance }: { until: number; chance: (what: string) => number },
): number | null {
  const days = HABITS[Math.floor(chance('habit') * HABITS.length)] ?? 1;
  const phase = Math.floor(chance('phase') * days);
  const lastDay = Math.floor((until - start) / DAY_MS);
  const since = joined > 0 ? start + joined * DAY_MS : (createdAt ?? 0);
  for (let day = lastDay; day > lastDay - DAYS_BACK; day -= 1) {
    if (modulo(day + phase, days) !== 0 || isWeekend(start + day * DAY_MS)) continue;
    const hour = 7 + chance(`hour ${day}`) * 10 - office.utcOffset;
    const at = Math.floor(start + day * DAY_MS + hour * HOUR_MS);
    if (at <= until) return at < since ? null : at;
  }
  return null;
}

function isWeekend(at: number): boolean {
  return [0, 6].includes(new Date(at).getUTCDay());
}

function modulo(number: number, by: number): number {
  return ((number % by) + by) % by;
}

function instant(at: number): string {
  return graphInstant(at).replace(/\.\d+Z$/, 'Z');
}
