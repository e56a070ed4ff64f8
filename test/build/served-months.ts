import type { HeldLease } from '../../db/store/lease.ts';
import { bucketEnd, type Day, daysBetween } from '../../domain/day.ts';

/** What is stored of a month: the same on each of its days. */
export interface ServedMonth {
  /** YYYY-MM */
  month: string;
  /** Self-served a day. */
  reset: number;
  unlock?: number;
  fellBack?: number;
  settling?: number;
  adminResets?: number;
  /** Password tickets of the month; left out: none imported. */
  tickets?: number;
  otherTickets?: number | null;
}

/** Stores months of resets, read from the first of them up to `until` (UTC milliseconds), and one import of their tickets. */
export async function storeServedMonths(
  { store: { t }, tenantId, tx }: Pick<HeldLease, 'store' | 'tenantId'> & Pick<HeldLease, 'tx'>,
  { months, until }: { months: readonly ServedMonth[]; until: number },
): Promise<void> {
  const first = `${months[0]?.month}-01` as Day;
  await tx(async (db) => {
    await db.insert(t.rollupState).values({ tenantId, asOf: until, madeWith: 'test' });
    await db
      .insert(t.feedWindow)
      .values({ tenantId, feed: 'resets', sinceAt: Date.parse(first), untilAt: until });
    for (const month of months)
      for (const day of daysOf(month))
        if (Date.parse(day) <= until)
          await db.insert(t.resetDaily).values({ ...dayRow(month), tenantId, day });
    const told = months.filter(({ tickets }) => tickets !== undefined);
    const [begin, end] = [told[0], told.at(-1)];
    if (!begin || !end) return;
    const days = { firstDay: daysOf(begin)[0] as Day, lastDay: daysOf(end).at(-1) as Day };
    await db.insert(t.ticketImport).values({ ...IMPORT, ...days, tenantId });
    for (const month of told) {
      const own = daysOf(month);
      await db.insert(t.ticketCount).values({
        ...{ tenantId, importId: 1, firstDay: own[0] as Day, lastDay: own.at(-1) as Day },
        ...{ password: month.tickets ?? 0, other: month.otherTickets ?? null },
      });
    }
  });
}

function daysOf({ month }: ServedMonth): Day[] {
  const first = `${month}-01` as Day;
  return daysBetween(first, bucketEnd(first, 'month'));
}

function dayRow({ reset, unlock = 0, fellBack = 0, settling = 0, adminResets = 0 }: ServedMonth) {
  const flows = {
    ...{ started: reset + unlock, completed: reset, unlocked: unlock, contactedAdmin: 0 },
    ...{ blocked: 0, notEntitled: 0, failed: 0, cancelled: 0, abandoned: 0, inProgress: 0 },
  };
  const incidents = {
    ...{ selfServedFirst: reset + unlock, selfServedRetry: 0, fellBack, incidentsAbandoned: 0 },
    ...{ settling, servedReset: reset, servedUnlock: unlock },
  };
  const admins = { adminResets, bypasses: 0, settlingBypasses: 0 };
  return { ...flows, ...incidents, ...admins, resetMs: [60_000, 120_000] };
}

const IMPORT = {
  ...{ id: 1, label: 'desk.csv', hash: '0'.repeat(64), kind: 'counts', source: 'counts' },
  ...{ mapping: {}, rows: 1, passwordTickets: 0, otherTickets: null, known: 0, refused: 0 },
  ...{ refusals: [], author: 'test', importedAt: 0, state: 'active' },
};
