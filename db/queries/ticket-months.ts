import { and, eq, gte, lte } from 'drizzle-orm';
import { addDays, bucketEnd, bucketStart, type Day } from '../../domain/day.ts';
import {
  type DatedCount,
  ticketMonths as monthsOf,
  type SpokenFor,
  type TicketMonth,
} from '../../domain/tickets/ticket-months.ts';
import type { Db, Store } from '../store-types.ts';

interface Question {
  tenantId: number;
  /** The months of these days and all between are answered, each as a whole. */
  first: Day;
  last: Day;
}

/** No count is over more days than a month has. */
const LONGEST_COUNT_DAYS = 31;

/**
 * Tickets by month from the active imports, oldest first, with no month left out. `tickets` is null unless
 * imports speak for every day of the month, `otherTickets` also where one of them does not tell other tickets.
 */
export async function ticketMonths(
  { read, t }: Store,
  { tenantId, first, last }: Question,
): Promise<TicketMonth[]> {
  const period = {
    tenantId,
    first: bucketStart(first, 'month'),
    last: bucketEnd(last, 'month'),
  };
  const imports = await activeImports(read, t, period);
  const counts = await countsOf(read, t, period);
  const spokenFor = imports.filter(({ kind }) => kind === 'tickets');
  return monthsOf({ spokenFor: [...spokenFor, ...linesOf(counts)], counts }, { first, last });
}

/** Of counts, a line speaks for its days: a day without a line is not known. */
function linesOf(counts: readonly (DatedCount & { kind: string })[]): SpokenFor[] {
  return counts
    .filter(({ kind }) => kind === 'counts')
    .map(({ other, ...days }) => ({ ...days, tellsOther: other !== null }));
}

async function activeImports(
  db: Db,
  { ticketImport: made }: Store['t'],
  { tenantId, first, last }: Question,
): Promise<(SpokenFor & { kind: string })[]> {
  const rows = await db
    .select({
      kind: made.kind,
      firstDay: made.firstDay,
      lastDay: made.lastDay,
      otherTickets: made.otherTickets,
    })
    .from(made)
    .where(
      and(
        eq(made.tenantId, tenantId),
        eq(made.state, 'active'),
        lte(made.firstDay, last),
        gte(made.lastDay, first),
      ),
    );
  return rows.map(({ otherTickets, kind, firstDay, lastDay }) => ({
    ...{ kind, tellsOther: otherTickets !== null },
    firstDay: firstDay > first ? firstDay : first,
    lastDay: lastDay < last ? lastDay : last,
  }));
}

async function countsOf(
  db: Db,
  { ticketImport: made, ticketCount: counted }: Store['t'],
  { tenantId, first, last }: Question,
): Promise<(DatedCount & { kind: string })[]> {
  return db
    .select({
      kind: made.kind,
      firstDay: counted.firstDay,
      lastDay: counted.lastDay,
      password: counted.password,
      other: counted.other,
    })
    .from(counted)
    .innerJoin(made, and(eq(made.tenantId, tenantId), eq(made.id, counted.importId)))
    .where(
      and(
        eq(counted.tenantId, tenantId),
        eq(made.state, 'active'),
        gte(counted.firstDay, addDays(first, 1 - LONGEST_COUNT_DAYS)),
        lte(counted.firstDay, last),
        gte(counted.lastDay, first),
      ),
    );
}
