import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FailureListInput, failureList } from '../../db/queries/failure-list.ts';
import { BadCursor } from '../../db/queries/people-cursor.ts';
import { verificationFailures } from '../../db/queries/verification-failures.ts';
import type { Store } from '../../db/store-types.ts';
import { DAY_MS, HOUR_MS, parseDay } from '../../domain/day.ts';
import { FailureListResponse, FailuresResponse } from '../../server/contract/verification.ts';
import {
  BEGIN,
  DAYS,
  type MadeFailure,
  someFailures,
  storeFailures,
  ZONE,
} from '../build/failed-verifications.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const PERIOD = { timeZone: ZONE, first: parseDay('2026-03-01'), last: parseDay('2026-03-08') };
/** Nothing was read on 4 March, and only from noon on 5 March. */
const WINDOWS = [
  { since: BEGIN, until: BEGIN + 2 * DAY_MS - 1 },
  { since: BEGIN + 3.5 * DAY_MS, until: BEGIN + DAYS * DAY_MS },
];
const NOT_COLLECTED = ['2026-03-04', '2026-03-05'];

const listed = (store: Store, tenantId: number, filter: Partial<FailureListInput> = {}) =>
  failureList(store, { tenantId, ...PERIOD, limit: 200, ...filter });

/** Every page of a list. */
async function pagesOf(store: Store, tenantId: number, limit: number) {
  const all = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await listed(store, tenantId, { limit, cursor });
    all.push(...page.failures);
    if (page.nextCursor === null) return all;
    cursor = page.nextCursor;
  }
}

const distinct = (values: (string | null)[]) => new Set(values.filter(Boolean)).size;
const sumOf = (points: readonly { failed: number | null }[]) =>
  points.reduce((sum, { failed }) => sum + (failed ?? 0), 0);

const FILTERS: [Partial<FailureListInput>, (one: MadeFailure) => boolean][] = [
  [{ method: 'email' }, ({ method }) => method === 'email'],
  [{ country: 'Nepal' }, ({ country }) => country === 'Nepal'],
  [{ country: '' }, ({ country }) => country === null],
  [{ admin: 'true' }, ({ admin }) => admin === true],
  [{ admin: 'false' }, ({ admin }) => admin === false],
  [{ admin: '' }, ({ admin }) => admin === null],
  [{ address: '192.0.2.1' }, ({ address }) => address === '192.0.2.1'],
  [{ address: '' }, ({ address }) => !address],
  [{ person: 'ada' }, ({ personId }) => personId === 'ada'],
  [
    { method: 'unknown', person: 'bob', country: '' },
    (one) => one.method === 'unknown' && one.personId === 'bob' && one.country === null,
  ],
];

