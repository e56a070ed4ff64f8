import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { bulkInsert } from '../../db/dialect/bulk.ts';
import { verificationFailures } from '../../db/queries/verification-failures.ts';
import { levelSeries } from '../../db/rollups/watched-levels.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { recordWindow } from '../../db/store/windows.ts';
import { addDays, DAY_MS, type Day, dayCutter, HOUR_MS, parseDay } from '../../domain/day.ts';
import { FURTHER_SERIES, type SeriesName, TOTAL_SERIES } from '../../domain/surveillance/series.ts';
import { FailuresResponse } from '../../server/contract/verification.ts';
import { ENGINES } from '../build/stores.ts';
import { rowsOf } from '../build/tables.ts';
import { Killed, killedAt, tenantOn } from '../build/tenants.ts';

const DAYS = 70;
const BEGIN = Date.UTC(2026, 2, 2); // a Monday
const END = BEGIN + DAYS * DAY_MS;
const UTC = 'UTC';
const dayAt = (index: number) => addDays(parseDay('2026-03-02'), index);
const BURST = { day: dayAt(60), at: BEGIN + 60 * DAY_MS + 2 * HOUR_MS };
const GAP = [dayAt(30), dayAt(31)];

/** Three or four failures on each working day; `more`: further ones. */
function failures(more: readonly number[] = []): number[] {
  const days = Array.from({ length: DAYS }, (_, index) => index).filter((index) => index % 7 < 5);
  const quiet = days.flatMap((index) =>
    [8, 10, 14, ...(index % 3 === 0 ? [16] : [])].map(
      (hour) => BEGIN + index * DAY_MS + hour * HOUR_MS,
    ),
  );
  return [...quiet, ...more];
}

const burst = (count: number, at = BURST.at) => Array<number>(count).fill(at);

/** The counts and the state that a roll-up of these failures leaves behind: all days but the gap were read. */
async function rolledUp(
  { store, tenantId }: HeldLease,
  failedAt: readonly number[],
  { timeZone = UTC, until = END }: { timeZone?: string; until?: number } = {},
): Promise<void> {
  const { verificationCount, rollupState } = store.t;
  const { dayOf } = dayCutter(timeZone);
  const read = failedAt.filter((at) => at < until && !GAP.includes(dayAt((at - BEGIN) / DAY_MS)));
  const keys = read.flatMap((at) => [`day ${dayOf(at)} 0`, `hour ${dayOf(at)} ${at}`]);
  const rows = [...Map.groupBy(keys, (key) => key)].map(([key, { length }]) => {
    const [bucket = '', day = '', startAt] = key.split(' ');
    const counts = { failed: length, people: length, addresses: 1 };
    return {
      ...{ tenantId, bucket, method: '', day: parseDay(day), startAt: Number(startAt) },
      ...counts,
    };
  });
  const gap = { since: BEGIN + 30 * DAY_MS, until: BEGIN + 32 * DAY_MS };
  await store.tx(async (db) => {
    await db.delete(verificationCount).where(eq(verificationCount.tenantId, tenantId));
    await bulkInsert(store, db, verificationCount, rows);
    const feed = { tenantId, feed: 'resets' };
    await recordWindow(store, db, { ...feed, since: BEGIN, until: gap.since - 1 });
    await recordWindow(store, db, { ...feed, since: gap.until, until });
    const state = { tenantId, asOf: until, madeWith: '' };
    await db
      .insert(rollupState)
      .values(state)
      .onConflictDoUpdate({ target: rollupState.tenantId, set: state });
  });
}

async function points(lease: HeldLease, bucket: 'day' | 'hour', first: Day, last: Day) {
  const { store, tenantId } = lease;
  const period = { tenantId, timeZone: UTC, first, last };
  const answer = await verificationFailures(store, { ...period, bucket });
  expect(FailuresResponse.safeParse(answer).error).toBeUndefined();
  return answer.points;
}

const levels = async (lease: HeldLease) =>
  (await rowsOf(lease.store, lease.tenantId, ['watchedLevel'])).watchedLevel;

