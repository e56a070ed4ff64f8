import { DAY_MS, HOUR_MS } from '../../domain/day.ts';

/** A stretch of time to ask for, UTC milliseconds, both ends included. */
export interface AskWindow {
  since: number;
  until: number;
  /** Older than Graph is known to keep: only what comes back shows how far it really goes. */
  deep: boolean;
}

/** How far back the first question goes: Graph answers it with the earliest instant it keeps. */
const DEEPEST_MS = 3 * 365 * DAY_MS;
/** Graph keeps audit records this long; 7 days without a licence. */
const KEPT_MS = 30 * DAY_MS;
/** Links to next pages do not live for ever, so long stretches are asked for in parts. */
const WINDOW_MS = 8 * DAY_MS;

/** All that Graph keeps, oldest first. */
export function allOf(now: number): AskWindow[] {
  const deep = { since: now - DEEPEST_MS, until: now - KEPT_MS, deep: true };
  return [deep, ...stretch(now - KEPT_MS, now)];
}

/** From `since` on, in parts. */
export function stretch(since: number, until: number): AskWindow[] {
  const windows: AskWindow[] = [];
  for (let from = since; from < until; from += WINDOW_MS)
    windows.push({ since: from, until: Math.min(from + WINDOW_MS, until), deep: false });
  return windows;
}

/** Where to begin when Graph refused an older instant without saying which one it would accept. */
export function likelyFloor(since: number, now: number): number {
  const month = now - KEPT_MS + HOUR_MS;
  return since < month ? month : now - 7 * DAY_MS + HOUR_MS;
}

/** The two halves of a window that was too much to read at once; null when it is short already. */
export function halves({ since, until, deep }: AskWindow): [AskWindow, AskWindow] | null {
  if (until - since < 2 * HOUR_MS) return null;
  const middle = since + Math.floor((until - since) / 2);
  return [
    { since, until: middle, deep },
    { since: middle, until, deep },
  ];
}
