import { and, eq, sql } from 'drizzle-orm';
import { type Day, weekdayOf } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import { isOfficeDay, isOfficeHour } from '../../domain/office-hours.ts';
import type { Share } from '../../domain/share.ts';
import type { Settings } from '../store/settings.ts';
import type { Store } from '../store-types.ts';
import { collectedPeriod, onDays } from './collected-period.ts';
import { holidayDays } from './holidays.ts';
import { officeHours } from './office-hours.ts';
import type { PeriodInput } from './reset-days.ts';

const COUNTS = ['flows', 'incidents', 'selfServed'] as const;
type Counts = Record<(typeof COUNTS)[number], number>;

/**
 * When people need a password: flows and incidents of a period by weekday and hour of the tenant's zone in which
 * they began, and how many outside office hours. Null and shares of nothing where no day was collected. Reads at
 * most 24 rows a day.
 */
export async function resetsHours(store: Store, input: PeriodInput & { defaults: Settings }) {
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { asOf, days } = await collectedPeriod(at, input);
    const hours = await officeHours(at, input.tenantId, input.defaults);
    const holidays = await holidayDays(at, input);
    const rows = days.length === 0 ? [] : await rowsOf(at, input.tenantId, days);
    const officeDays = new Set(days.filter((day) => isOfficeDay(day, hours, holidays)));
    const outside = rows.filter(
      ({ day, hour }) => !(officeDays.has(day) && isOfficeHour(hour, hours)),
    );
    return {
      asOf: isoTextOrNull(asOf),
      daysCollected: days.length,
      timeZone: input.timeZone,
      officeHours: hours,
      holidays: holidays.size,
      cells: days.length === 0 ? null : cellsOf(rows),
      outside: {
        flows: shareOf('flows', outside, rows),
        incidents: shareOf('incidents', outside, rows),
        selfServed: shareOf('selfServed', outside, rows),
      },
    };
  });
}

type HourRow = Counts & { day: Day; hour: number };

function rowsOf(store: Store, tenantId: number, days: readonly Day[]): Promise<HourRow[]> {
  const { resetHour } = store.t;
  return store.read
    .select({
      day: resetHour.day,
      hour: resetHour.hour,
      flows: resetHour.flows,
      incidents: resetHour.incidents,
      selfServed: resetHour.selfServed,
    })
    .from(resetHour)
    .where(and(eq(resetHour.tenantId, tenantId), onDays(store, sql`${resetHour.day}`, days)))
    .then((rows) => rows as HourRow[]);
}

function cellsOf(rows: readonly HourRow[]) {
  const groups = Map.groupBy(rows, ({ day, hour }) => weekdayOf(day) * 24 + hour);
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([key, group]) => ({
      weekday: Math.floor(key / 24),
      hour: key % 24,
      flows: sum('flows', group),
      incidents: sum('incidents', group),
      selfServed: sum('selfServed', group),
    }))
    .filter((cell) => COUNTS.some((name) => cell[name] > 0));
}

const sum = (name: keyof Counts, rows: readonly Counts[]) =>
  rows.reduce((all, row) => all + row[name], 0);

const shareOf = (name: keyof Counts, part: readonly Counts[], whole: readonly Counts[]): Share => ({
  part: sum(name, part),
  whole: sum(name, whole),
});
