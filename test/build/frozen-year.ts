import { eq } from 'drizzle-orm';
import { statementBody } from '../../db/queries/statement-body.ts';
import { type RollUpSettings, rollUp } from '../../db/rollups/roll-up.ts';
import { addAssumptions } from '../../db/store/assumptions.ts';
import { storeAuditRecords } from '../../db/store/audit-records.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { freezeMonth } from '../../db/store/statements.ts';
import { recordWindow } from '../../db/store/windows.ts';
import type { Store } from '../../db/store-types.ts';
import { addDays, DAY_MS, type Day, dayCutter, daysBetween, HOUR_MS } from '../../domain/day.ts';
import { DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import { addMonths, daysOfMonth, type Month } from '../../domain/statement/month.ts';
import { anAdminReset, aRecord, REASONS, RESET } from '../domain/records.ts';
import { stored } from './stored-records.ts';
import { tenantOn } from './tenants.ts';

export const YEAR = {
  timeZone: 'Europe/Vienna',
  first: '2025-03-01' as Day,
  last: '2026-03-31' as Day,
};

/** Months of the year, oldest first; two of them are those in which clocks turn. */
export const MONTHS: Month[] = Array.from({ length: 13 }, (_, i) => addMonths('2025-03', i));

/** Not read: 4 to 6 July 2025. */
const GAP = { first: '2025-07-04' as Day, last: '2025-07-06' as Day };

const CUTTER = dayCutter(YEAR.timeZone);
export const AS_OF = CUTTER.endOf(YEAR.last) + 5 * DAY_MS;

export const OWN_SET = {
  ...DEFAULT_SET,
  money: {
    ...DEFAULT_SET.money,
    ...{ currency: 'EUR', userHourlyRate: 40, monthlyCost: 100 },
    desk: { basis: 'own' as const, hourlyRate: 48 },
  },
};

/**
 * A tenant with a year of audit records on every fourth day, more from month to month; a failed try on every twelfth,
 * a reset by an admin on every tenth. Tickets are imported for all months, fewer from month to month.
 */
export async function collectedYear(store: Store): Promise<HeldLease> {
  const lease = await tenantOn(store, { timeZone: YEAR.timeZone });
  const records = daysBetween(YEAR.first, YEAR.last).flatMap((day, n) => recordsOf(day, n));
  await put(lease, records, {
    windows: [
      [YEAR.first, GAP.first],
      [addDays(GAP.last, 1), null],
    ],
  });
  await importTickets(store);
  await addAssumptions(store, 1, { author: 'Ada', note: null, set: OWN_SET }, Date.UTC(2025, 2, 1));
  await work(lease);
  return lease;
}

type Records = ReturnType<typeof stored>[];

/** Stores records and notes what was read: days, the end excluded, null for as of. */
export async function put(
  lease: HeldLease,
  records: Records,
  { windows = [] }: { windows?: [Day, Day | null][] } = {},
): Promise<void> {
  await lease.tx(async (db) => {
    await storeAuditRecords(lease, db, { feed: 'resets', records, cutter: CUTTER });
    for (const [first, end] of windows) {
      const until = end === null ? AS_OF : CUTTER.startOf(end) - 1;
      const window = { tenantId: 1, feed: 'resets', since: CUTTER.startOf(first), until };
      await recordWindow(lease.store, db, window);
    }
  });
}

export async function work(lease: HeldLease, timeZone = YEAR.timeZone): Promise<void> {
  const settings: RollUpSettings = { timeZone, incidentGapHours: 24, automationAccounts: [] };
  await rollUp(lease, settings);
}

function recordsOf(day: Day, n: number): Records {
  const at = CUTTER.startOf(day) + 10 * HOUR_MS;
  const self =
    n % 4 === 0
      ? Array.from({ length: 1 + Math.floor(n / 130) }, (_, i) =>
          tryAt(at + i * HOUR_MS, n * 10 + i, n % 12 === 0 && i === 0),
        )
      : [];
  const admin = n % 10 === 0 ? [adminReset(at, n)] : [];
  return [...self.flat(), ...admin];
}

/** A flow of a person of its own: it succeeds after a minute, or is cancelled. */
export function tryAt(at: number, n: number, fails = false): Records {
  const own = { correlationId: `flow-${n}`, targetId: `person-${n}`, initiatorId: `person-${n}` };
  const begin = aRecord({ ...own, id: `${n}-0`, reason: REASONS.identified, ...instant(at) });
  const ending = instant(at + 60_000);
  const end = fails
    ? aRecord({ ...own, id: `${n}-1`, reason: REASONS.options, ...ending })
    : aRecord({ ...own, id: `${n}-1`, activity: RESET, reason: null, ...ending });
  return [stored(begin), stored(end)];
}

const adminReset = (at: number, n: number) =>
  stored(
    anAdminReset(0, { id: `admin-${n}`, targetId: `called-${n}`, ...instant(at + 5 * HOUR_MS) }),
  );

const instant = (at: number) => ({ occurredAt: at, occurredText: new Date(at).toISOString() });

/** One import of counts by month. */
async function importTickets({ t, tx }: Store): Promise<void> {
  await tx(async (db) => {
    await db.insert(t.ticketImport).values({
      ...{ tenantId: 1, id: 1, label: 'tickets of the year.csv', hash: 'ab'.repeat(32) },
      ...{
        kind: 'counts',
        source: 'counts',
        mapping: {},
        firstDay: YEAR.first,
        lastDay: YEAR.last,
      },
      ...{
        rows: 13,
        passwordTickets: 1300,
        otherTickets: null,
        known: 0,
        refused: 0,
        refusals: [],
      },
      ...{ author: 'Ada', importedAt: AS_OF, state: 'active', undoneAt: null, undoneBy: null },
    });
    for (const [n, month] of MONTHS.entries()) {
      const { first: firstDay, last: lastDay } = daysOfMonth(month);
      const tickets = { password: 100 - 5 * n, other: null };
      await db
        .insert(t.ticketCount)
        .values({ tenantId: 1, importId: 1, firstDay, lastDay, ...tickets });
    }
  });
}

/** Freezes a month as the server does. */
export async function freeze(store: Store, month: Month, timeZone = YEAR.timeZone) {
  const asked = {
    tenantId: 1,
    tenant: 'Contoso',
    timeZone,
    sample: false,
    program: '1.2.3',
    month,
  };
  const body = await statementBody(store, asked);
  if (!body) throw new Error('Nothing was read');
  return freezeMonth(store, 1, { body, author: 'Grace', madeAt: AS_OF });
}

/** Everything but the tenant and its statements is lost. */
export async function forgetAll(store: Store): Promise<void> {
  const { tenant: _, statement: __, ...rest } = store.t;
  await store.tx(async (db) => {
    for (const table of Object.values(rest)) {
      if ('tenantId' in table) await db.delete(table).where(eq(table.tenantId, 1));
    }
  });
}
