import { and, desc, eq, gt, gte, lte, ne } from 'drizzle-orm';
import { addDays } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { type TicketWriter, takeAway, withTickets } from './ticket-lease.ts';

/** Why nothing was undone: there is no such import, it is undone already, or a later one left out what this one holds. */
export type NotUndone = 'unknown' | 'over' | { relied: number };

/**
 * Takes the counts of an import away; its entry stays. Null: done. An import on which a later one relies is not undone
 * before that one: its tickets were left out there.
 */
export async function undoTickets(
  writer: TicketWriter,
  { id, author }: { id: number; author: string },
): Promise<NotUndone | null> {
  const { store, tenantId, clock } = writer;
  const { ticketImport: made } = store.t;
  return withTickets(writer, async (lease) => {
    const [row] = await store.read
      .select()
      .from(made)
      .where(and(eq(made.tenantId, tenantId), eq(made.id, id), ne(made.state, 'reading')));
    if (!row) return 'unknown';
    if (row.state === 'undone') return 'over';
    const relied = row.kind === 'tickets' ? await reliedOn(store, row) : null;
    if (relied !== null) return { relied };
    await lease.tx(async (db) => {
      await db
        .update(made)
        .set({ state: 'undone', undoneAt: clock(), undoneBy: author })
        .where(and(eq(made.tenantId, tenantId), eq(made.id, id)));
    });
    await takeAway(lease, id);
    return null;
  });
}

/** The newest active import that came later, left out known tickets and tells of the same days; null: none. */
async function reliedOn(
  { t: { ticketImport: made }, read }: Store,
  { tenantId, id, firstDay, lastDay }: Store['t']['ticketImport']['$inferSelect'],
): Promise<number | null> {
  const [later] = await read
    .select({ id: made.id })
    .from(made)
    .where(
      and(
        eq(made.tenantId, tenantId),
        gt(made.id, id),
        eq(made.state, 'active'),
        eq(made.kind, 'tickets'),
        gt(made.known, 0),
        // A file may hold tickets of the day after the last one that it speaks for.
        lte(made.firstDay, addDays(lastDay, 2)),
        gte(made.lastDay, addDays(firstDay, -2)),
      ),
    )
    .orderBy(desc(made.id))
    .limit(1);
  return later?.id ?? null;
}
