import { and, eq, inArray } from 'drizzle-orm';
import { addDays, type Day, dayCutter } from '../../domain/day.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { HeldLease } from './lease.ts';
import { holidaysOf } from './public-holidays.ts';
import type { Settings } from './settings.ts';
import { readWindows } from './windows.ts';

/** Ahead of now: a forecast of 8 weeks always finds its holidays. */
const AHEAD_DAYS = 400;
/** Before the first record, where nothing is read yet. */
const BEFORE_DAYS = 400;

/** Brings the table of holidays in line with the settings: only what differs is written. */
export async function refreshHolidays(
  lease: HeldLease,
  { settings, now }: { settings: Settings; now: number },
): Promise<void> {
  const { store, tenantId } = lease;
  const { holiday } = store.t;
  const cutter = dayCutter(settings.time_zone ?? 'UTC');
  const today = cutter.dayOf(now);
  const [earliest] = await readWindows(store, store.read, { tenantId, feed: 'resets' });
  const first = earliest ? cutter.dayOf(earliest.since) : addDays(today, -BEFORE_DAYS);
  const wanted = await holidaysOf(settings, { first, last: addDays(today, AHEAD_DAYS) });
  const stored = await store.read.select().from(holiday).where(eq(holiday.tenantId, tenantId));
  const names = new Map(stored.map(({ day, name }) => [day, name]));
  const changed = wanted.filter(({ day, name }) => names.get(day) !== name);
  const keep = new Set<Day>(wanted.map(({ day }) => day));
  const gone = stored.map(({ day }) => day).filter((day) => !keep.has(day));
  if (changed.length === 0 && gone.length === 0) return;
  await lease.tx(async (db) => {
    if (gone.length > 0)
      await db
        .delete(holiday)
        .where(and(eq(holiday.tenantId, tenantId), inArray(holiday.day, gone)));
    const rows = changed.map((row) => ({ tenantId, ...row }));
    await bulkInsert(store, db, holiday, rows, { target: ['tenantId', 'day'], update: ['name'] });
  });
}
