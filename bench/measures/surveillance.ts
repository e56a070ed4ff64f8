import { join } from 'node:path';
import type { Measure } from '../bench.ts';
import { inChild } from '../child.ts';
import { PLANTED } from '../surveillance/made-up-attempts.ts';
import { type NightScore, nightBursts } from '../surveillance/night-bursts.ts';
import { judged, type Row, row } from '../table.ts';
import { figure, megabytes, ms, percent, seconds, times } from '../words.ts';

/** Totals, methods, countries and reasons of a tenant: as many as are ever judged together. */
const SERIES = 40;
const STEP_MOST_MS = 1_000;
const BACKTEST_MOST_MS = 30_000;
const TRANSACTION_MOST_MS = 50;
/** A million flows a year, as a million people make them; flows of 16 weeks are what an alert looks back on. */
const BUSY = { days: 112, countedDays: 3 * 364, flowsPerDay: 2740, hours: 6 };
const BUSY_QUICK = { days: 28, countedDays: 112, flowsPerDay: 200, hours: 3 };
const PLAIN = 'mean and deviation of the same time of 8 weeks';
const FALSE_SHARES = [0.003, 0.013];

/**
 * What the detectors of failed verifications take: the newest hour of every series, and three years of days told again.
 * And what the series of people and addresses bring: events found at the same share of false hours.
 */
export const surveillanceMeasure: Measure = async ({ quick, folder }) => {
  const { result, peakBytes, loadedBytes } = await inChild('judgeSeries', { series: SERIES });
  const floorOf = (plainMs: number): string => `${PLAIN} ${ms(plainMs)}`;
  return [
    judged(
      {
        what: `failed verifications, the newest hour of ${SERIES} series`,
        ...{ ours: seconds(result.hourMs), floor: floorOf(result.plainHourMs) },
        ...{ ratio: times(result.hourMs / result.plainHourMs), wanted: seconds(STEP_MOST_MS) },
      },
      { value: result.hourMs, most: STEP_MOST_MS },
    ),
    judged(
      {
        what: 'failed verifications, three years of days told again',
        ...{ ours: seconds(result.backtestMs), floor: floorOf(result.plainBacktestMs) },
        ratio: times(result.backtestMs / result.plainBacktestMs),
        wanted: seconds(BACKTEST_MOST_MS),
      },
      { value: result.backtestMs, most: BACKTEST_MOST_MS },
    ),
    row({
      what: 'failed verifications, memory of both',
      ours: megabytes(peakBytes - loadedBytes),
    }),
    ...(await hourRows(join(folder, 'watched.db'), quick ? BUSY_QUICK : BUSY)),
    ...nightBursts(quick ? 12 : 60, FALSE_SHARES).map(nightRow),
  ];
};

/** The whole step in a database: counting the records of an hour, judging every series, raising alerts. */
async function hourRows(database: string, busy: typeof BUSY): Promise<Row[]> {
  const { result } = await inChild('watchHour', { database, ...busy });
  const { wholeMs, rollUpMs, levelsMs, alertsMs, plainMs, longestMs } = result;
  const parts = `count ${ms(rollUpMs)}, judge ${ms(levelsMs)}, raise ${ms(alertsMs)}`;
  return [
    judged(
      {
        what: `failed verifications, a collected hour of ${result.series} series, ${figure(busy.flowsPerDay * 365)} flows a year: ${parts}`,
        ...{ ours: seconds(wholeMs), floor: `${PLAIN}, in SQL ${ms(plainMs)}` },
        ...{ ratio: times(wholeMs / plainMs), wanted: seconds(STEP_MOST_MS) },
      },
      { value: wholeMs, most: STEP_MOST_MS },
    ),
    judged(
      {
        what: 'failed verifications, the longest transaction of it',
        ...{ ours: ms(longestMs), wanted: ms(TRANSACTION_MOST_MS) },
      },
      { value: longestMs, most: TRANSACTION_MOST_MS },
    ),
    row({
      what: `failed verifications, ${busy.countedDays} days of ${result.series} series judged for the first time`,
      ours: `${seconds(result.firstLevelsMs)}, their alerts ${seconds(result.firstAlertsMs)}`,
    }),
  ];
}

function nightRow({ watched, falsePositive, detected }: NightScore): Row {
  const parts = PLANTED.map((type) => `${type} ${percent(detected[type])}`);
  return row({
    what: `events found at ${percent(falsePositive)} false hours: failed ${watched === 'failed' ? 'alone' : watched}`,
    ours: percent(detected.all),
    floor: parts.join(', '),
  });
}
