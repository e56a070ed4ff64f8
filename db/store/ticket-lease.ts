import { setImmediate as others } from 'node:timers/promises';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Store } from '../store-types.ts';
import { inChunks } from './chunks.ts';
import { acquireLease, endLease, HeldLease, LeaseLost } from './lease.ts';

/** Of imports, so that one changes tickets at a time, over all processes. */
const JOB = 'tickets';

export interface TicketWriter {
  store: Store;
  tenantId: number;
  /** UTC milliseconds. */
  clock: () => number;
  /** Unique for each import that is tried. */
  holder: string;
}

/** Another import runs now, or took over from this one; the sentence says so. Nothing of this import counts. */
export class TicketsBusy extends Error {
  override name = 'TicketsBusy';
}

/**
 * Runs `work` as the only one that changes tickets, with what a killed one left behind taken away before. Throws
 * TicketsBusy while another one does, also one that took over because this one was silent for too long.
 */
export async function withTickets<T>(
  { store, tenantId, clock, holder }: TicketWriter,
  work: (lease: HeldLease) => Promise<T>,
): Promise<T> {
  const fence = await acquireLease(store, { tenantId, job: JOB, holder, now: clock() });
  if (fence === null)
    throw new TicketsBusy('Another import of tickets is running. Try again in half a minute.');
  try {
    const lease = new HeldLease(store, { tenantId, job: JOB, fence, clock });
    await clearLeftovers(lease);
    return await work(lease);
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    throw new TicketsBusy(
      'This took too long, and another import of tickets has taken over. Look at what is imported and try again in half a minute.',
      { cause: error },
    );
  } finally {
    await endLease(store, { tenantId, job: JOB, holder });
  }
}

/** Takes away what is left of imports that were not read to their end, and of undone ones. */
async function clearLeftovers(lease: HeldLease): Promise<void> {
  const { store, tenantId } = lease;
  const { ticketImport: made } = store.t;
  const rows = await store.read
    .select({ id: made.id, state: made.state })
    .from(made)
    .where(and(eq(made.tenantId, tenantId), ne(made.state, 'active')));
  for (const { id, state } of rows) {
    if (state === 'reading' || (await hasLeftovers(store, tenantId, id))) await takeAway(lease, id);
    if (state !== 'reading') continue;
    await lease.tx(async (db) => {
      await db.delete(made).where(and(eq(made.tenantId, tenantId), eq(made.id, id)));
    });
  }
}

async function hasLeftovers({ t, read }: Store, tenantId: number, id: number): Promise<boolean> {
  for (const table of [t.ticket, t.ticketCount]) {
    const rows = await read
      .select({ id: table.importId })
      .from(table)
      .where(and(eq(table.tenantId, tenantId), eq(table.importId, id)))
      .limit(1);
    if (rows.length > 0) return true;
  }
  return false;
}

/** Removes the tickets and counts of an import, in short transactions. */
export async function takeAway(lease: HeldLease, id: number): Promise<void> {
  const { store, tenantId } = lease;
  const { ticket, ticketCount } = store.t;
  const own = sql`select number from ${ticket} where tenant_id = ${tenantId} and import_id = ${id}`;
  await inChunks(
    async (size) => {
      const gone = await lease.tx((db) =>
        store.dialect.run(
          db,
          // By the key alone: asked for the import too, SQLite goes through all of its tickets each time.
          sql`delete from ${ticket} where tenant_id = ${tenantId} and number in (${own} limit ${size})`,
        ),
      );
      await others();
      return gone;
    },
    { start: 200, most: 1000 },
  );
  await lease.tx(async (db) => {
    await db
      .delete(ticketCount)
      .where(and(eq(ticketCount.tenantId, tenantId), eq(ticketCount.importId, id)));
  });
}
