import { cutText } from './cut-text.ts';

/** A heading is known by so many of its first UTF-16 units. */
export const HEADING_LENGTH_MOST = 200;

/** How columns of a file are read; headings as the file spells them. */
export interface TicketMapping {
  date?: string | undefined;
  dateOrder?: 'ymd' | 'dmy' | 'mdy' | undefined;
  number?: string | undefined;
  about?: string[] | undefined;
  words?: string[] | undefined;
  passwordTickets?: string | undefined;
  otherTickets?: string | undefined;
  allTickets?: string | undefined;
}

export type TicketSource = 'servicenow' | 'jira' | 'zendesk' | 'freshservice' | 'counts' | 'mapped';

export type TicketKind = 'counts' | 'tickets';

/** A line, or one of its cells, that was not read. */
export interface Refusal {
  /** Line of the file, the headings being line 1. */
  row: number;
  /** Heading; null: the line as a whole. */
  column: string | null;
  /** What is wrong, in a sentence. */
  why: string;
}

/** A value as a sentence shows it: short, on one line. */
export function shown(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return `“${line.length > 40 ? `${cutText(line, 40)}…` : line}”`;
}
