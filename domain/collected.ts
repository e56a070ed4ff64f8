import type { Day, DayCutter } from './day.ts';

/** A stretch of time read without a gap, UTC milliseconds, both ends included. */
export interface ReadWindow {
  since: number;
  until: number;
}

/**
 * Whether a stretch of time, `start` included and `end` not, was read: `all` of it, the part of it
 * that has passed by the end of the last window (`partial`: a day or hour in progress), or null.
 */
export function collected(
  windows: readonly ReadWindow[],
  { start, end }: { start: number; end: number },
): 'all' | 'partial' | null {
  const last = windows.at(-1);
  for (const { since, until } of windows) {
    if (since > start) continue;
    if (until >= end - 1) return 'all';
    if (until === last?.until && until >= start) return 'partial';
  }
  return null;
}

/** `collected` for a calendar day. */
export function dayCollected(windows: readonly ReadWindow[], day: Day, cutter: DayCutter) {
  return collected(windows, { start: cutter.startOf(day), end: cutter.endOf(day) });
}

/** Stretches of days without `has`, between the first and the last day that has it. */
export function gaps(
  days: readonly Day[],
  has: (day: Day) => boolean,
): { first: Day; last: Day }[] {
  const from = days.findIndex(has);
  const to = days.findLastIndex(has);
  const found: { first: Day; last: Day }[] = [];
  let open: { first: Day; last: Day } | null = null;
  for (const day of days.slice(Math.max(from, 0), to + 1)) {
    if (has(day)) open = null;
    else if (open) open.last = day;
    else {
      open = { first: day, last: day };
      found.push(open);
    }
  }
  return found;
}
