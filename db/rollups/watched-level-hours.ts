import { setImmediate as others } from 'node:timers/promises';
import { addDays, type Day } from '../../domain/day.ts';
import { type HourlyTold, hourlyDetector } from '../../domain/surveillance/hourly-detector.ts';
import type { HourlyCount } from '../../domain/surveillance/hourly-series.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import type { HeldLease } from '../store/lease.ts';
import type { WatchedBucket } from './watched-buckets.ts';
import type { LevelRow, LevelWriter } from './watched-level-rows.ts';
import { type HoursSaid, hoursSaid, saidOf } from './watched-level-said.ts';
import type { SeriesCounts } from './watched-series.ts';
import { hoursMadeWith, type WatchedWeek, watchedWeeks } from './watched-weeks.ts';

interface HoursInput {
  timeZone: string;
  /** From `REACH_DAYS` before `firstWeek`, as far as there are any. */
  hours: readonly WatchedBucket[];
  /** Monday of the first week to judge; hours before it are only history. */
  firstWeek: Day;
  series: ReadonlyMap<SeriesName, SeriesCounts>;
  writer: LevelWriter;
  onWeek: (done: number, of: number) => void;
}

/**
 * Judges the hours of each series week by week, by the `REACH_DAYS` before: a late record has the later hours of its own
 * week and of the eleven weeks after it judged anew; where only the last hours are new, only they are judged. The weeks
 * begin on Mondays, and on Mondays the slow test forgets that it was silent, so that the answer is the same whenever it
 * is asked for.
 */
export async function levelHours(lease: HeldLease, input: HoursInput): Promise<number> {
  const weeks = watchedWeeks(input.hours, input);
  const newest = weeks.at(-1);
  if (!newest) return 0;
  const said = await hoursSaid(lease, [...input.series.keys()], {
    since: addDays(newest.first, -1),
    ends: weeks.flatMap(({ own }) => own.findLast(({ collected }) => collected) ?? []),
  });
  const all: (Omit<OneSeries, 'madeWith' | 'told'> & HashedSeries)[] = [];
  for (const [series, counts] of input.series) {
    await others();
    all.push({
      ...{ series, counts, said: said.get(series) ?? new Map(), writer: input.writer },
      madeWithOf: hoursMadeWith(counts),
    });
  }
  let judged = 0;
  for (const [done, week] of weeks.entries()) {
    const told: ToldHours = new Map();
    for (const one of all)
      judged += await levelWeek(lease, week, { ...one, madeWith: one.madeWithOf(week), told });
    input.onWeek(done + 1, weeks.length);
  }
  return judged;
}

interface HashedSeries {
  madeWithOf: (week: WatchedWeek) => (at: number) => string;
}

/** What was told of a week's hours, by what they were made with: series alike, as those without any count, are judged once. */
type ToldHours = Map<string, HourlyTold[]>;

interface OneSeries {
  series: SeriesName;
  counts: SeriesCounts;
  said: HoursSaid;
  madeWith: (at: number) => string;
  writer: LevelWriter;
  told: ToldHours;
}

async function levelWeek(
  { tenantId }: HeldLease,
  week: WatchedWeek,
  { series, counts, said, madeWith, writer, told }: OneSeries,
): Promise<number> {
  const { first, last, own } = week;
  const from = firstChanged(own, madeWith, said);
  const begin = own[from];
  if (begin === undefined) return 0;
  const key = `${from} ${madeWith(own.length - 1)}`;
  const hours = told.get(key) ?? (await toldOf(week, from, { counts, said }));
  told.set(key, hours);
  const rows = hours.flatMap((one, i): LevelRow[] => {
    const hour = own[from + i];
    if (one.observed === null || hour === undefined) return [];
    return [rowOf(one, { tenantId, series, day: hour.day, madeWith: madeWith(from + i) })];
  });
  for (const row of rows) said.set(row.startAt, saidOf(row));
  // What another zone called its hours goes with the whole week.
  const part = from === 0 ? { first, since: 0 } : { first: begin.day, since: begin.startAt };
  await writer.put({ bucket: 'hour', series, ...part, last, rows });
  return rows.length;
}

/** What is told of the hours from the place `from` on; lets others be served first. */
async function toldOf(
  { own, reach }: WatchedWeek,
  from: number,
  { counts, said }: Pick<OneSeries, 'counts' | 'said'>,
): Promise<HourlyTold[]> {
  await others();
  const monday = own[0]?.startAt ?? 0;
  const hours = [...reach, ...own].map((hour) => countOf(hour, counts));
  return hourlyDetector(hours, {
    newest: own.length - from,
    known: (at) => {
      const known = said.get(at);
      return known ? { ...known, slow: known.slow && at >= monday } : null;
    },
  });
}

/** The place of the first hour that must be judged: the one after the last that is as it was, which vouches for those before. */
function firstChanged(
  own: readonly WatchedBucket[],
  madeWith: (at: number) => string,
  said: HoursSaid,
): number {
  const isKnown = ({ startAt, collected }: WatchedBucket, at: number) => {
    const known = collected ? said.get(startAt) : undefined;
    return known !== undefined && known.madeWith === madeWith(at);
  };
  const from = own.findLastIndex(isKnown) + 1;
  return own.slice(from).some(({ collected }) => collected) ? from : own.length;
}

function countOf(
  { startAt, key, collected, holiday, localHour, weekday }: WatchedBucket,
  counts: SeriesCounts,
): HourlyCount {
  const count = collected ? (counts.get(key) ?? 0) : null;
  return { at: startAt, count, holiday, localHour, weekday };
}

function rowOf(
  { at, p, slowP, level: _, ...told }: HourlyTold,
  key: Pick<LevelRow, 'tenantId' | 'series' | 'day' | 'madeWith'>,
): LevelRow {
  const { observed, expected, upper, window, windowObserved, windowExpected, slow } = told;
  return {
    ...key,
    ...{ bucket: 'hour', startAt: at, observed: observed ?? 0, expected, upper },
    ...{ p: slow ? slowP : p, window, windowObserved, windowExpected, slow, farrington: null },
  };
}
