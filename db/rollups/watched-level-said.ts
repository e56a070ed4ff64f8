import { and, eq, gte, inArray, or } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { alertLevel, HOURLY_LEVELS } from '../../domain/surveillance/alert-level.ts';
import type { HourKnown } from '../../domain/surveillance/hourly-detector.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Store } from '../store-types.ts';

type Row = Store['t']['watchedLevel']['$inferInsert'];

type Said = Pick<Row, 'p' | 'windowObserved' | 'windowExpected' | 'slow' | 'madeWith'>;

export interface HourSaid extends HourKnown {
  madeWith: string;
}

/** What is stored of a series' hours, by their UTC start. */
export type HoursSaid = Map<number, HourSaid>;

/** What a row says to the slow test of the hours after it: levels of single hours do not depend on settings here. */
export function saidOf({
  slow,
  madeWith,
  p = null,
  windowObserved: observed = null,
  windowExpected: expected = null,
}: Said): HourSaid {
  const isTold = !slow && p !== null && observed !== null && expected !== null;
  const alarmed = isTold && alertLevel({ p, observed, expected }, HOURLY_LEVELS) !== null;
  return { slow, alarmed, madeWith };
}

/** What was said of each series: all hours from `since` on, and of those before it only `ends`. */
export async function hoursSaid(
  { store, tenantId }: HeldLease,
  names: SeriesName[],
  { since, ends }: { since: Day; ends: readonly { day: Day; startAt: number }[] },
): Promise<Map<SeriesName, HoursSaid>> {
  const { watchedLevel: told } = store.t;
  const { series, day, startAt, p, windowObserved, windowExpected, slow, madeWith } = told;
  const ended = and(
    inArray(
      day,
      ends.map((end) => end.day),
    ),
    inArray(
      startAt,
      ends.map((end) => end.startAt),
    ),
  );
  const rows = await store.read
    .select({ series, startAt, p, windowObserved, windowExpected, slow, madeWith })
    .from(told)
    .where(
      and(
        ...[eq(told.tenantId, tenantId), eq(told.bucket, 'hour'), inArray(series, names)],
        or(gte(day, since), ended),
      ),
    );
  const said = new Map<SeriesName, HoursSaid>();
  for (const [name, own] of Map.groupBy(rows, (row) => row.series))
    said.set(name, new Map(own.map((row) => [row.startAt, saidOf(row)])));
  return said;
}
