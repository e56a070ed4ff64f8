import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { raiseAlerts } from '../../db/rollups/raise-alerts.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import { levelSeries } from '../../db/rollups/watched-levels.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { asJob, openTimed, type TransactionTimes } from '../collecting.ts';
import { median } from '../statistics.ts';
import { fillKnownPeople, storeHour } from '../surveillance/busy-hour.ts';
import { fillBusyTenant, SETTINGS, UTC } from '../surveillance/busy-tenant.ts';

export interface WatchHourInput {
  database: string;
  /** Days whose flows are stored, and days whose counts are: whole weeks both. */
  days: number;
  countedDays: number;
  flowsPerDay: number;
  /** Hours of a Monday that are collected and judged, from 08:00 UTC on. */
  hours: number;
}

/** Of an hour, the middle one; milliseconds. */
export interface WatchHour {
  /** Counting its records, judging all series, raising alerts. */
  rollUpMs: number;
  levelsMs: number;
  alertsMs: number;
  wholeMs: number;
  /** Mean and square of the same hour of eight weeks of each series, in two statements. */
  plainMs: number;
  /** The longest transaction of all of these. */
  longestMs: number;
  /** Judging all days and 13 weeks of hours, and raising their alerts, for the first time. */
  firstLevelsMs: number;
  firstAlertsMs: number;
  series: number;
  flows: number;
}

/** A Monday. */
const BEGIN = Date.UTC(2026, 2, 2);
const FIRST_HOUR = 8;
/** Every third hour. */
const ATTACKED = 600;
const PLAIN_WEEKS = 8;

/** Judges hours of a busy tenant as they are collected. */
export async function watchHour(input: WatchHourInput): Promise<WatchHour> {
  const { store, times } = await openTimed(input.database);
  const { days, countedDays, flowsPerDay, hours: count } = input;
  const measured = await asJob(store, BEGIN, async (lease) => {
    const until = BEGIN;
    await fillBusyTenant(lease, { until, days, countedDays, flowsPerDay });
    await fillKnownPeople(lease);
    times.longestMs = 0;
    let series = 0;
    const firstLevelsMs = await timed(async () => {
      series = (await levelSeries(lease, UTC)).series;
    });
    const firstAlertsMs = await timed(() => raise(lease, BEGIN));
    const hours: HourTimes[] = [];
    for (let n = 0; n < count; n++) hours.push(await oneHour(lease, times, { n, flowsPerDay }));
    const middle = (part: keyof HourTimes) => median(hours.map((one) => one[part]));
    return {
      ...{ rollUpMs: middle('rollUpMs'), levelsMs: middle('levelsMs') },
      ...{ alertsMs: middle('alertsMs'), wholeMs: middle('wholeMs'), plainMs: middle('plainMs') },
      ...{ longestMs: times.longestMs, firstLevelsMs, firstAlertsMs, series },
      flows: days * flowsPerDay,
    };
  });
  await store.close();
  return measured;
}

interface Hour {
  n: number;
  flowsPerDay: number;
}

type HourTimes = Pick<WatchHour, 'rollUpMs' | 'levelsMs' | 'alertsMs' | 'wholeMs' | 'plainMs'>;

async function oneHour(
  lease: HeldLease,
  times: TransactionTimes,
  { n, flowsPerDay }: Hour,
): Promise<HourTimes> {
  const at = BEGIN + (FIRST_HOUR + n) * HOUR_MS;
  const longestMs = times.longestMs;
  await storeHour(lease, {
    at,
    flows: Math.round(flowsPerDay / 10),
    attacked: n % 3 === 2 ? ATTACKED : 0,
  });
  times.longestMs = longestMs; // storing records is not what is measured
  const rollUpMs = await timed(() => rollUp(lease, SETTINGS));
  const levelsMs = await timed(() => levelSeries(lease, UTC));
  const alertsMs = await timed(() => raise(lease, at + HOUR_MS));
  const plainMs = await timed(() => plainScores(lease, at));
  return { rollUpMs, levelsMs, alertsMs, wholeMs: rollUpMs + levelsMs + alertsMs, plainMs };
}

const raise = (lease: HeldLease, now: number) =>
  raiseAlerts(lease, { timeZone: UTC.timeZone, now, newId: randomUUID });

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** What the plainest watch would read: each series at the same hour of the weeks before. */
async function plainScores({ store, tenantId }: HeldLease, at: number): Promise<void> {
  const { dialect, read } = store;
  const hours = Array.from({ length: PLAIN_WEEKS }, (_, n) => at - 7 * (n + 1) * DAY_MS);
  const when = sql`tenant_id = ${tenantId} and bucket = 'hour'
    and day in ${dialect.inList(hours.map((hour) => UTC.dayOf(hour)))} and start_at in ${dialect.inList(hours)}`;
  await dialect.rows(
    read,
    sql`select series, avg(count), avg(count * count) from watched_count where ${when} group by series`,
  );
  await dialect.rows(
    read,
    sql`select method, avg(failed), avg(failed * failed) from verification_count where ${when} group by method`,
  );
}
