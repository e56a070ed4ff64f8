import { and, asc, between, eq, sql } from 'drizzle-orm';
import { dayCollected } from '../../domain/collected.ts';
import {
  addDays,
  bucketEnd,
  bucketStart,
  type Day,
  dayCutter,
  daysBetween,
} from '../../domain/day.ts';
import type { Served } from '../../domain/deflection/avoided-from-logs.ts';
import { addedServed } from '../../domain/deflection/history.ts';
import type { HistoryMonth } from '../../domain/deflection/report-input.ts';
import type { Store } from '../store-types.ts';
import { ticketMonths } from './ticket-months.ts';
import { workedOut } from './worked-out.ts';

/** Older months tell little of today, and each costs time: five years. */
const MONTHS_MOST = 60;

/**
 * Self-service and tickets month by month, from the first month that either is known for to the one that the figures
 * stand at, at most five years; none left out, oldest first. Empty where neither is known. A month's self-service is null unless
 * every day of it was collected and every incident has settled.
 */
export async function deflectionHistory(
  store: Store,
  { tenantId, timeZone }: { tenantId: number; timeZone: string },
): Promise<HistoryMonth[]> {
  const { asOf, windows } = await workedOut(store, tenantId);
  const cutter = dayCutter(timeZone);
  const imported = await importedDays(store, tenantId);
  const read = windows[0] ? cutter.dayOf(windows[0].since) : null;
  const first = earlier(read, imported?.first ?? null);
  const last = asOf === null ? imported?.last : cutter.dayOf(asOf);
  if (first === null || last === undefined || first > last) return [];
  const period = { tenantId, first: atMost(first, last), last: bucketEnd(last, 'month') };
  const tickets = await ticketMonths(store, period);
  const byDay = await servedByDay(store, period);
  return tickets.map(({ month, tickets: password, otherTickets }) => {
    const start = `${month}-01` as Day;
    const days = daysBetween(start, bucketEnd(start, 'month'));
    const whole = days.every(
      (day) =>
        dayCollected(windows, day, cutter) === 'all' && (byDay.get(day)?.settling ?? 0) === 0,
    );
    const served = whole
      ? days.map((day) => byDay.get(day) ?? NONE).reduce(addedServed, NONE)
      : null;
    return { month, served, tickets: password, otherTickets };
  });
}

const NONE: Served = { reset: 0, unlock: 0 };

function earlier(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** The first of the month of `first`, or of the month that leaves `MONTHS_MOST` up to `last`. */
function atMost(first: Day, last: Day): Day {
  let earliest = bucketStart(last, 'month');
  for (let months = 1; months < MONTHS_MOST; months++)
    earliest = bucketStart(addDays(earliest, -1), 'month');
  const start = bucketStart(first, 'month');
  return start > earliest ? start : earliest;
}

/** The days that active imports speak for, from the first to the last. */
async function importedDays(
  { read, t: { ticketImport: made } }: Store,
  tenantId: number,
): Promise<{ first: Day; last: Day } | null> {
  const [row] = await read
    .select({
      first: sql<Day | null>`min(${made.firstDay})`,
      last: sql<Day | null>`max(${made.lastDay})`,
    })
    .from(made)
    .where(and(eq(made.tenantId, tenantId), eq(made.state, 'active')));
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

async function servedByDay(
  { read, t: { resetDaily } }: Store,
  { tenantId, first, last }: { tenantId: number; first: Day; last: Day },
): Promise<Map<Day, Served & { settling: number }>> {
  const rows = await read
    .select({
      day: resetDaily.day,
      reset: resetDaily.servedReset,
      unlock: resetDaily.servedUnlock,
      settling: resetDaily.settling,
    })
    .from(resetDaily)
    .where(and(eq(resetDaily.tenantId, tenantId), between(resetDaily.day, first, last)))
    .orderBy(asc(resetDaily.day));
  return new Map(rows.map(({ day, ...row }) => [day, row]));
}
