import type { TicketFileReport } from '../domain/tickets/ticket-file-report.ts';

/** So many refusals are shown on a terminal; `--json` has the first hundred. */
const REFUSALS_SHOWN = 20;

/** What a file of tickets says, as lines for a terminal. */
export function ticketsInWords(report: TicketFileReport): string[] {
  return [...heading(report), ...months(report), ...refusals(report), ...report.notes];
}

function heading({ label, kind, source, rows, first, last, grain }: TicketFileReport): string[] {
  const what =
    kind === 'tickets' ? 'single tickets' : `counts${grain === null ? '' : ` by ${grain}`}`;
  const days = first && last ? `, ${first} to ${last}` : '';
  return [`${label}: ${what} (${source}), ${rows} ${lines(rows)}${days}`];
}

function months({ months: all }: TicketFileReport): string[] {
  if (all.length === 0) return [];
  const row = (cells: string[]) => `  ${cells.map((cell) => cell.padStart(10)).join('')}`;
  const figures = all.map(
    ({ month, password, other, whole }) =>
      row([month, String(password), other === null ? '-' : String(other)]) +
      (whole ? '' : '  not the whole month'),
  );
  return [row(['month', 'password', 'other']), ...figures];
}

function refusals({ refused, refusals: first }: TicketFileReport): string[] {
  if (refused === 0) return [];
  const shown = first.slice(0, REFUSALS_SHOWN);
  const told = shown.map(
    ({ row, column, why }) => `  row ${row}${column === null ? '' : `, ${column}`}: ${why}`,
  );
  const more = refused - shown.length;
  return [
    `Refused ${refused} ${lines(refused)}:`,
    ...told,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** How an import ended, in a sentence. */
export function outcomeInWords(
  outcome: 'preview' | 'imported' | 'unchanged',
  id: string | null,
  { passwordTickets, otherTickets, known }: TicketFileReport,
): string {
  if (outcome === 'unchanged')
    return `Nothing was changed: this very file is import ${id} already.`;
  const others = otherTickets === null ? '' : `, ${otherTickets} other ${ticketsOf(otherTickets)}`;
  const counts = `${passwordTickets} password ${ticketsOf(passwordTickets)}${others}`;
  const left = known > 0 ? `; ${known} known already and not counted again` : '';
  return outcome === 'preview'
    ? `A preview, nothing was changed: ${counts}${left}.`
    : `Imported as import ${id}: ${counts}${left}.`;
}

const lines = (count: number) => (count === 1 ? 'line' : 'lines');
const ticketsOf = (count: number) => (count === 1 ? 'ticket' : 'tickets');
