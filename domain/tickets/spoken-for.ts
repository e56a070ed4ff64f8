import { addDays, bucketEnd, bucketStart, type Day, dayCount } from '../day.ts';
import { BadTicketFile } from './bad-ticket-file.ts';
import { monthOf, monthsBetween } from './ticket-months.ts';

/** So many days without a ticket at the edge of a month are taken for days without one. */
const EDGE_DAYS = 3;

/**
 * Days that a file of single tickets speaks for: as asked, else from its first to its last ticket, widened
 * to whole months where at most 3 days are missing. Never `today` or later, which may still bring tickets,
 * unless nothing is left then.
 */
export function spokenFor(
  seen: { first: Day; last: Day },
  asked: { first?: Day | undefined; last?: Day | undefined },
  today: Day,
): { first: Day; last: Day } {
  const start = bucketStart(seen.first, 'month');
  const end = bucketEnd(seen.last, 'month');
  const first = asked.first ?? (dayCount(start, seen.first) - 1 <= EDGE_DAYS ? start : seen.first);
  const widened = asked.last ?? (dayCount(seen.last, end) - 1 <= EDGE_DAYS ? end : seen.last);
  const yesterday = addDays(today, -1);
  const last = widened > yesterday ? yesterday : widened;
  return { first, last: last < first ? first : last };
}

/**
 * Throws BadTicketFile where a whole month between the first and the last of `days` has no ticket at all: more likely
 * a wrong year in one line, or two exports in one file, than a helpdesk with nothing to do.
 */
export function refuseEmptyMonths(
  days: ReadonlySet<Day>,
  { first, last }: { first: Day; last: Day },
): void {
  const told = new Set([...days].map(monthOf));
  const empty = monthsBetween(first, last)
    .map(monthOf)
    .filter((month) => !told.has(month));
  if (empty.length === 0) return;
  const which =
    empty.length === 1
      ? `In ${empty[0]}`
      : `In ${empty.length} months from ${empty[0]} to ${empty.at(-1)}`;
  throw new BadTicketFile(
    `${which} the file has no ticket at all, but it has some before (${first}) and after (${last}). Is a year wrong? Correct it, or say which days the file speaks for (first and last).`,
  );
}
