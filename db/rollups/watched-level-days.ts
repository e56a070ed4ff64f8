import { setImmediate as others } from 'node:timers/promises';
import { and, eq, gte, inArray } from 'drizzle-orm';
import { addDays, type Day } from '../../domain/day.ts';
import { type DailyTold, dailyDetector } from '../../domain/surveillance/daily-detector.ts';
import type { DailyCount } from '../../domain/surveillance/daily-series.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import type { HeldLease } from '../store/lease.ts';
import type { WatchedBucket } from './watched-buckets.ts';
import { type LevelRow, type LevelWriter, madeWithOf } from './watched-level-rows.ts';
import type { SeriesCounts } from './watched-series.ts';

/** Days judged at once: as long as nobody else is served. */
const AT_ONCE = 28;
/** Newest days that are looked at first: the earlier ones have seldom changed. */
const RECENT_DAYS = 8;

interface DaysInput {
  timeZone: string;
  days: readonly WatchedBucket[];
  series: ReadonlyMap<SeriesName, SeriesCounts>;
  writer: LevelWriter;
  onSeries: (done: number, of: number) => void;
}

/**
 * Judges the days of each series by all days before them. A baseline reaches back three years, so a late record has its
 * day and all later ones judged anew. What a day was made with is chained: it holds all days up to it, and oldest days
 * are written first, so that a killed run goes on where it stopped, and one day that is as it was vouches for those before.
 */
export async function levelDays(
  lease: HeldLease,
  { timeZone, days, series, writer, onSeries }: DaysInput,
): Promise<number> {
  const last = days.at(-1)?.day;
  if (last === undefined) return 0;
  const recent = await stored(lease, [...series.keys()], addDays(last, 1 - RECENT_DAYS));
  // Series alike, as those without any count, are judged once.
  const known = new Map<string, DailyTold[]>();
  let [judged, done] = [0, 0];
  for (const [name, counts] of series) {
    const points = days.map(({ day, key, collected, holiday }) => {
      return { day, count: collected ? (counts.get(key) ?? 0) : null, holiday };
    });
    const madeWith = chainOf(points, timeZone);
    let from = firstChanged(points, madeWith, recent.get(name));
    if (from === null) {
      const all = await stored(lease, [name], days[0]?.day ?? last);
      from = firstChanged(points, madeWith, all.get(name)) ?? 0;
    }
    judged += points.length - from;
    for (let begin = from; begin < points.length; begin += AT_ONCE) {
      const end = Math.min(begin + AT_ONCE, points.length);
      const key = `${begin} ${madeWith(end - 1)}`;
      const told = known.get(key) ?? (await toldOf(points.slice(0, end), begin));
      known.set(key, told);
      const rows = told.flatMap((one, i) => rowOf(lease, name, one, madeWith(begin + i)));
      const [first, to] = [points[begin]?.day ?? last, points[end - 1]?.day ?? last];
      await writer.put({ bucket: 'day', series: name, first, last: to, since: 0, rows });
    }
    onSeries(++done, series.size);
  }
  return judged;
}

/** What is told of the days from the place `begin` on; lets others be served first. */
async function toldOf(points: DailyCount[], begin: number): Promise<DailyTold[]> {
  await others();
  return dailyDetector(points, { newest: points.length - begin });
}

/** What each series' days from `since` on were made with. */
async function stored(
  { store, tenantId }: HeldLease,
  names: SeriesName[],
  since: Day,
): Promise<Map<SeriesName, Map<Day, string>>> {
  const { watchedLevel: told } = store.t;
  const rows = await store.read
    .select({ series: told.series, day: told.day, madeWith: told.madeWith })
    .from(told)
    .where(
      and(
        ...[eq(told.tenantId, tenantId), eq(told.bucket, 'day')],
        ...[inArray(told.series, names), gte(told.day, since)],
      ),
    );
  const known = new Map<SeriesName, Map<Day, string>>();
  for (const [name, own] of Map.groupBy(rows, ({ series }) => series))
    known.set(name, new Map(own.map(({ day, madeWith }) => [day, madeWith])));
  return known;
}

/** What a day is made with, by its place: itself and all days before it. */
function chainOf(points: readonly DailyCount[], timeZone: string): (at: number) => string {
  const texts = points.map(({ day, count, holiday }) => `${day} ${count}${holiday ? ' free' : ''}`);
  const before = [timeZone];
  const upTo = (block: number, end: number): string =>
    madeWithOf(before[block] ?? '', ...texts.slice(block * AT_ONCE, end));
  for (let block = 0; (block + 1) * AT_ONCE <= points.length; block++)
    before.push(upTo(block, (block + 1) * AT_ONCE));
  return (at) => upTo(Math.floor(at / AT_ONCE), at + 1);
}

/** The place of the first day that must be judged; null: none of those known is as it was. */
function firstChanged(
  points: readonly DailyCount[],
  madeWith: (at: number) => string,
  known: ReadonlyMap<Day, string> = new Map(),
): number | null {
  const asItWas = ({ day, count }: DailyCount, at: number) =>
    known.get(day) === (count === null ? undefined : madeWith(at));
  const vouching = points.findIndex(
    (point, at) => point.count !== null && known.has(point.day) && asItWas(point, at),
  );
  if (vouching === -1) return null;
  const changed = points.slice(vouching).findIndex((point, i) => !asItWas(point, vouching + i));
  return changed === -1 ? points.length : vouching + changed;
}

/** Days not collected keep no row. */
function rowOf(
  { tenantId }: HeldLease,
  series: SeriesName,
  { day, observed, level: _, agreed: __, ...told }: DailyTold,
  madeWith: string,
): LevelRow[] {
  if (observed === null) return [];
  const key = { tenantId, bucket: 'day' as const, series, day, startAt: 0 };
  return [{ ...key, observed, ...told, slow: false, madeWith }];
}
