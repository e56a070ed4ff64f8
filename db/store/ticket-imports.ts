import { setImmediate as others } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { BadTicketFile } from '../../domain/tickets/bad-ticket-file.ts';
import type { TicketFileReport } from '../../domain/tickets/ticket-file-report.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Store } from '../store-types.ts';
import { eachChunk, Pace } from './chunks.ts';
import { type ComparedTickets, compareTickets } from './compare-tickets.ts';
import type { HeldLease } from './lease.ts';
import { nextId } from './next-id.ts';
import { readTicketFile, type TicketFileQuestion } from './read-ticket-file.ts';
import { type TicketWriter, withTickets } from './ticket-lease.ts';

export interface TicketFileGiven extends TicketFileQuestion {
  label: string;
}

export interface MadeImport {
  /** unchanged: this very file is imported already. */
  outcome: 'imported' | 'unchanged';
  id: number;
  report: TicketFileReport;
}

/** What importing a file would do. Changes nothing. Throws BadTicketFile where it cannot be read. */
export async function previewTickets(
  store: Store,
  tenantId: number,
  given: TicketFileGiven,
): Promise<TicketFileReport> {
  const read = await readTicketFile(given);
  const { label } = given;
  return (await compareTickets(store, { tenantId, read, label }, given)).report;
}

/**
 * Imports a file: all of its lines that are not refused or known, or, killed on the way, none. Throws BadTicketFile where it
 * cannot be read or every line is refused, TicketsBusy while another import runs; nothing is changed then.
 */
export async function importTickets(
  writer: TicketWriter,
  given: TicketFileGiven & { author: string },
): Promise<MadeImport> {
  const { store, tenantId, clock } = writer;
  const read = await readTicketFile(given);
  return withTickets(writer, async (lease) => {
    const { label } = given;
    const compared = await compareTickets(store, { tenantId, read, label }, given);
    const { report, same } = compared;
    if (same !== null) return { outcome: 'unchanged', id: same, report };
    if (report.first === null || report.last === null) throw nothingRead(report);
    const id = await lease.tx(async (db) => {
      const number = await nextId(db, store.t.ticketImport, tenantId);
      await db.insert(store.t.ticketImport).values({
        ...{ tenantId, id: number, label, hash: read.hash, kind: report.kind },
        ...{ source: report.source, mapping: report.mapping, state: 'reading' },
        ...{ firstDay: report.first as never, lastDay: report.last as never, rows: report.rows },
        ...{ passwordTickets: report.passwordTickets, otherTickets: report.otherTickets },
        ...{ known: report.known, refused: report.refused, refusals: report.refusals },
        ...{ author: given.author, importedAt: clock(), undoneAt: null, undoneBy: null },
      });
      return number;
    });
    await write(lease, id, compared);
    return { outcome: 'imported', id, report };
  });
}

function nothingRead({ refusals, rows }: TicketFileReport): BadTicketFile {
  const [first] = refusals;
  const where = first && `row ${first.row}${first.column === null ? '' : `, “${first.column}”`}`;
  return new BadTicketFile(
    `None of the ${rows} lines could be read, and nothing was changed. The first one: ${where} ${first?.why}`,
  );
}

async function write(lease: HeldLease, id: number, { numbers, counts }: ComparedTickets) {
  const { store, tenantId } = lease;
  const { ticket, ticketCount, ticketImport } = store.t;
  const key = { tenantId, importId: id };
  await eachChunk(numbers, new Pace({ start: 500, most: 2000 }), async (part) => {
    const rows = part.map((number) => ({ ...key, number }));
    await lease.tx((db) => bulkInsert(store, db, ticket, rows));
    await others();
  });
  const rows = counts.map((count) => ({ ...key, ...count }));
  await eachChunk(rows, new Pace({ start: 500 }), (part) =>
    lease.tx((db) => bulkInsert(store, db, ticketCount, part)),
  );
  await lease.tx(async (db) => {
    await db
      .update(ticketImport)
      .set({ state: 'active' })
      .where(and(eq(ticketImport.tenantId, tenantId), eq(ticketImport.id, id)));
  });
}
