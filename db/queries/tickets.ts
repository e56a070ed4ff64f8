import { and, desc, eq, ne } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { isoText } from '../../domain/instant.ts';
import type { Refusal, TicketKind, TicketSource } from '../../domain/tickets/mapping.ts';
import { monthOf, type TicketMonth } from '../../domain/tickets/ticket-months.ts';
import type { Store } from '../store-types.ts';
import { ticketMonths } from './ticket-months.ts';

export interface ListedImport {
  id: string;
  label: string;
  kind: TicketKind;
  source: TicketSource;
  first: Day;
  last: Day;
  rows: number;
  passwordTickets: number;
  /** Null: the file does not tell other tickets. */
  otherTickets: number | null;
  known: number;
  refused: number;
  refusals: Refusal[];
  author: string;
  importedAt: string;
  /** Null: its counts are in force. */
  undone: { at: string; author: string } | null;
}

/** Imports that were read to their end, newest first, and what the active ones say by month, oldest first. */
export async function tickets(
  store: Store,
  tenantId: number,
): Promise<{ imports: ListedImport[]; months: TicketMonth[] }> {
  const { ticketImport: made } = store.t;
  const rows = await store.read
    .select()
    .from(made)
    .where(and(eq(made.tenantId, tenantId), ne(made.state, 'reading')))
    .orderBy(desc(made.id));
  const active = rows.filter(({ state }) => state === 'active');
  const [first] = active.map(({ firstDay }) => firstDay).sort();
  const last = active
    .map(({ lastDay }) => lastDay)
    .sort()
    .at(-1);
  const months = first && last ? await ticketMonths(store, { tenantId, first, last }) : [];
  return {
    imports: rows.map(listed),
    months: months.filter(({ month }) =>
      active.some((one) => month >= monthOf(one.firstDay) && month <= monthOf(one.lastDay)),
    ),
  };
}

function listed(row: Store['t']['ticketImport']['$inferSelect']): ListedImport {
  const { undoneAt, undoneBy } = row;
  return {
    id: String(row.id),
    label: row.label,
    kind: row.kind as TicketKind,
    source: row.source as TicketSource,
    first: row.firstDay,
    last: row.lastDay,
    rows: row.rows,
    passwordTickets: row.passwordTickets,
    otherTickets: row.otherTickets,
    known: row.known,
    refused: row.refused,
    refusals: row.refusals as Refusal[],
    author: row.author,
    importedAt: isoText(row.importedAt),
    undone: undoneAt === null ? null : { at: isoText(undoneAt), author: undoneBy ?? '' },
  };
}
