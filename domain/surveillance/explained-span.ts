import { DAY_MS } from '../day.ts';

/** What lasts longer is explained by its last month: the months before were explained while it lasted. */
const EXPLAINED_MS = 31 * DAY_MS;

/** The part of an alert's time in which people, addresses and methods are looked for; UTC milliseconds, the end not included. */
export function explainedSpan({ startAt, endAt }: { startAt: number; endAt: number }) {
  return { startAt: Math.max(startAt, endAt - EXPLAINED_MS), endAt };
}
