import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resetsSummary } from '../../db/queries/resets-summary.ts';
import { setAside } from '../../db/queries/set-aside.ts';
import { type RollUpSettings, rollUp } from '../../db/rollups/roll-up.ts';
import type { StoredAuditRecord } from '../../db/store/audit-records.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import type { Store } from '../../db/store-types.ts';
import { DAY_MS, type Day, dayCutter, HOUR_MS } from '../../domain/day.ts';
import { store as put, RECORDS_END, someDays, stored } from '../build/stored-records.ts';
import { ENGINES } from '../build/stores.ts';
import { DERIVED, QUEUES, rowsOf } from '../build/tables.ts';
import { Killed, killedAt, tenantOn } from '../build/tenants.ts';
import { anAdminReset, aRecord, NINE, REASONS, RESET, shuffled, step } from '../domain/records.ts';

const SETTINGS: RollUpSettings = {
  timeZone: 'UTC',
  incidentGapHours: 24,
  automationAccounts: ['robot@contoso.example'],
};
const LONG_AFTER = RECORDS_END + 30 * DAY_MS;

const figures = (store: Store, tenantId: number) =>
  rowsOf(store, tenantId, [...DERIVED, ...QUEUES, 'auditRecord', 'rollupState']);

/** A database of its own would cost too much for every case, so each is a tenant of its own. */
function numbered(emptyStore: () => Promise<Store>) {
  let last = 0;
  return async () => {
    const store = await emptyStore();
    return { store, next: (timeZone = 'UTC') => tenantOn(store, { id: ++last, timeZone }) };
  };
}

/** What one clean run makes of the records. */
async function clean(
  lease: HeldLease,
  records: StoredAuditRecord[],
  { settings = SETTINGS, until = LONG_AFTER } = {},
) {
  await put(lease, records, { until, timeZone: settings.timeZone });
  await rollUp(lease, settings);
  return figures(lease.store, lease.tenantId);
}

/** Records in any order, some twice, in batches; how far each batch was read; whether it was rolled up. */
const history = someDays.chain((records) =>
  fc.record({
    records: fc.constant(records),
    again: shuffled(records),
    batch: fc.integer({ min: 1, max: 12 }),
    rolled: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    until: fc.integer({ min: NINE, max: LONG_AFTER }),
  }),
);

async function untilKilled(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return true;
  }
}

