import { and, asc, eq, gte } from 'drizzle-orm';
import { dayCollected } from '../../domain/collected.ts';
import { addDays, type Day, dayCutter, daysBetween } from '../../domain/day.ts';
import type { OutlookDay } from '../../domain/forecast/reset-outlook.ts';
import type { Store } from '../store-types.ts';
import { coverageDays } from './coverage-days.ts';
import { holidayDays } from './holidays.ts';
import { workedOut } from './worked-out.ts';

/** Three years tell a yearly rhythm; more only tell of another company. */
const HISTORY_DAYS = 3 * 366;

export interface KnownDay extends OutlookDay {
  /** Settled ones; null with `incidents`. */
  fellBack: number | null;
  settled: number | null;
  /** Incidents and bypasses that are still settling. */
  settling: number;
}

/**
 * Every day from the first that was collected to the last that was collected whole, at most three years, oldest first and
 * none left out. Empty: no day was.
 */
export async function resetOutlookDays(
  store: Store,
  { tenantId, timeZone }: { tenantId: number; timeZone: string },
): Promise<KnownDay[]> {
  const { resetDaily } = store.t;
  const { windows } = await workedOut(store, tenantId);
  const [since, until] = [windows[0]?.since, windows.at(-1)?.until];
  if (since === undefined || until === undefined) return [];
  const cutter = dayCutter(timeZone);
  const isWhole = (day: Day) => dayCollected(windows, day, cutter) === 'all';
  const today = cutter.dayOf(until);
  const last = isWhole(today) ? today : addDays(today, -1);
  const oldest = addDays(last, -HISTORY_DAYS);
  const began = cutter.dayOf(since);
  const first = began > oldest ? began : oldest;
  const own = and(eq(resetDaily.tenantId, tenantId), gte(resetDaily.day, first));
  const { day: rowDay, selfServedFirst, selfServedRetry, fellBack } = resetDaily;
  const { incidentsAbandoned, settling, bypasses, settlingBypasses } = resetDaily;
  const counted = { selfServedFirst, selfServedRetry, fellBack, incidentsAbandoned };
  const columns = { day: rowDay, ...counted, settling, bypasses, settlingBypasses };
  const rows = await store.read
    .select(columns)
    .from(resetDaily)
    .where(own)
    .orderBy(asc(resetDaily.day));
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const held = await holidayDays(store, { tenantId, first, last });
  const coverage = new Map((await coverageDays(store, tenantId)).map((one) => [one.day, one]));
  const days = first > last ? [] : daysBetween(first, last);
  const known = days.map((day): KnownDay => {
    const people = coverage.get(day);
    return {
      ...countsOf(byDay.get(day), isWhole(day)),
      ...{ day, holiday: held.has(day) },
      coverage: people ? { part: people.capable, whole: people.population } : null,
    };
  });
  const begins = known.findIndex(({ incidents }) => incidents !== null);
  return begins === -1 ? [] : known.slice(begins);
}

type Row = Pick<
  Store['t']['resetDaily']['$inferSelect'],
  | 'selfServedFirst'
  | 'selfServedRetry'
  | 'fellBack'
  | 'incidentsAbandoned'
  | 'settling'
  | 'bypasses'
  | 'settlingBypasses'
>;

function countsOf(row: Row | undefined, whole: boolean) {
  if (!whole)
    return { incidents: null, bypasses: null, fellBack: null, settled: null, settling: 0 };
  if (!row) return { incidents: 0, bypasses: 0, fellBack: 0, settled: 0, settling: 0 };
  const { selfServedFirst, selfServedRetry, fellBack, incidentsAbandoned } = row;
  const settled = selfServedFirst + selfServedRetry + fellBack + incidentsAbandoned;
  return {
    incidents: settled + row.settling,
    bypasses: row.bypasses + row.settlingBypasses,
    ...{ fellBack, settled },
    settling: row.settling + row.settlingBypasses,
  };
}
