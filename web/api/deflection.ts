import type { AssumptionsChange } from '../../server/contract/deflection.ts';
import type { TicketMapping } from '../../server/contract/tickets.ts';
import type { Days } from './client.ts';
import { apiAddress, ask } from './request.ts';

// What only the Deflection pages ask for: apart from client.ts, so that the first page does not load it.

export const fetchDeflection = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({ path: '/deflection', query: { first, last }, answer: 'DeflectionResponse', signal });

export const fetchDeflectionTrend = ({ first, last }: Days, signal?: AbortSignal) =>
  ask({
    path: '/deflection/trend',
    query: { first, last },
    answer: 'DeflectionTrendResponse',
    signal,
  });

export const fetchAssumptions = (signal?: AbortSignal) =>
  ask({ path: '/assumptions', answer: 'AssumptionsResponse', signal });

/** Makes a new version of all assumptions. Answers with it and all versions before. */
export const saveAssumptions = (change: AssumptionsChange) =>
  ask({ path: '/assumptions', method: 'PUT', body: change, answer: 'AssumptionsResponse' });

export const fetchTickets = (signal?: AbortSignal) =>
  ask({ path: '/tickets', answer: 'TicketsResponse', signal });

/** How a file of tickets is to be read; what is left out the server finds out. */
export interface TicketReading {
  mapping?: TicketMapping | undefined;
  /** Days the file speaks for. */
  first?: string | undefined;
  last?: string | undefined;
}

/** Reads a file of tickets: without `author` a preview that changes nothing, with it an import. */
export const sendTickets = (
  file: File,
  { mapping, first, last }: TicketReading,
  author?: string,
  signal?: AbortSignal,
) =>
  ask({
    path: '/tickets',
    method: 'POST',
    query: {
      mode: author === undefined ? 'preview' : 'import',
      label: file.name,
      mapping: mapping && JSON.stringify(mapping),
      first,
      last,
    },
    csv: file,
    // Not in the address, which proxies write into their logs; encoded, as headers hold ASCII alone.
    ...(author !== undefined && { headers: { Author: encodeURIComponent(author) } }),
    answer: 'TicketsMade',
    signal,
  });

/** Takes the counts of an import away. */
export const undoImport = (id: string, author: string) =>
  ask({
    path: `/tickets/${encodeURIComponent(id)}/undo`,
    method: 'POST',
    body: { author },
    answer: 'TicketsResponse',
  });

export const fetchStatements = (signal?: AbortSignal) =>
  ask({ path: '/statements', answer: 'StatementsResponse', signal });

/** Freezes a month, `YYYY-MM`. */
export const freezeMonth = (month: string, author: string) =>
  ask({
    path: '/statements',
    method: 'POST',
    body: { month, author },
    answer: 'StatementResponse',
  });

export const fetchStatement = (id: string, signal?: AbortSignal) =>
  ask({ path: `/statements/${encodeURIComponent(id)}`, answer: 'StatementResponse', signal });

/** Where the browser downloads a statement as PDF. */
export const statementPdfAddress = (id: string) =>
  apiAddress(`/statements/${encodeURIComponent(id)}.pdf`);

export const fetchResetForecast = (signal?: AbortSignal) =>
  ask({ path: '/resets/forecast', answer: 'ResetForecastResponse', signal });
