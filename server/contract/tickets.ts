import { z } from 'zod';
import { AuthorText, Count, DayParameter, DayText, InstantText } from './common.ts';

export const TICKET_SOURCES = [
  'servicenow',
  'jira',
  'zendesk',
  'freshservice',
  'counts',
  'mapped',
] as const;

const Heading = z.string().max(200);

/** How columns of a file are read. What is left out is found by the headings of a known helpdesk, or the file is refused. */
export const TicketMapping = z.strictObject({
  /** Heading of the day or instant. */
  date: Heading.optional(),
  /** ymd 2026-03-31, dmy 31.3.2026, mdy 3/31/2026; where the file alone cannot tell. */
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  /** Of single tickets: heading of the number that tells them apart. */
  number: Heading.optional(),
  /** Of single tickets: headings whose text says what a ticket is about. */
  about: z.array(Heading).max(10).optional(),
  /** Of single tickets: words that make one a password ticket, anywhere in those columns, in any case. */
  words: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  /** Of counts: headings of password tickets, and of all other tickets or of all tickets. */
  passwordTickets: Heading.optional(),
  otherTickets: Heading.optional(),
  allTickets: Heading.optional(),
});
export type TicketMapping = z.output<typeof TicketMapping>;

/** `POST /api/v1/tickets`: the file itself as `text/csv`; what is said about it is in the query. */
export const TicketsQuery = z.strictObject({
  /** preview reads and tells, and changes nothing. */
  mode: z.enum(['preview', 'import']).default('preview'),
  /** Name of the file. */
  label: z.string().trim().min(1).max(200).default('tickets.csv'),
  /** JSON of TicketMapping. */
  mapping: z.string().max(10_000).optional().meta({ description: 'JSON: which column is what.' }),
  /** Days the file speaks for; default: from its first to its last day, widened to whole months where at most 3 days are missing. */
  first: DayParameter.optional(),
  last: DayParameter.optional(),
});
export type TicketsQuery = z.output<typeof TicketsQuery>;

/** Headers of `POST /api/v1/tickets`: who imports is no part of the address, which proxies write into their logs. */
export const TicketsHeaders = z.object({
  /** URI-encoded, as headers hold no letters beyond ASCII; needed to import. */
  Author: AuthorText.optional().meta({
    description: 'Who imports, as typed in, URI-encoded (UTF-8). Required where mode is import.',
  }),
});

const Refusal = z.object({
  /** Line of the file, the headings being line 1. */
  row: Count,
  /** Heading; null: the line as a whole. */
  column: z.string().nullable(),
  /** What is wrong, in a sentence, with the value shortened. */
  why: z.string(),
});

/** What a file says: the preview, and what an import did. */
export const TicketFileReport = z
  .object({
    label: z.string(),
    /** counts: a line is a day, week or month; tickets: a line is a ticket. */
    kind: z.enum(['counts', 'tickets']),
    source: z.enum(TICKET_SOURCES),
    delimiter: z.string(),
    headings: z.array(z.string()),
    /** As used. */
    mapping: TicketMapping,
    first: DayText.nullable(),
    last: DayText.nullable(),
    /** day, week or month of counts; day for tickets. */
    grain: z.enum(['day', 'week', 'month']).nullable(),
    rows: Count,
    passwordTickets: Count,
    otherTickets: Count.nullable(),
    /** Lines whose ticket an earlier import holds: not counted again. */
    known: Count,
    refused: Count,
    /** The first 100. */
    refusals: z.array(Refusal),
    /** Password and other tickets by month, oldest first. `whole`: the file speaks for every day of the month. */
    months: z.array(
      z.object({ month: z.string(), password: Count, other: Count.nullable(), whole: z.boolean() }),
    ),
    /** What the texts of the first columns about tickets say most: to choose words by. No personal data is kept. */
    abouts: z.array(
      z.object({ column: z.string(), value: z.string(), tickets: Count, password: Count }),
    ),
    notes: z.array(z.string()),
  })
  .meta({ id: 'TicketFileReport' });
export type TicketFileReport = z.output<typeof TicketFileReport>;

/** Answer of `POST /api/v1/tickets` */
export const TicketsMade = z.object({
  /** imported; preview: nothing was changed; unchanged: this very file is imported already. */
  outcome: z.enum(['preview', 'imported', 'unchanged']),
  /** Id of the import; null in a preview. */
  id: z.string().nullable(),
  report: TicketFileReport,
});
export type TicketsMade = z.output<typeof TicketsMade>;

const TicketImport = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['counts', 'tickets']),
  source: z.enum(TICKET_SOURCES),
  first: DayText,
  last: DayText,
  rows: Count,
  passwordTickets: Count,
  otherTickets: Count.nullable(),
  known: Count,
  refused: Count,
  refusals: z.array(Refusal),
  author: z.string(),
  importedAt: InstantText,
  undone: z.object({ at: InstantText, author: z.string() }).nullable(),
});

/** `GET /api/v1/tickets`: what was imported, newest first, and what it says by month. */
export const TicketsResponse = z.object({
  imports: z.array(TicketImport),
  /** Every month that an active import touches, oldest first; `tickets` null: not every day of it is spoken for. */
  months: z.array(
    z.object({ month: z.string(), tickets: Count.nullable(), otherTickets: Count.nullable() }),
  ),
  /** What helpdesks call the columns, as their documentation says: for a mapping by hand. */
  sources: z.array(
    z.object({
      source: z.enum(TICKET_SOURCES),
      title: z.string(),
      headings: z.array(z.string()),
      documentation: z.string().nullable(),
    }),
  ),
});
export type TicketsResponse = z.output<typeof TicketsResponse>;

export const TicketImportIdParameter = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'must be the id of an import' });

/** `POST /api/v1/tickets/:id/undo`: its counts are gone, the entry stays in the list. */
export const UndoRequest = z.strictObject({ author: AuthorText });
export type UndoRequest = z.output<typeof UndoRequest>;
