import { randomUUID } from 'node:crypto';
import { ticketMonths } from '../../db/queries/ticket-months.ts';
import { tickets } from '../../db/queries/tickets.ts';
import { importTickets, previewTickets } from '../../db/store/ticket-imports.ts';
import { undoTickets } from '../../db/store/undo-tickets.ts';
import type { Store } from '../../db/store-types.ts';
import { type Day, dayCutter } from '../../domain/day.ts';
import type { TicketMapping } from '../../domain/tickets/mapping.ts';

/** The tenant's day in these tests. */
export const TODAY = '2026-11-22' as Day;
export const NOW = Date.parse('2026-11-22T12:00:00Z');

export interface Wish {
  label?: string;
  mapping?: TicketMapping;
  first?: Day;
  last?: Day;
  now?: number;
  /** The tenant's day on which the file is read. */
  today?: Day;
  store?: Store;
}

/** The bytes of `text`, a few at a time, so that characters and lines are cut anywhere. */
export function inPieces(text: string, size = 7): () => Buffer[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / size);
  return () => Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

/** What a reader is told of a file in these tests. */
export const questionOf = (
  text: string,
  { mapping = {}, first, last, today = TODAY }: Wish = {},
) => ({
  bytes: inPieces(text, Math.max(7, Math.ceil(text.length / 50))),
  ...{ mapping, first, last, today },
  cutter: dayCutter('Europe/Vienna'),
});

/** A tenant whose helpdesk's files are imported. */
export function desk(store: Store, tenantId = 1) {
  const writer = (wish: Wish) => ({
    ...{ store: wish.store ?? store, tenantId, holder: randomUUID() },
    clock: () => wish.now ?? NOW,
  });
  return {
    import: (text: string, wish: Wish = {}) =>
      importTickets(writer(wish), {
        ...questionOf(text, wish),
        label: wish.label ?? 'file.csv',
        author: 'Ada',
      }),
    preview: (text: string, wish: Wish = {}) =>
      previewTickets(wish.store ?? store, tenantId, {
        ...questionOf(text, wish),
        label: wish.label ?? 'file.csv',
      }),
    undo: (id: number) => undoTickets(writer({}), { id, author: 'Bea' }),
    months: async () => (await tickets(store, tenantId)).months,
    list: async () => (await tickets(store, tenantId)).imports,
    ask: (first: string, last: string) =>
      ticketMonths(store, { tenantId, first: first as Day, last: last as Day }),
  };
}

export const SERVICENOW = 'Number,Opened,Category,Short description';

/** One line of a ServiceNow export. */
export const incident = (n: number, day: string, about = 'Forgot my password') =>
  `INC${n},${day} 09:12:00,Inquiry / Help,${about}`;

export const fileOf = (...lines: string[]) => `${lines.join('\n')}\n`;
