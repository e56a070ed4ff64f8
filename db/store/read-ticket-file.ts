import type { Bucket, Day, DayCutter } from '../../domain/day.ts';
import type { AboutValue } from '../../domain/tickets/about-tally.ts';
import { BadTicketFile } from '../../domain/tickets/bad-ticket-file.ts';
import { type Columns, columnsOf } from '../../domain/tickets/columns.ts';
import { cutText } from '../../domain/tickets/cut-text.ts';
import { HEADING_LENGTH_MOST, type TicketMapping } from '../../domain/tickets/mapping.ts';
import { CountSurvey } from '../../domain/tickets/read-count.ts';
import { type DateOrder, DateSurvey } from '../../domain/tickets/read-date.ts';
import { Refusals } from '../../domain/tickets/refusals.ts';
import {
  type ReadingInput,
  type SingleTicket,
  SingleTickets,
} from '../../domain/tickets/single-tickets.ts';
import { type CountLine, TicketCounts } from '../../domain/tickets/ticket-counts.ts';
import { type TicketBytes, TicketFile } from './ticket-file.ts';

export interface TicketFileQuestion {
  bytes: TicketBytes;
  mapping: TicketMapping;
  /** Days the file is said to speak for. */
  first?: Day | undefined;
  last?: Day | undefined;
  cutter: DayCutter;
  /** The tenant's day now. */
  today: Day;
}

/** What a file says by itself, before it is compared with what is imported. */
export interface TicketsRead {
  hash: string;
  delimiter: string;
  headings: string[];
  columns: Columns;
  grain: Bucket;
  /** Lines without the headings. */
  rows: number;
  /** Of single tickets. */
  tickets: SingleTicket[];
  /** Of counts, by day. */
  counts: CountLine[];
  refusals: Refusals;
  abouts: AboutValue[];
}

/**
 * Reads a file twice: first to learn what its dates and counts prove about how they are written, then line by line. Of a
 * ticket nothing but its number, day and class is kept. Throws BadTicketFile where the whole cannot be read.
 */
export async function readTicketFile(question: TicketFileQuestion): Promise<TicketsRead> {
  const file = await TicketFile.open(question.bytes);
  const { headings, columns, order, surveys, rows } = await survey(file, question);
  const refusals = new Refusals();
  const { cutter, today, first, last } = question;
  const input: ReadingInput = { columns, headings, order, cutter, today, first, last, refusals };
  const tickets = new SingleTickets(input);
  const counts = new TicketCounts(input, surveys);
  const reading = columns.kind === 'tickets' ? tickets : counts;
  for await (const { row, cells, isHeadings } of numbered(file)) {
    if (isHeadings) continue;
    if (cells.length === headings.length) reading.read(row, cells);
    else refusals.add(row, null, ragged(cells.length, headings.length));
  }
  const told = columns.kind === 'counts' ? counts.lines() : null;
  return {
    hash: await file.hash(),
    delimiter: file.delimiter,
    ...{ headings, columns, rows, refusals },
    grain: told?.grain ?? 'day',
    tickets: tickets.tickets,
    counts: told?.lines ?? [],
    abouts: tickets.abouts.top(),
  };
}

const ragged = (found: number, expected: number) =>
  `has ${found} ${found === 1 ? 'cell' : 'cells'} where the headings have ${expected}`;

async function* numbered(file: TicketFile) {
  let isHeadings = true;
  for await (const line of file.lines()) {
    yield { ...line, isHeadings };
    isHeadings = false;
  }
}

interface Surveyed {
  headings: string[];
  columns: Columns;
  order: DateOrder | null;
  surveys: Map<number, CountSurvey>;
  rows: number;
}

async function survey(file: TicketFile, { mapping }: TicketFileQuestion): Promise<Surveyed> {
  const dates = new DateSurvey();
  const surveys = new Map<number, CountSurvey>();
  let [headings, rows]: [string[], number] = [[], 0];
  let columns: Columns | null = null;
  for await (const { cells, isHeadings } of numbered(file)) {
    if (isHeadings) {
      headings = cells.map((heading) => cutText(heading.trim(), HEADING_LENGTH_MOST));
      columns = columnsOf(headings, mapping);
      for (const place of countPlaces(columns)) surveys.set(place, new CountSurvey());
      continue;
    }
    rows += 1;
    if (!columns || cells.length !== headings.length) continue;
    dates.see(cells[columns.date] ?? '');
    for (const [place, seen] of surveys) seen.see(cells[place] ?? '');
  }
  if (!columns) throw new BadTicketFile('The file is empty.');
  if (rows === 0) throw new BadTicketFile('The file has headings and no line below them.');
  const order = dates.order(mapping.dateOrder);
  if (order !== null) columns.mapping.dateOrder = order;
  return { headings, columns, order, surveys, rows };
}

const countPlaces = ({ passwordTickets, otherTickets, allTickets }: Columns) =>
  [passwordTickets, otherTickets, allTickets].filter((place) => place !== null);
