import { type Day, daysBetween } from '../../domain/day.ts';
import type { SingleTicket } from '../../domain/tickets/single-tickets.ts';
import { refuseEmptyMonths, spokenFor } from '../../domain/tickets/spoken-for.ts';
import {
  type TicketFileReport,
  ticketFileReport,
} from '../../domain/tickets/ticket-file-report.ts';
import type { DatedCount } from '../../domain/tickets/ticket-months.ts';
import type { Store } from '../store-types.ts';
import {
  countedDays,
  heldNumbers,
  type OtherImports,
  sameFile,
  ticketDays,
} from './imported-tickets.ts';
import type { TicketFileQuestion, TicketsRead } from './read-ticket-file.ts';

/** What of a file is new, and what it says. */
export interface ComparedTickets {
  /** Tickets that no active import holds. */
  numbers: string[];
  counts: DatedCount[];
  report: TicketFileReport;
  /** The active import of this very file; null: there is none. */
  same: number | null;
}

/**
 * Compares a file with the active imports, so that nothing counts twice: a ticket that one of them holds is known; a line
 * of counts about days that one of them speaks for, and a ticket of a day that one has counts for, are refused, though
 * not because of the import of this very file.
 */
export async function compareTickets(
  store: Store,
  { tenantId, read, label }: { tenantId: number; read: TicketsRead; label: string },
  question: Pick<TicketFileQuestion, 'first' | 'last' | 'today'>,
): Promise<ComparedTickets> {
  const same = await sameFile(store, { tenantId, hash: read.hash });
  const others = { tenantId, except: same };
  const compared =
    read.columns.kind === 'tickets'
      ? await comparedSingle(store, others, read, question)
      : await comparedCounts(store, others, read);
  const { refusals, ...file } = read;
  const report = ticketFileReport({
    ...{ ...file, label, refused: refusals.count, refusals: refusals.first() },
    ...compared,
  });
  if (same !== null) report.notes.unshift(importedAlready(same));
  return { numbers: compared.numbers, counts: compared.counts, report, same };
}

const importedAlready = (id: number) =>
  `This very file is imported already, as import ${id}. To read it in another way, undo that one first.`;

interface Compared {
  numbers: string[];
  counts: DatedCount[];
  known: number;
  days: { first: Day; last: Day } | null;
  tellsOther: boolean;
}

async function comparedSingle(
  store: Store,
  others: OtherImports,
  { tickets, columns, headings, refusals }: TicketsRead,
  question: Pick<TicketFileQuestion, 'first' | 'last' | 'today'>,
): Promise<Compared> {
  const taken = await countedDays(store, others);
  const open = tickets.filter(({ row, day }) => {
    const by = taken.get(day);
    if (by)
      refusals.add(
        row,
        headings[columns.date] ?? null,
        `is of a day that ${by} has counts for: ${day}`,
      );
    return !by;
  });
  const range = open.length === 0 ? null : rangeOf(open);
  if (range && !(question.first && question.last))
    refuseEmptyMonths(new Set(open.map(({ day }) => day)), range);
  const held = await heldNumbers(store, others.tenantId, open);
  const fresh = open.filter(({ number }) => !held.has(number));
  // A file without a single other ticket was most likely exported without them: they are not told, not none.
  const tellsOther = open.some(({ isPassword }) => !isPassword);
  return {
    numbers: fresh.map(({ number }) => number),
    counts: countsByDay(fresh, tellsOther),
    known: held.size,
    days: range && spokenFor(range, question, question.today),
    tellsOther,
  };
}

function rangeOf(tickets: readonly SingleTicket[]): { first: Day; last: Day } {
  let [first, last] = [tickets[0]?.day as Day, tickets[0]?.day as Day];
  for (const { day } of tickets) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return { first, last };
}

function countsByDay(tickets: readonly SingleTicket[], tellsOther: boolean): DatedCount[] {
  const byDay = new Map<Day, { password: number; other: number }>();
  for (const { day, isPassword } of tickets) {
    const count = byDay.get(day) ?? { password: 0, other: 0 };
    byDay.set(day, count);
    count[isPassword ? 'password' : 'other'] += 1;
  }
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { password, other }]) => ({
      ...{ firstDay: day, lastDay: day, password },
      other: tellsOther ? other : null,
    }));
}

async function comparedCounts(
  store: Store,
  others: OtherImports,
  { counts: lines, columns, headings, refusals }: TicketsRead,
): Promise<Compared> {
  const taken = new Map([
    ...(await countedDays(store, others)),
    ...(await ticketDays(store, others)),
  ]);
  const counts = lines.filter(({ row, firstDay, lastDay }) => {
    const by = daysBetween(firstDay, lastDay).flatMap((day) => taken.get(day) ?? [])[0];
    // A day that was filled in has no row of its own.
    if (by && row > 0)
      refusals.add(
        row,
        headings[columns.date] ?? null,
        `is of days that ${by} speaks for: ${firstDay}`,
      );
    return !by;
  });
  const firsts = counts.map(({ firstDay }) => firstDay).sort();
  const lasts = counts.map(({ lastDay }) => lastDay).sort();
  const [first, last] = [firsts[0], lasts.at(-1)];
  return {
    numbers: [],
    counts: counts.map(({ row: _, ...count }) => count),
    known: 0,
    days: first && last ? { first, last } : null,
    tellsOther: columns.otherTickets !== null || columns.allTickets !== null,
  };
}
