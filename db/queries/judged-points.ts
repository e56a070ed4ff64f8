import { setImmediate as others } from 'node:timers/promises';
import { and, eq, gte, inArray, isNotNull, lte, or, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { JudgedPoint } from '../../domain/surveillance/level-of.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import type { Store } from '../store-types.ts';
import { judgedSeries, storedSeries } from './judged-series.ts';

export interface JudgedPoints {
  /** What may be unusual, in order of time; the others are not. */
  points: JudgedPoint[];
  /** How many series of a bucket were judged on a day. */
  judged: (bucket: 'day' | 'hour', day: Day) => number;
}

interface Asked {
  tenantId: number;
  bucket: 'hour' | 'day';
  first: Day;
  last: Day;
}

/**
 * The days and hours from `first` to `last` that any settings may call unusual, over all watched series. Others have
 * their turn in between: not inside a snapshot.
 */
export async function judgedPoints(
  store: Store,
  { tenantId, first, last }: Omit<Asked, 'bucket'>,
): Promise<JudgedPoints> {
  const found: JudgedPoint[] = [];
  const judged = new Map<string, number>();
  for (const bucket of ['day', 'hour'] as const) {
    const { points, series } = await bucketPoints(store, { tenantId, bucket, first, last });
    found.push(...points);
    for (const [day, count] of series) judged.set(`${bucket} ${day}`, count);
  }
  return { points: found, judged: (bucket, day) => judged.get(`${bucket} ${day}`) ?? 0 };
}

/** The same of days or of hours alone, with how many series were judged on each day. */
export async function bucketPoints(
  store: Store,
  asked: Asked,
): Promise<{ points: JudgedPoint[]; series: ReadonlyMap<Day, number> }> {
  const unusual = await unusualPoints(store, asked);
  await others();
  const voted = asked.bucket === 'day' ? await votedPoints(store, asked) : [];
  await others();
  const series = await judgedSeries(store, asked);
  await others();
  return { points: [...unusual, ...voted].sort(inOrder), series };
}

/** Days or hours with a chance under 0.05, and those of a slow spray, by their own index. */
async function unusualPoints(store: Store, asked: Asked): Promise<JudgedPoint[]> {
  const { watchedLevel: told } = store.t;
  const rows = await store.read
    .select()
    .from(told)
    .where(and(within(store, asked), or(sql`p < 0.05`, sql`slow`)));
  return rows.flatMap((row) => toPoint(row) ?? []);
}

/** Days that Farrington's bound alone finds unusual, by the key of their series. */
async function votedPoints(store: Store, asked: Asked): Promise<JudgedPoint[]> {
  const { watchedLevel: told } = store.t;
  const series = (await storedSeries(store, asked)) as SeriesName[];
  if (series.length === 0) return [];
  const rows = await store.read
    .select()
    .from(told)
    .where(
      and(
        ...[within(store, asked), inArray(told.series, series)],
        ...[eq(told.farrington, true), gte(told.p, 0.05), eq(told.slow, false)],
      ),
    );
  return rows.flatMap((row) => toPoint(row) ?? []);
}

function within({ t: { watchedLevel: told } }: Store, { tenantId, bucket, first, last }: Asked) {
  return and(
    ...[eq(told.tenantId, tenantId), eq(told.bucket, bucket)],
    ...[gte(told.day, first), lte(told.day, last), isNotNull(told.expected)],
  );
}

function inOrder(a: JudgedPoint, b: JudgedPoint): number {
  return compare(a.day, b.day) || a.startAt - b.startAt || compare(a.series, b.series);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Null where it was not judged: too little history before it. */
function toPoint(row: Store['t']['watchedLevel']['$inferSelect']): JudgedPoint | null {
  const { expected, upper, p, window, windowObserved, windowExpected } = row;
  if (expected === null || upper === null || p === null) return null;
  const { bucket, series, day, startAt, observed, slow, farrington } = row;
  return {
    ...{ bucket, series, day, startAt, observed, slow, farrington },
    ...{ expected, upper, p, window: window ?? 1 },
    windowObserved: windowObserved ?? observed,
    windowExpected: windowExpected ?? expected,
  };
}
