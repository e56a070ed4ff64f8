import { setImmediate as others } from 'node:timers/promises';
import { and, eq, gt, ne, sql } from 'drizzle-orm';
import { type Day, daysBetween } from '../../domain/day.ts';
import { shown, type TicketKind } from '../../domain/tickets/mapping.ts';
import type { SingleTicket } from '../../domain/tickets/single-tickets.ts';
import type { Store } from '../store-types.ts';

/** So many numbers are looked up at once: a few milliseconds. */
const NUMBERS_AT_ONCE = 1000;

const inWords = (id: number, label: string) => `import ${id} (${shown(label)})`;

/** Whose imports are asked for, without the one that holds the same file. */
export interface OtherImports {
  tenantId: number;
  /** Null: all of them. */
  except: number | null;
}

/** The active import of the very file with this hash; null: there is none. */
export async function sameFile(
  { t: { ticketImport: made }, read }: Store,
  { tenantId, hash }: { tenantId: number; hash: string },
): Promise<number | null> {
  const [row] = await read
    .select({ id: made.id })
    .from(made)
    .where(and(eq(made.tenantId, tenantId), eq(made.hash, hash), eq(made.state, 'active')));
  return row?.id ?? null;
}

/** Every day for which an active import of counts has one, and which import. */
export async function countedDays(
  { t: { ticketImport: made, ticketCount: counted }, read }: Store,
  { tenantId, except }: OtherImports,
): Promise<Map<Day, string>> {
  const rows = await read
    .select({ id: made.id, label: made.label, first: counted.firstDay, last: counted.lastDay })
    .from(made)
    .innerJoin(counted, and(eq(counted.tenantId, tenantId), eq(counted.importId, made.id)))
    .where(active(made, { tenantId, except }, 'counts'));
  return byDay(rows);
}

/** Every day that an active import of single tickets speaks for, or has tickets of: also those of the day it came on. */
export async function ticketDays(
  { t: { ticketImport: made, ticketCount: counted }, read }: Store,
  { tenantId, except }: OtherImports,
): Promise<Map<Day, string>> {
  const spoken = await read
    .select({ id: made.id, label: made.label, first: made.firstDay, last: made.lastDay })
    .from(made)
    .where(active(made, { tenantId, except }, 'tickets'));
  const later = await read
    .select({ id: made.id, label: made.label, first: counted.firstDay, last: counted.lastDay })
    .from(made)
    .innerJoin(counted, and(eq(counted.tenantId, tenantId), eq(counted.importId, made.id)))
    .where(and(active(made, { tenantId, except }, 'tickets'), gt(counted.lastDay, made.lastDay)));
  return byDay([...spoken, ...later]);
}

const active = (
  made: Store['t']['ticketImport'],
  { tenantId, except }: OtherImports,
  kind: TicketKind,
) =>
  and(
    eq(made.tenantId, tenantId),
    eq(made.state, 'active'),
    eq(made.kind, kind),
    except === null ? undefined : ne(made.id, except),
  );

const byDay = (rows: readonly { id: number; label: string; first: Day; last: Day }[]) =>
  new Map(
    rows.flatMap(({ id, label, first, last }) =>
      daysBetween(first, last).map((day) => [day, inWords(id, label)] as const),
    ),
  );

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
