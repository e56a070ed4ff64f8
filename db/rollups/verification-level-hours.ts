import { and, eq } from 'drizzle-orm';
import { addDays, type Day, dayCutter, HOUR_MS, weekdayOf } from '../../domain/day.ts';
import { hourlyDetector } from '../../domain/surveillance/hourly-detector.ts';
import type { HeldLease } from '../store/lease.ts';
import type { CountedBucket, LevelRow, SeriesInput } from './verification-level-rows.ts';
import { countedBuckets, madeWithOf, replaceLevels } from './verification-level-rows.ts';

/** Days before a week that its hours are judged by: ten weeks, and the days that a baseline and the slow test look back. */
export const REACH_DAYS = 76;

interface HoursInput extends SeriesInput {
  /** Monday of the first week to judge; hours before it are only history. */
  firstWeek: Day;
}

/**
 * Judges hours week by week, one transaction each, by the `REACH_DAYS` before: a late record has the hours of its own week
 * and of the eleven weeks after it judged anew. The weeks begin on Mondays, so that the answer is the same whenever it is asked for.
 */
export async function levelHours(lease: HeldLease, input: HoursInput): Promise<number> {
  const points = await countedBuckets(lease, 'hour', input);
  const byDay = Map.groupBy(points, ({ day }) => day);
  const digests = new Map([...byDay].map(([day, hours]) => [day, digestOf(hours)]));
  const known = await stored(lease);
  let judged = 0;
  for (let week = input.firstWeek; week <= input.last; week = addDays(week, 7)) {
    const last = addDays(week, 6);
    const reach = [...byDay.keys()].filter(
      (day) => day >= addDays(week, -REACH_DAYS) && day <= last,
    );
    const madeWith = madeWithOf(input.timeZone, ...reach.map((day) => digests.get(day) ?? ''));
    const own = reach.filter((day) => day >= week);
    // A day without an hour that was collected keeps no row.
    const isDone = own.every((day) => {
      const wanted = byDay.get(day)?.some(({ count }) => count !== null) ? madeWith : '';
      return [...(known.get(day) ?? [''])].join() === wanted;
    });
    if (isDone) continue;
    const hours = reach.flatMap((day) => byDay.get(day) ?? []);
    const rows = levelsOf(hours, { ...input, tenantId: lease.tenantId, week, madeWith });
    await lease.tx((db) => replaceLevels(lease, db, { bucket: 'hour', first: week, last, rows }));
    judged += rows.length;
  }
  return judged;
}

function digestOf(hours: readonly CountedBucket[]): string {
  return madeWithOf(
    ...hours.map(({ startAt, count, holiday }) => `${startAt} ${count} ${holiday}`),
  );
}

/** By day: what its hours were made with. */
async function stored({ store, tenantId }: HeldLease): Promise<Map<Day, Set<string>>> {
  const { verificationLevel: told } = store.t;
  const rows = await store.read
    .selectDistinct({ day: told.day, madeWith: told.madeWith })
    .from(told)
    .where(and(eq(told.tenantId, tenantId), eq(told.bucket, 'hour')));
  const known = new Map<Day, Set<string>>();
  for (const { day, madeWith } of rows)
    known.set(day, (known.get(day) ?? new Set<string>()).add(madeWith));
  return known;
}

/** Of the collected hours from `week` on. */
function levelsOf(
  hours: readonly CountedBucket[],
  {
    timeZone,
    tenantId,
    week,
    madeWith,
  }: { timeZone: string; tenantId: number; week: Day; madeWith: string },
): LevelRow[] {
  const cutter = dayCutter(timeZone);
  const counts = hours.map(({ day, startAt, count, holiday }) => ({
    ...{ at: startAt, count, holiday },
    ...{ localHour: cutter.localHourOf(startAt), weekday: weekdayOf(day) - 1 },
  }));
  const dayOf = new Map(hours.map(({ day, startAt }) => [startAt, day]));
  const begin = hours.find(({ day }) => day >= week)?.startAt ?? 0;
  const newest = ((hours.at(-1)?.startAt ?? 0) - begin) / HOUR_MS + 1;
  return hourlyDetector(counts, { newest }).flatMap((told): LevelRow[] => {
    const day = dayOf.get(told.at);
    if (told.observed === null || day === undefined) return [];
    const { expected, upper, level } = told;
    const p = told.window === 24 ? told.slowP : told.p;
    const key = { tenantId, bucket: 'hour', day, startAt: told.at };
    return [{ ...key, expected, upper, p, level, madeWith }];
  });
}
