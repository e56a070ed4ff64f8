import { and, eq, gt, lt, or, sql } from 'drizzle-orm';
import { addDays, bucketStart, type Day, dayCutter } from '../../domain/day.ts';
import { isJudged } from '../../domain/surveillance/judged-series.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import { holidays } from '../queries/holidays.ts';
import { workedOut } from '../queries/worked-out.ts';
import type { HeldLease } from '../store/lease.ts';
import { type WatchedBucket, watchedBuckets } from './watched-buckets.ts';
import { levelDays } from './watched-level-days.ts';
import { levelHours } from './watched-level-hours.ts';
import { LevelWriter } from './watched-level-rows.ts';
import { type SeriesCounts, watchedSeries } from './watched-series.ts';
import { REACH_DAYS } from './watched-weeks.ts';

/** Weeks whose hours are judged, the running one included: at least 84 days. */
const WEEKS = 13;

interface Options {
  timeZone: string;
  onProgress?: (doing: string) => void;
}

/** How much was judged, over all series. */
export interface LevelsMade {
  series: number;
  days: number;
  hours: number;
}

/**
 * Judges every watched series by what was usual before: all collected days, and the hours of the last 13 weeks. Only what
 * is new, or what a late record, a holiday or another zone can have changed, is judged anew, and the rows are always those
 * that judging everything would give. Series that are no longer judged lose theirs.
 */
export async function levelSeries(
  lease: HeldLease,
  { timeZone, onProgress = () => undefined }: Options,
): Promise<LevelsMade> {
  const { store, tenantId } = lease;
  const { asOf, windows } = await workedOut(store, tenantId);
  const since = windows[0]?.since;
  if (asOf === null || since === undefined) return { series: 0, days: 0, hours: 0 };
  const cutter = dayCutter(timeZone);
  const [first, last] = [cutter.dayOf(since), cutter.dayOf(asOf)];
  const free = await holidays(store, { tenantId, first, last });
  const span = { timeZone, asOf, windows, holidays: new Set(free.map(({ day }) => day)), last };
  const firstWeek = addDays(bucketStart(last, 'week'), -7 * (WEEKS - 1));
  const read = addDays(firstWeek, -REACH_DAYS);
  const reach = read > first ? read : first;
  const [days, hours] = [
    watchedBuckets('day', { ...span, first }),
    watchedBuckets('hour', { ...span, first: reach }),
  ];
  const series = judgedOf(await watchedSeries(lease, 'day', { first, last }), days);
  await forget(lease, { bucket: 'day', series: [...series.keys()], first, last });
  await forget(lease, { bucket: 'hour', series: [...series.keys()], first: firstWeek, last });
  const writer = new LevelWriter(lease);
  const counted = (what: string) => (done: number, of: number) =>
    onProgress(`judging what is watched, ${what} (${done} of ${of})`);
  const judgedDays = await levelDays(lease, {
    ...{ timeZone, days, series, writer, onSeries: counted('days of series') },
  });
  const byHour = await watchedSeries(lease, 'hour', { first: reach, last });
  const hourly = new Map([...series.keys()].map((name) => [name, byHour.get(name) ?? new Map()]));
  const judgedHours = await levelHours(lease, {
    ...{ timeZone, hours, firstWeek, series: hourly, writer, onWeek: counted('hours of weeks') },
  });
  await writer.flush();
  return { series: series.size, days: judgedDays, hours: judgedHours };
}

/** Only those that are judged, in one fixed order. */
function judgedOf(
  all: ReadonlyMap<SeriesName, SeriesCounts>,
  days: readonly WatchedBucket[],
): Map<SeriesName, SeriesCounts> {
  return new Map(
    [...all]
      .filter(([name, counts]) => {
        const own = days.map(({ key, collected }) => (collected ? (counts.get(key) ?? 0) : null));
        return isJudged(name, own);
      })
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

interface Judged {
  bucket: 'day' | 'hour';
  series: SeriesName[];
  first: Day;
  last: Day;
}

/** Removes what stands outside the days and series that are judged: much of it at most after a change of zone. */
async function forget(lease: HeldLease, { bucket, series, first, last }: Judged): Promise<void> {
  const { store, tenantId } = lease;
  const { watchedLevel: told } = store.t;
  const stored = await store.read
    .select({
      series: told.series,
      first: sql<Day>`min(${told.day})`,
      last: sql<Day>`max(${told.day})`,
    })
    .from(told)
    .where(and(eq(told.tenantId, tenantId), eq(told.bucket, bucket)))
    .groupBy(told.series);
  for (const own of stored) {
    const isOut = !series.includes(own.series) || own.first < first || own.last > last;
    if (!isOut) continue;
    const outside = series.includes(own.series)
      ? [or(lt(told.day, first), gt(told.day, last))]
      : [];
    const all = [eq(told.tenantId, tenantId), eq(told.bucket, bucket)];
    await lease.tx(async (db) => {
      await db.delete(told).where(and(...all, eq(told.series, own.series), ...outside));
    });
  }
}
