import { setImmediate as others } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import { addDays, type Day, daysBetween } from '../../domain/day.ts';
import { shown } from '../../domain/tickets/mapping.ts';
import type { SingleTicket } from '../../domain/tickets/single-tickets.ts';
import type { Store } from '../store-types.ts';

/** So many numbers are looked up at once: a few milliseconds. */
const NUMBERS_AT_ONCE = 1000;

const inWords = (id: number, label: string) => `import ${id} (${shown(label)})`;

/** Every day for which an active import of counts has one, and which import. */
export async function countedDays(
  { t: { ticketImport: made, ticketCount: counted }, read }: Store,
  tenantId: number,
): Promise<Map<Day, string>> {
  const rows = await read
    .select({ id: made.id, label: made.label, first: counted.firstDay, last: counted.lastDay })
    .from(made)
    .innerJoin(counted, and(eq(counted.tenantId, tenantId), eq(counted.importId, made.id)))
    .where(and(eq(made.tenantId, tenantId), eq(made.state, 'active'), eq(made.kind, 'counts')));
  return new Map(
    rows.flatMap(({ id, label, first, last }) =>
      daysBetween(first, last).map((day) => [day, inWords(id, label)] as const),
    ),
  );
}

/** Every day that an active import of single tickets speaks for. */
export async function ticketDays(
  { t: { ticketImport: made }, read }: Store,
  tenantId: number,
): Promise<Map<Day, string>> {
  const rows = await read
    .select({ id: made.id, label: made.label, first: made.firstDay, last: made.lastDay })
    .from(made)
    .where(and(eq(made.tenantId, tenantId), eq(made.state, 'active'), eq(made.kind, 'tickets')));
  return new Map(
    rows.flatMap(({ id, label, first, last }) =>
      // Tickets of the day on which it was imported are in it too.
      daysBetween(first, addDays(last, 1)).map((day) => [day, inWords(id, label)] as const),
    ),
  );
}

/** Of these tickets, the numbers that an active import holds. */
export async function heldNumbers(
  { t: { ticketImport: made, ticket }, read, dialect }: Store,
  tenantId: number,
  tickets: readonly SingleTicket[],
): Promise<Set<string>> {
  const held = new Set<string>();
  for (let from = 0; from < tickets.length; from += NUMBERS_AT_ONCE) {
    const numbers = tickets.slice(from, from + NUMBERS_AT_ONCE).map(({ number }) => number);
    const rows = await read
      .select({ number: ticket.number })
      .from(ticket)
      .innerJoin(made, and(eq(made.tenantId, tenantId), eq(made.id, ticket.importId)))
      .where(
        and(
          eq(ticket.tenantId, tenantId),
          sql`${ticket.number} in ${dialect.inList(numbers)}`,
          eq(made.state, 'active'),
        ),
      );
    for (const { number } of rows) held.add(number);
    await others();
  }
  return held;
}