describe.each(ENGINES)('reset figures on %s', (engine, emptyStore) => {
  const tenants = numbered(emptyStore);
  const numRuns = engine === 'SQLite' ? 20 : 5;
  /** Each kill costs a whole run, so an engine other than SQLite is killed at every third transaction. */
  const stride = engine === 'SQLite' ? 1 : 3;

  test('are those of a clean run whatever the order, repetition and parts in which records came (P3)', async () => {
    const { store, next } = await tenants();
    await fc.assert(
      fc.asyncProperty(history, async ({ records, again, batch, rolled, until }) => {
        const expected = await clean(await next(), records, { until });
        const lease = await next();
        for (let i = 0; i * batch < again.length; i++) {
          // As-of only ever grows, and the last batch reaches as far as the clean run.
          const read = NINE + ((until - NINE) * i) / again.length;
          await put(lease, again.slice(i * batch, (i + 1) * batch), { until: Math.floor(read) });
          if (rolled[i]) await rollUp(lease, SETTINGS);
        }
        await put(lease, [], { until });
        await rollUp(lease, SETTINGS);

        const found = await figures(store, lease.tenantId);
        expect(found).toEqual(expected);
        for (const queue of QUEUES) expect(found[queue]).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('change nothing when worked out again', async () => {
    const { store, next } = await tenants();
    const [records] = fc.sample(someDays, { numRuns: 1, seed: 5 }) as [StoredAuditRecord[]];
    const lease = await next();
    const before = await clean(lease, records);

    await put(lease, records, { until: LONG_AFTER });
    expect((await rowsOf(store, lease.tenantId, QUEUES)).flowDirty).toEqual([]);
    await rollUp(lease, SETTINGS);

    expect(await figures(store, lease.tenantId)).toEqual(before);
  });

  test('killed before any transaction and begun again, they are those of the clean run (P3, P4)', async () => {
    const { store, next } = await tenants();
    const [records] = fc.sample(someDays, { numRuns: 1, seed: 9 }) as [StoredAuditRecord[]];
    const half = Math.ceil(records.length / 2);
    const expected = await clean(await next(), records);
    let kills = 0;
    for (let n = 1; ; n += stride) {
      const lease = await next();
      const dying = killedAt(lease, n);
      const work = async (on: HeldLease) => {
        await put(on, records.slice(0, half), { until: NINE + DAY_MS });
        await rollUp(on, SETTINGS);
        await put(on, records, { until: LONG_AFTER });
        await rollUp(on, SETTINGS);
      };
      const died = await untilKilled(() => work(dying));
      await work(lease);

      expect(await figures(store, lease.tenantId)).toEqual(expected);
      if (!died) break;
      kills += 1;
    }
    expect(kills * stride).toBeGreaterThan(12);
  });

  test('cut anew for another time zone are those of a clean run in it, also when killed on the way', async () => {
    const { store, next } = await tenants();
    const records = fc.sample(someDays, { numRuns: 3, seed: 11 }).flat();
    const settings = { ...SETTINGS, timeZone: 'Asia/Kathmandu' };
    const snapshots = async (lease: HeldLease, timeZone: string) => {
      for (const hour of [1, 15, 17, 20, 40]) {
        const takenAt = NINE + hour * HOUR_MS;
        const day = dayCutter(timeZone).dayOf(takenAt);
        const ingest = await SnapshotIngest.begin(lease, { takenAt, day });
        await publishSnapshot(lease, { id: ingest.id, people: 0, rejected: 0, totals: [] });
      }
    };
    const all = async (lease: HeldLease) => ({
      ...(await figures(store, lease.tenantId)),
      ...(await rowsOf(store, lease.tenantId, ['registrationSnapshot'])),
    });
    const other = await next(settings.timeZone);
    await snapshots(other, settings.timeZone);
    await clean(other, records, { settings });
    const expected = await all(other);
    for (let n = 1; ; n += stride) {
      const lease = await next();
      await snapshots(lease, 'UTC');
      await clean(lease, records);
      const died = await untilKilled(() => rollUp(killedAt(lease, n), settings));
      await rollUp(lease, settings);

      expect(await all(lease)).toEqual(expected);
      if (!died) break;
    }
  });

  test('after a change of the incident gap are those of a clean run with it', async () => {
    const { store, next } = await tenants();
    const settings = { ...SETTINGS, incidentGapHours: 4 };
    await fc.assert(
      fc.asyncProperty(someDays, async (records) => {
        const expected = await clean(await next(), records, { settings });
        const lease = await next();
        await clean(lease, records);
        await rollUp(lease, settings);
        expect(await figures(store, lease.tenantId)).toEqual(expected);
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    );
  });

  test('of past days are corrected by records that come late, and one moved leaves no trace (P3)', async () => {
    const { store, next } = await tenants();
    const early = step(REASONS.identified, -60, { id: 'early' });
    const late = step(REASONS.reset, 0, { id: 'late', occurredAt: NINE + 20 * HOUR_MS });
    const lease = await next();
    await clean(lease, [stored(late)]);
    const expected = await clean(await next(), [stored(early), stored(late)]);

    await put(lease, [stored(early)], {});
    await rollUp(lease, SETTINGS);

    expect(await figures(store, lease.tenantId)).toEqual(expected);
    expect(expected.resetDaily).toHaveLength(1);
  });

  test('follow a record that Graph tells otherwise later (P3)', async () => {
    const { store, next } = await tenants();
    const reset = anAdminReset(0);
    const wrong = [
      stored(reset),
      stored(step(REASONS.startedEmail, 0, { id: 'a', correlationId: 'f' })),
      stored(aRecord({ id: 'b', activity: RESET, correlationId: 'f', targetId: 'bob' })),
    ];
    const right = wrong.map((one) => ({ ...one, result: 'failure', targetId: 'cy' }));
    const later = wrong.map((one) => ({ ...one, occurredAt: one.occurredAt + HOUR_MS }));
    for (const told of [right, later]) {
      const expected = await clean(await next(), told);
      const lease = await next();
      await clean(lease, wrong);
      await put(lease, told, {});
      await rollUp(lease, SETTINGS);

      expect(await figures(store, lease.tenantId)).toEqual(expected);
    }
  });

  test('age with as-of, not with the clock: in progress, abandoned, settling, settled', async () => {
    const { store, next } = await tenants();
    const lease = await next();
    const { tenantId } = lease;
    const period = {
      tenantId,
      timeZone: 'UTC',
      first: '2026-03-02' as Day,
      last: '2026-03-02' as Day,
    };
    const seen = [];
    await put(lease, [
      stored(step(REASONS.startedEmail, 0)),
      stored(anAdminReset(0, { targetId: 'bob' })),
    ]);
    for (const hours of [0.5, 1, 1.01, 71.9, 72, 73]) {
      await put(lease, [], { until: NINE + hours * HOUR_MS });
      await rollUp(lease, SETTINGS);
      const { flows, incidents, bypasses, settlingBypasses } = await resetsSummary(store, period);
      const { inProgress, abandoned } = flows ?? {};
      const { settling, abandoned: given } = incidents ?? {};
      seen.push([inProgress, abandoned, settling, given, settlingBypasses, bypasses]);
    }
    expect(seen.slice(0, 2)).toEqual([
      [1, 0, 1, 0, 1, 0],
      [1, 0, 1, 0, 1, 0],
    ]);
    expect(seen[2]).toEqual([0, 1, 1, 0, 1, 0]);
    expect(seen[3]).toEqual([0, 1, 1, 0, 1, 0]);
    expect(seen[4]).toEqual([0, 1, 0, 1, 0, 1]);
    expect(seen[5]).toEqual(seen[4]);
    expect(await clean(await next(), [], { until: 0 })).toMatchObject({ flow: [] });
  });

  test('leave nothing out silently: unknown reasons and left-out resets are counted (P9)', async () => {
    const { store, next } = await tenants();
    const lease = await next();
    const unknown = [0, 1, 2].map((n) => step(REASONS.unknown, n, { id: `u${n}` }));
    const byRobot = { initiatorId: 'robot', initiatorName: 'robot@contoso.example' };
    const resets = [
      anAdminReset(0),
      anAdminReset(1, byRobot),
      anAdminReset(2, { initiatorId: null }),
    ];
    await clean(lease, [...unknown, ...resets].map(stored));

    const told = await setAside(store, { tenantId: lease.tenantId });

    expect(told.unknownReasons).toMatchObject([{ reason: REASONS.unknown, records: 3 }]);
    expect(told.adminResetsLeftOut).toEqual([
      { kind: 'automation', records: 1 },
      { kind: 'unknown_initiator', records: 1 },
    ]);
  });
});