describe.each(ENGINES)('failed verifications on %s', (_, emptyStore) => {
  test('are listed newest first on pages that hold each once, with exact totals for every filter', async () => {
    const store = await emptyStore();
    let id = 0;
    await fc.assert(
      fc.asyncProperty(someFailures, fc.integer({ min: 1, max: 9 }), async (failures, limit) => {
        const lease = await tenantOn(store, { id: ++id });
        await storeFailures(lease, failures, WINDOWS);
        const read = failures.filter(({ day }) => !NOT_COLLECTED.includes(day));

        const all = await pagesOf(store, id, limit);

        expect(all.map(({ at }) => Date.parse(at))).toEqual(
          read.map(({ failedAt }) => failedAt).toSorted((a, b) => b - a),
        );
        const key = (incident: string | null, method: string) => `${incident} ${method}`;
        expect(all.map((one) => key(one.incidentId, one.method)).sort()).toEqual(
          read.map(({ flowId, method }) => key(`incident of ${flowId}`, method)).sort(),
        );
        for (const [filter, matches] of FILTERS) {
          const those = read.filter(matches);
          expect(await listed(store, id, filter)).toMatchObject({
            total: those.length,
            people: distinct(those.map(({ personId }) => personId)),
            addresses: distinct(those.map(({ address }) => address)),
          });
        }
      }),
      { numRuns: 8 },
    );
    const answer = await listed(store, id);
    expect(FailureListResponse.strict().safeParse(answer).error).toBeUndefined();
    await expect(listed(store, id, { cursor: 'nonsense' })).rejects.toThrow(BadCursor);
  });

  test('are the figures by value, hour and day: each is the total of its list', async () => {
    const store = await emptyStore();
    let id = 0;
    await fc.assert(
      fc.asyncProperty(someFailures, async (failures) => {
        const lease = await tenantOn(store, { id: ++id });
        await storeFailures(lease, failures, WINDOWS);
        const tenant = { tenantId: id, ...PERIOD };

        for (const by of ['method', 'country', 'admin', 'address'] as const) {
          const answer = await verificationFailures(store, { ...tenant, bucket: 'day', by });
          expect(answer.valuesLeftOut).toBe(0);
          for (const [value = null, points] of Map.groupBy(answer.points, (one) => one.value)) {
            const { total } = await listed(store, id, { [by]: value ?? '' });
            expect([by, value, sumOf(points)]).toEqual([by, value, total]);
          }
          const { total } = await listed(store, id);
          expect(sumOf(answer.points)).toBe(total);
        }
        for (const by of [undefined, 'country', 'admin', 'address'] as const) {
          const hours = await verificationFailures(store, { ...tenant, bucket: 'hour', by });
          for (const { start, value, failed, people, addresses } of hours.points) {
            if (!failed) continue;
            const until = new Date(Date.parse(start) + HOUR_MS).toISOString();
            const filter = by ? { [by]: value ?? '' } : {};
            expect(await listed(store, id, { since: start, until, ...filter })).toMatchObject({
              total: failed,
              people,
              addresses,
            });
          }
        }
      }),
      { numRuns: 5 },
    );
  });

  test('are told of the 20 addresses with the most, and how many others there are', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const failures = Array.from({ length: 25 }, (_, n) =>
      Array.from(
        { length: n + 1 },
        (_, i): MadeFailure => ({
          ...{ flowId: `flow-${n}-${i}`, method: 'email', failedAt: BEGIN + i, day: PERIOD.first },
          ...{ personId: 'ada', address: `192.0.2.${n}`, country: null, admin: null },
        }),
      ),
    ).flat();
    const day = parseDay('2026-03-02');
    await storeFailures(
      lease,
      failures.map((one) => ({ ...one, day })),
    );

    const { tenantId } = lease;
    const asked = { tenantId, ...PERIOD, first: day, last: day, bucket: 'day' } as const;
    const answer = await verificationFailures(store, { ...asked, by: 'address' });

    expect(FailuresResponse.strict().safeParse(answer).error).toBeUndefined();
    expect(answer.valuesLeftOut).toBe(5);
    expect(answer.points.map(({ value, failed }) => [value, failed])).toEqual(
      Array.from({ length: 20 }, (_, n) => [`192.0.2.${24 - n}`, 25 - n]),
    );
  });

  test('are not marked where a window only remembers a burst, whatever day the period begins on', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const { tenantId } = lease;
    await storeFailures(lease, []);
    const [burst, after] = [parseDay('2026-03-02'), parseDay('2026-03-03')];
    const judged = {
      ...{ tenantId, bucket: 'day' as const, series: 'failed' as const, startAt: 0, slow: false },
      ...{ expected: 1.06, upper: 6, p: 1e-7, farrington: null, madeWith: '' },
    };
    const own = { window: 1, windowObserved: 60, windowExpected: 1.06 };
    const together = { window: 3, windowObserved: 62, windowExpected: 3.2 };
    await store.tx((db) =>
      db.insert(store.t.watchedLevel).values([
        { ...judged, day: burst, observed: 60, ...own },
        { ...judged, day: after, observed: 2, ...together },
      ]),
    );
    const levels = async (first: typeof burst) => {
      const asked = { tenantId, ...PERIOD, first, last: after, bucket: 'day' } as const;
      const { points } = await verificationFailures(store, asked);
      return points.map(({ level, upper }) => [level, upper]);
    };

    expect(await levels(burst)).toEqual([
      ['critical', 6],
      [null, 6],
    ]);
    expect(await levels(after)).toEqual([[null, 6]]);

    // Without the day, its hour alone is remembered too.
    const { watchedLevel: told } = store.t;
    const at = Date.parse('2026-03-02T12:00:00Z');
    await store.tx(async (db) => {
      await db.delete(told).where(eq(told.day, burst));
      expect(await db.select().from(told)).toHaveLength(1);
    });
    expect(await levels(after)).toEqual([['critical', 6]]);
    const hour = { ...judged, bucket: 'hour' as const, day: burst, startAt: at };
    await store.tx((db) => db.insert(told).values({ ...hour, observed: 60, ...own }));
    expect(await levels(after)).toEqual([[null, 6]]);
  });

  test('have the band of the series that is asked for, with the level its settings make of it', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const { tenantId } = lease;
    await storeFailures(lease, []);
    const day = parseDay('2026-03-03');
    const judged = {
      ...{ tenantId, bucket: 'day' as const, day, startAt: 0, window: 1, slow: false },
      ...{ expected: 3, upper: 9, p: 1e-6, farrington: true, madeWith: '' },
      ...{ windowExpected: 3 },
    };
    await store.tx(async (db) => {
      const watched = { tenantId, bucket: 'day' as const, day, startAt: 0 };
      await db.insert(store.t.watchedCount).values([
        { ...watched, series: 'blocked', count: 40 },
        { ...watched, series: 'country:Nepal', count: 12 },
      ]);
      await db.insert(store.t.watchedLevel).values([
        { ...judged, series: 'failed', observed: 30, windowObserved: 30 },
        { ...judged, series: 'blocked', observed: 40, windowObserved: 40, expected: 2, upper: 7 },
      ]);
    });
    const asked = { tenantId, ...PERIOD, first: day, last: day, bucket: 'day' } as const;

    const [total] = (await verificationFailures(store, asked)).points;
    const [blocked] = (await verificationFailures(store, { ...asked, series: 'blocked' })).points;
    const [people] = (await verificationFailures(store, { ...asked, series: 'people' })).points;

    expect(total).toMatchObject({ observed: 0, expected: 3, upper: 9, level: 'critical' });
    // A series that is not a total alone is watched, never more.
    expect(blocked).toMatchObject({ failed: 0, observed: 40, expected: 2, level: 'watch' });
    expect(people).toMatchObject({ observed: 0, expected: null, upper: null, level: null });
  });
});
