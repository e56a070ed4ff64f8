import { type Bucket, type Day, dayCount } from '../day.ts';
import type { AboutValue } from './about-tally.ts';
import type { Columns } from './columns.ts';
import {
  type Refusal,
  shown,
  type TicketKind,
  type TicketMapping,
  type TicketSource,
} from './mapping.ts';
import {
  type DatedCount,
  monthSums,
  monthsBetween,
  type SpokenFor,
  ticketMonths,
} from './ticket-months.ts';

/** What a file says, and what of it is new. */
export interface TicketFileReport {
  label: string;
  kind: TicketKind;
  source: TicketSource;
  delimiter: string;
  headings: string[];
  mapping: TicketMapping;
  /** Null: no line was read. */
  first: Day | null;
  last: Day | null;
  grain: Bucket | null;
  rows: number;
  passwordTickets: number;
  /** Null: the file does not tell other tickets. */
  otherTickets: number | null;
  /** Lines whose ticket an earlier import holds. */
  known: number;
  refused: number;
  refusals: Refusal[];
  months: { month: string; password: number; other: number | null; whole: boolean }[];
  abouts: AboutValue[];
  notes: string[];
}

export interface ReportInput {
  label: string;
  delimiter: string;
  headings: string[];
  columns: Columns;
  grain: Bucket;
  rows: number;
  /** What is counted by it: without what is known or refused. */
  counts: readonly DatedCount[];
  /** Null: no line was read. */
  days: { first: Day; last: Day } | null;
  tellsOther: boolean;
  known: number;
  refused: number;
  refusals: Refusal[];
  abouts: AboutValue[];
}

/** Sums up what a file says, by month, with what a reader should know about it. */
export function ticketFileReport(input: ReportInput): TicketFileReport {
  const { label, delimiter, headings, columns, days, tellsOther, counts } = input;
  const { rows, known, refused, refusals, abouts } = input;
  const sum = (part: (count: DatedCount) => number) =>
    counts.reduce((total, count) => total + part(count), 0);
  return {
    ...{ label, kind: columns.kind, source: columns.source, delimiter, headings },
    mapping: columns.mapping,
    ...{ first: days?.first ?? null, last: days?.last ?? null },
    grain: days && input.grain,
    rows,
    passwordTickets: sum(({ password }) => password),
    otherTickets: tellsOther ? sum(({ other }) => other ?? 0) : null,
    ...{ known, refused, refusals },
    months: days ? monthsOf(input, days) : [],
    abouts,
    notes: days ? notesOf(input, days) : [],
  };
}

/** Of single tickets the file speaks for all days between; of counts for those that have a line. */
function spokenForOf({ columns, counts, tellsOther }: ReportInput, days: Days): SpokenFor[] {
  return columns.kind === 'tickets'
    ? [{ firstDay: days.first, lastDay: days.last, tellsOther }]
    : counts.map(({ firstDay, lastDay, other }) => ({
        firstDay,
        lastDay,
        tellsOther: other !== null,
      }));
}

interface Days {
  first: Day;
  last: Day;
}

/** Single tickets speak for all days between; of counts, a month without a line of its own is told by nobody, and left out. */
function monthsOf(input: ReportInput, days: Days): TicketFileReport['months'] {
  const { columns, counts, tellsOther } = input;
  const sums = monthSums(counts);
  const whole = ticketMonths({ spokenFor: spokenForOf(input, days), counts }, days);
  return whole
    .filter(({ month }) => columns.kind === 'tickets' || sums.has(month))
    .map(({ month, tickets }) => ({
      month,
      password: sums.get(month)?.password ?? 0,
      other: tellsOther ? (sums.get(month)?.other ?? 0) : null,
      whole: tickets !== null,
    }));
}

function notesOf(input: ReportInput, days: Days): string[] {
  const { columns, counts, tellsOther, grain } = input;
  const notes: string[] = [];
  const { number, about, words, dateOrder } = columns.mapping;
  if (dateOrder === 'dmy' || dateOrder === 'mdy')
    notes.push(`Dates are read with the ${dateOrder === 'dmy' ? 'day' : 'month'} first.`);
  if (number !== undefined && about && about.length > 0)
    notes.push(
      `A ticket is a password ticket where ${about.map(shown).join(' or ')} holds one of ${words?.length ?? 0} words.`,
    );
  if (
    columns.kind === 'tickets' &&
    counts.length > 0 &&
    counts.every(({ password }) => password === 0)
  )
    notes.push('No ticket is a password ticket by these words. Choose other words or columns.');
  if (!tellsOther) notes.push('The file tells no other tickets, so nothing is compared with them.');
  if (grain === 'week') notes.push('A week that lies in two months is split evenly by days.');
  const missing = missingDays(input, days);
  if (missing > 0)
    notes.push(
      `${missing} ${missing === 1 ? 'day' : 'days'} between ${days.first} and ${days.last} ${missing === 1 ? 'has' : 'have'} no line that was read, and no count therefore. If there was no ticket on days without a line, say which days the file speaks for (first and last).`,
    );
  const part = monthsOf(input, days).filter(({ whole }) => !whole);
  if (part.length > 0 && missing === 0)
    notes.push(
      `Not wholly in the file, and therefore without a figure: ${part.map(({ month }) => month).join(', ')}.`,
    );
  return notes;
}

function missingDays({ columns, counts }: ReportInput, { first, last }: Days): number {
  if (columns.kind === 'tickets') return 0;
  const told = counts.reduce((sum, { firstDay, lastDay }) => sum + dayCount(firstDay, lastDay), 0);
  return monthsBetween(first, last).length === 0 ? 0 : dayCount(first, last) - told;
}