describe.each(ENGINES)('what is said of watched series on %s', (_, emptyStore) => {
  test('mark a burst on its day and its hour, and tell nothing of what was not collected', async () => {
    const lease = await tenantOn(await emptyStore());
    await rolledUp(lease, failures(burst(60)));

    await levelSeries(lease, { timeZone: UTC });

    const days = await points(lease, 'day', dayAt(0), dayAt(DAYS - 1));
    const marked = days.find(({ start }) => start === BURST.day);
    expect(marked).toMatchObject({ failed: expect.any(Number), level: 'critical' });
    expect(marked?.expected).toBeLessThan(5);
    expect(marked?.upper).toBeLessThan(20);
    const before = days.filter(({ start }) => start < BURST.day);
    expect(before.filter(({ level }) => level !== null)).toEqual([]);
    expect(before.slice(0, 5).every(({ expected }) => expected === null)).toBe(true);
    expect(before.slice(14, 30).every(({ expected }) => expected !== null)).toBe(true);
    for (const gap of days.filter(({ start }) => GAP.includes(start as Day)))
      expect(gap).toMatchObject({ failed: null, expected: null, upper: null, level: null });
    const hours = await points(lease, 'hour', BURST.day, BURST.day);
    expect(hours.filter(({ level }) => level !== null)).toMatchObject([
      { start: new Date(BURST.at).toISOString(), failed: 60, level: 'critical' },
    ]);
    expect(hours.every(({ expected }) => expected !== null)).toBe(true);
  });

  test('are judged again from the day of a late record on, and not without a reason', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    await rolledUp(lease, failures());
    const first = await levelSeries(lease, { timeZone: UTC });
    const again = await levelSeries(lease, { timeZone: UTC });

    await rolledUp(lease, failures(burst(60)));
    const late = await levelSeries(lease, { timeZone: UTC });

    expect(first.series).toBe(TOTAL_SERIES.length + FURTHER_SERIES.length);
    expect(first.days).toBe(first.series * (DAYS + 1)); // the day in progress has just begun
    expect(again).toMatchObject({ days: 0, hours: 0 });
    expect(late.days).toBe(2 * (DAYS + 1 - 60)); // failed and people: an address is no more than one
    expect(late.hours).toBeGreaterThan(24);
    expect(late.hours).toBeLessThanOrEqual(3 * (2 * 7 * 24 + 1));
    const clean = await tenantOn(store, { id: 2 });
    await rolledUp(clean, failures(burst(60)));
    await levelSeries(clean, { timeZone: UTC });
    expect(await levels(lease)).toEqual(await levels(clean));
  });

  test('are those of one run, also when the hours came a few at a time', async () => {
    const store = await emptyStore();
    const [lease, clean] = [await tenantOn(store), await tenantOn(store, { id: 2 })];
    // From the Saturday before the last Monday on, an hour brings one or two more: only the slow test sees it.
    const spray = Array.from({ length: 72 }, (_, n) => BEGIN + (61 * 24 + n) * HOUR_MS);
    const all = failures([...spray, ...spray.filter((_, n) => n % 3 === 0), ...burst(60)]);
    for (let until = spray[0] ?? 0; until < BEGIN + 66 * DAY_MS; until += 7 * HOUR_MS) {
      await rolledUp(lease, all, { until });
      await levelSeries(lease, { timeZone: UTC });
    }
    for (const one of [lease, clean]) {
      await rolledUp(one, all);
      await levelSeries(one, { timeZone: UTC });
    }

    const found = await levels(lease);
    expect(found).toEqual(await levels(clean));
    const slow = (found as { startAt: number; slow: boolean }[]).filter((row) => row.slow);
    expect(slow.filter(({ startAt }) => spray.includes(startAt)).length).toBeGreaterThan(1);
  });

  test('are told of a country while it has enough counts, and of none that has not', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    const { watchedCount } = store.t;
    await rolledUp(lease, failures());
    const count = (series: SeriesName, index: number, count: number) => {
      const day = dayAt(index);
      return { tenantId, bucket: 'day' as const, series, day, startAt: 0, count };
    };
    const seldom = [10, 30, 50].map((index) => count('country:Peru', index, 2));
    const often = Array.from({ length: 25 }, (_, i) => count('country:Norway', 2 * i, 1));
    await store.tx((db) => bulkInsert(store, db, watchedCount, [...seldom, ...often]));
    const judged = async () => {
      await levelSeries(lease, { timeZone: UTC });
      const rows = (await levels(lease)) as { bucket: string; series: string }[];
      return new Set(rows.map(({ bucket, series }) => `${bucket} ${series}`));
    };

    const before = await judged();
    expect([...before].filter((name) => name.includes('country'))).toEqual([
      'day country:Norway',
      'hour country:Norway',
    ]);
    await store.tx(async (db) => {
      await db.delete(watchedCount).where(eq(watchedCount.tenantId, tenantId));
    });
    expect([...(await judged())].filter((name) => name.includes('country'))).toEqual([]);
    expect(before.size).toBe(2 * (TOTAL_SERIES.length + FURTHER_SERIES.length + 1));
  });

  test('killed before any transaction and begun again, they are those of a clean run', async () => {
    const store = await emptyStore();
    const clean = await tenantOn(store);
    await rolledUp(clean, failures(burst(60)));
    await levelSeries(clean, { timeZone: UTC });
    const expected = await levels(clean);
    let kills = 0;
    for (let n = 1; ; n += 30) {
      const lease = await tenantOn(store, { id: 1 + n });
      await rolledUp(lease, failures(burst(60)));
      const died = await levelSeries(killedAt(lease, n), { timeZone: UTC }).then(
        () => false,
        (error: unknown) => error instanceof Killed,
      );
      await levelSeries(lease, { timeZone: UTC });

      expect(await levels(lease)).toEqual(expected);
      if (!died) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(1);
  });

  test('after a change of zone are those of a clean run in it', async () => {
    const store = await emptyStore();
    const [lease, clean] = [await tenantOn(store), await tenantOn(store, { id: 2 })];
    const timeZone = 'Pacific/Auckland';
    await rolledUp(lease, failures(burst(60)));
    await levelSeries(lease, { timeZone: UTC });

    for (const one of [lease, clean]) {
      await rolledUp(one, failures(burst(60)), { timeZone });
      await levelSeries(one, { timeZone });
    }

    const found = await levels(lease);
    expect(found).toEqual(await levels(clean));
    expect(found).toContainEqual(
      expect.objectContaining({
        bucket: 'hour',
        startAt: BURST.at,
        series: 'failed',
        observed: 60,
      }),
    );
  });
});
