import type {
  TicketFileReport,
  TicketMapping,
  TicketsResponse,
} from '../../../server/contract/tickets.ts';
import { count, counted, NONE, periodText } from '../../format.ts';
import type { Table } from '../table.ts';
import { monthName } from './ranges.ts';

export type Report = TicketFileReport;
export type TicketImport = TicketsResponse['imports'][number];
export type Kind = Report['kind'];

export const SOURCE_LABEL: Record<Report['source'], string> = {
  servicenow: 'ServiceNow',
  jira: 'Jira Service Management',
  zendesk: 'Zendesk',
  freshservice: 'Freshservice',
  counts: 'Counts',
  mapped: 'Columns named by hand',
};

export const KIND_LABEL: Record<Kind, string> = {
  tickets: 'Single tickets, one a line',
  counts: 'Counts, one day, week or month a line',
};

export const GRAIN_LABEL: Record<NonNullable<Report['grain']>, string> = {
  day: 'by day',
  week: 'by week',
  month: 'by month',
};

const DELIMITER_LABEL: Record<string, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

export const delimiterText = (delimiter: string) => DELIMITER_LABEL[delimiter] ?? delimiter;

/** What a file says, in a sentence for a title. */
export function fileFinding(report: Report): string {
  const { passwordTickets, first, last, rows, known, refused } = report;
  if (rows === 0) return 'The file has no line but its headings';
  if (first === null || last === null)
    return `No line of ${count(rows)} could be read: see what was refused`;
  if (known > 0 && known + refused >= rows)
    return 'Every ticket of this file is known from an earlier import';
  return `${counted(passwordTickets, 'password ticket', 'password tickets')}, ${periodText({ first, last })}`;
}

/** Which words make a ticket a password ticket, one sentence. */
export function wordsText({ words, about }: TicketMapping): string {
  if (!words || words.length === 0) return 'No words are looked for: every ticket counts.';
  const where = about && about.length > 0 ? about.map((one) => `“${one}”`).join(', ') : 'its text';
  return `A ticket with one of these in ${where}, in any case: ${words.join(', ')}.`;
}

/** Days that an import speaks for. */
export const coveredText = ({ first, last }: { first: string | null; last: string | null }) =>
  first === null || last === null ? NONE : periodText({ first, last });

export function importsFinding(imports: readonly TicketImport[]): string {
  const active = imports.filter(({ undone }) => undone === null);
  if (active.length === 0) return 'No tickets are imported';
  const tickets = active.reduce((sum, one) => sum + one.passwordTickets, 0);
  return `${counted(tickets, 'password ticket', 'password tickets')} from ${counted(active.length, 'file', 'files')}`;
}

export function monthsFinding(months: TicketsResponse['months']): string {
  const whole = months.filter(({ tickets }) => tickets !== null).length;
  if (months.length === 0) return 'No month has tickets yet';
  const of = whole === months.length ? '' : `; ${count(months.length - whole)} only in part`;
  return `${counted(whole, 'month is', 'months are')} spoken for as a whole${of}`;
}

export function importsTable(imports: readonly TicketImport[]): Table {
  return {
    columns: [
      ...['File', 'Source', 'First day', 'Last day', 'Lines', 'Password tickets'],
      ...[
        'Other tickets',
        'Known already',
        'Refused',
        'Imported at',
        'By',
        'Undone at',
        'Undone by',
      ],
    ],
    rows: imports.map((one) => ({
      cells: [
        ...[one.label, SOURCE_LABEL[one.source], one.first, one.last, one.rows],
        ...[one.passwordTickets, one.otherTickets, one.known, one.refused, one.importedAt],
        ...[one.author, one.undone?.at ?? null, one.undone?.author ?? null],
      ],
    })),
  };
}

export const monthsTable = (months: TicketsResponse['months']): Table => ({
  columns: ['Month', 'Password tickets', 'Other tickets'],
  rows: months.map(({ month, tickets, otherTickets }) => ({
    cells: [month, tickets, otherTickets],
  })),
});

/** A month of a preview: `Mar 2026`, and whether the file speaks for all of it. */
export const previewMonth = ({ month, whole }: Report['months'][number]) =>
  whole ? monthName(month) : `${monthName(month)}, in part`;
