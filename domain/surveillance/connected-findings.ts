import { compareIds } from '../audit-record.ts';
import { type DayCutter, HOUR_MS } from '../day.ts';
import type { Finding } from './finding.ts';

export interface Span {
  /** UTC milliseconds, the end not included. */
  startAt: number;
  endAt: number;
}

/** Hours that are so far apart at most belong together; a day and an hour, half of it. */
const HOURS_APART = 6;

/**
 * Findings that belong together in time, each list in order of time, the lists too: hours at most 6 hours apart, days and
 * rules' values on the same day or the next, and what overlaps.
 */
export function connected(findings: readonly Finding[], cutter: DayCutter): Finding[][] {
  const reaches = findings
    .map((finding) => ({ finding, reach: reachOf(finding, cutter) }))
    .sort(
      (one, other) =>
        one.reach.startAt - other.reach.startAt || inOrder(one.finding, other.finding),
    );
  const lists: Finding[][] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const { finding, reach } of reaches) {
    if (reach.startAt > until) lists.push([]);
    lists.at(-1)?.push(finding);
    until = Math.max(until, reach.endAt);
  }
  return lists.map((list) => list.sort(inOrder));
}

/** What touches this belongs to it: of an hour three hours around it, of a rule's value its whole days. */
function reachOf({ bucket, startAt, endAt }: Finding, cutter: DayCutter): Span {
  if (bucket === 'day') return { startAt, endAt };
  if (bucket === 'hour') {
    const around = (HOURS_APART / 2) * HOUR_MS;
    return { startAt: startAt - around, endAt: endAt + around };
  }
  const [first, last] = [cutter.dayOf(startAt), cutter.dayOf(endAt - 1)];
  return { startAt: cutter.startOf(first), endAt: cutter.endOf(last) };
}

export function overlaps(one: Span, other: Span): boolean {
  return one.startAt < other.endAt && other.startAt < one.endAt;
}

/** Order of time; of equal spans by what they are about, so that any order of arrival leads to one order. */
export function inOrder(one: Finding, other: Finding): number {
  return (
    one.startAt - other.startAt || one.endAt - other.endAt || compareIds(keyOf(one), keyOf(other))
  );
}

function keyOf({ rule, series, subject, bucket, level, observed, p }: Finding): string {
  return JSON.stringify([rule, series, subject, bucket, level, observed, p]);
}
