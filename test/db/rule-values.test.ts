import type Database from 'better-sqlite3';
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behindAlert } from '../../db/queries/alert-behind.ts';
import { type RollUpSettings, rollUp } from '../../db/rollups/roll-up.ts';
import { ruleRows } from '../../db/rollups/rule-values.ts';
import type { StoredAuditRecord } from '../../db/store/audit-records.ts';
import { storeAuditRecords } from '../../db/store/audit-records.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { daysNearResets } from '../../db/store/near-reset-days.ts';
import { personText } from '../../db/store/person-text.ts';
import { recordWindow } from '../../db/store/windows.ts';
import type { Store } from '../../db/store-types.ts';
import type { AuditRecord } from '../../domain/audit-record.ts';
import { DAY_MS, type Day, dayCutter } from '../../domain/day.ts';
import { type AlertRule, THRESHOLD_RULES } from '../../domain/surveillance/rule-list.ts';
import { plansOf } from '../build/plans.ts';
import { RECORDS_BEGIN, RECORDS_END, stored } from '../build/stored-records.ts';
import { ENGINES, sqliteStore } from '../build/stores.ts';
import { rowsOf } from '../build/tables.ts';
import { tenantOn } from '../build/tenants.ts';
import { aCourse, aSecurityInfoChange, someNights } from '../build/watched-records.ts';
import { anAdminReset, MINUTE_MS, NINE, shuffled } from '../domain/records.ts';

const SETTINGS: RollUpSettings = { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] };
const LONG_AFTER = RECORDS_END + 30 * DAY_MS;
const HOURS = 60;
/** Minutes after nine: the next midnight. */
const MIDNIGHT = 15 * HOURS;

/** Stores records, each with its feed, and says how far `resets` was read. */
async function put(lease: HeldLease, records: StoredAuditRecord[], until = LONG_AFTER) {
  const { store, tenantId } = lease;
  const cutter = dayCutter('UTC');
  const byFeed = Map.groupBy(records, ({ service }) =>
    service === 'Authentication Methods' ? 'security-info' : 'resets',
  );
  for (const [feed, own] of byFeed)
    await lease.tx((db) => storeAuditRecords(lease, db, { feed, records: own, cutter }));
  const window = { tenantId, feed: 'resets', since: RECORDS_BEGIN, until };
  await lease.tx((db) => recordWindow(store, db, window));
}

async function valuesOf({ store, tenantId }: HeldLease) {
  return (await rowsOf(store, tenantId, ['ruleValue'])).ruleValue;
}

async function clean(lease: HeldLease, records: StoredAuditRecord[], settings = SETTINGS) {
  await put(lease, records);
  await rollUp(lease, settings);
  return valuesOf(lease);
}

/** The values of a rule: day, subject, value. */
async function measured({ store, tenantId }: HeldLease, rule: string) {
  const { ruleValue } = await rowsOf(store, tenantId, ['ruleValue']);
  const rows = ruleValue as { rule: string; day: string; subject: string; value: number }[];
  return rows.filter((row) => row.rule === rule).map((row) => [row.day, row.subject, row.value]);
}

/** A person as the registration report tells of them. */
async function register(store: Store, tenantId: number, person: { id: number; admin: boolean }) {
  const { id, admin } = person;
  const flags = { enabled: true, registered: true, capable: true, mfaCapable: true };
  const state = { ...flags, admin, methods: [], userType: 'member', userClass: 'member' };
  const objectId = admin ? 'ada' : 'bob';
  await store.tx(async (db) => {
    await db
      .insert(store.t.registrationState)
      .values({ tenantId, id, key: `${id}`, ...state, reason: 'capable', families: 2 });
    await db.insert(store.t.person).values({
      tenantId,
      id,
      objectId,
      ...personText(objectId, null),
      inDirectory: true,
      excluded: false,
      kind: 'member',
      stateId: id,
    });
  });
}

/** Somebody leaves the registration report. */
async function leave(store: Store, tenantId: number, id: number) {
  const { person, registrationChange } = store.t;
  await store.tx(async (db) => {
    const told = { tenantId, personId: id };
    await db.insert(registrationChange).values({ ...told, snapshotId: 1, stateId: id });
    await db.insert(registrationChange).values({ ...told, snapshotId: 2, stateId: null });
    await db
      .update(person)
      .set({ stateId: null })
      .where(and(eq(person.tenantId, tenantId), eq(person.id, id)));
  });
}

describe.each(ENGINES)('what the threshold rules measure on %s', (engine, emptyStore) => {
  let last = 0;
  const numRuns = engine === 'SQLite' ? 20 : 5;

  test('is that of a clean run whatever the order, repetition and parts in which records came (P3)', async () => {
    const store = await emptyStore();
    const next = () => tenantOn(store, { id: ++last });
    const history = someNights.chain((records) =>
      fc.nat(records.length - 1).chain((n) => {
        // What one thing left behind comes last: nothing after it has its days measured anew by the way.
        const last = records.filter((one) => groupOf(one) === groupOf(records[n]));
        const rest = records.filter((one) => !last.includes(one));
        return fc.record({
          records: fc.constant(records),
          again: shuffled(rest),
          last: fc.constant(last),
          batch: fc.integer({ min: 2, max: 20 }),
          until: fc.constantFrom(LONG_AFTER, LONG_AFTER, NINE + DAY_MS, NINE + 2 * DAY_MS),
        });
      }),
    );
    await fc.assert(
      fc.asyncProperty(history, async ({ records, again, last: late, batch, until }) => {
        const expected = await clean(await next(), records);
        const lease = await next();
        for (let i = 0; i < again.length; i += batch) {
          await put(lease, again.slice(i, i + batch), until);
          await rollUp(lease, SETTINGS);
        }
        await put(lease, late, until);
        await rollUp(lease, SETTINGS);

        expect(await clean(lease, [])).toEqual(expected);
      }),
      { numRuns },
    );
  });

  test('is something for every rule in what these tests make up, but for those of the registration report: nobody is registered', async () => {
    const lease = await tenantOn(await emptyStore(), { id: ++last });

    const values = await clean(lease, fc.sample(someNights, { numRuns: 20, seed: 1 }).flat());

    const rules = new Set((values as { rule: string }[]).map(({ rule }) => rule));
    const ofReport = ['admin_self_reset', 'capability_lost'];
    const others = THRESHOLD_RULES.filter((rule) => !ofReport.includes(rule));
    expect([...rules].sort()).toEqual(others.sort());
  });

  test('in another zone is that of a clean run in it', async () => {
    const store = await emptyStore();
    const settings = { ...SETTINGS, timeZone: 'Asia/Kathmandu' };
    for (const records of fc.sample(someNights, { numRuns: 3, seed: 4 })) {
      const other = await tenantOn(store, { id: ++last, timeZone: settings.timeZone });
      const expected = await clean(other, records, settings);
      const lease = await tenantOn(store, { id: ++last });
      await clean(lease, records);

      await rollUp(lease, settings);

      expect(await valuesOf(lease)).toEqual(expected);
    }
  });

  test('sees a late change of security info on the day of the flow, and no more once Graph tells otherwise', async () => {
    const lease = await tenantOn(await emptyStore(), { id: ++last });
    // The flow begins on the second, succeeds on the third; the change comes four hours later.
    const flow = aCourse('completed', MIDNIGHT - 1).map(stored);
    const change = aSecurityInfoChange(MIDNIGHT + 4 * HOURS);
    await clean(lease, flow);
    expect(await measured(lease, 'security_info_near_reset')).toEqual([]);

    await clean(lease, [stored(change)]);
    expect(await measured(lease, 'security_info_near_reset')).toEqual([['2026-03-02', '', 1]]);

    const minuteMore = change.occurredAt + 3 * MINUTE_MS;
    await clean(lease, [stored({ ...change, occurredAt: minuteMore })]);
    expect(await measured(lease, 'security_info_near_reset')).toEqual([]);
  });

  test('sees a failed flow that comes after the admin reset of the day after it', async () => {
    const lease = await tenantOn(await emptyStore(), { id: ++last });
    await clean(lease, [stored(anAdminReset(MIDNIGHT / 60 + 0.5))]);

    await clean(lease, aCourse('unpassed', MIDNIGHT - 60).map(stored));
    expect(await measured(lease, 'reset_after_failure')).toEqual([['2026-03-03', '', 1]]);

    // The flow turns out to have succeeded.
    await clean(lease, aCourse('completed', MIDNIGHT - 57).map(sameFlow));
    expect(await measured(lease, 'reset_after_failure')).toEqual([]);
  });

  test('counts an admin reset after a flow that failed, not after one that configuration stopped', async () => {
    const lease = await tenantOn(await emptyStore(), { id: ++last });
    const people = ['unpassed', 'contacted', 'blocked', 'stopped', 'completed'] as const;
    const records = people.flatMap((course) => [
      ...aCourse(course, 0, { targetId: course }),
      anAdminReset(1, { targetId: course }),
    ]);

    await clean(lease, records.map(stored));

    expect(await measured(lease, 'reset_after_failure')).toEqual([['2026-03-02', '', 3]]);
  });

  test('tells admins by the registration report', async () => {
    const lease = await tenantOn(await emptyStore(), { id: ++last });
    await register(lease.store, lease.tenantId, { id: 1, admin: true });
    await register(lease.store, lease.tenantId, { id: 2, admin: false });
    const people = ['ada', 'bob', 'stranger'];
    const records = people.flatMap((targetId) => aCourse('unlocked', 0, { targetId }));

    await clean(lease, records.map(stored));

    expect(await measured(lease, 'admin_self_reset')).toEqual([['2026-03-02', '', 1]]);
  });

  test('counts the people that an alert of it names: admins who left the report, and own changes alone', async () => {
    const lease = await tenantOn(await emptyStore(), { id: ++last });
    const { store, tenantId } = lease;
    for (const [id, admin] of [true, false].entries())
      await register(store, tenantId, { id: id + 1, admin });
    await leave(store, tenantId, 1);
    const courses = [
      ['ada', 'User registered security info'],
      ['bob', 'User started security info registration'],
      ['carl', 'User reviewed security info'],
      ['dora', 'USER DELETED SECURITY INFO. '],
      ['emil', 'User changed default security info', { service: 'Core Directory' }],
      ['fred', 'User updated security info', { result: 'failure' }],
    ] as const;
    const records = courses.flatMap(([targetId, activity, over], n) => [
      ...aCourse('completed', n, { targetId }),
      aSecurityInfoChange(10 + n, { targetId, activity, ...over }),
    ]);

    await clean(lease, records.map(stored));

    const startAt = NINE;
    const named = async (rule: AlertRule) => {
      const scope = { tenantId, rule, subjects: [], startAt, endAt: startAt + DAY_MS };
      return (await behindAlert(store, scope)).map(({ personId }) => personId).sort();
    };
    expect(await measured(lease, 'security_info_near_reset')).toEqual([['2026-03-02', '', 2]]);
    expect(await named('security_info_near_reset')).toEqual(['ada', 'dora']);
    expect(await measured(lease, 'admin_self_reset')).toEqual([['2026-03-02', '', 1]]);
    expect(await named('admin_self_reset')).toEqual(['ada']);
  });

  test('counts rejected passwords of a person over the flows of a day', async () => {
    const lease = await tenantOn(await emptyStore(), { id: ++last });
    const flows = [0, 60, 120].flatMap((minute) => aCourse('rejected', minute));
    const usual = aCourse('completed', 0, { targetId: 'bob' });

    await clean(lease, [...flows, ...usual].map(stored));

    expect(await measured(lease, 'rejected_passwords')).toEqual([['2026-03-02', 'ada', 3]]);
  });
});

/** What a record belongs to: its flow, or itself. */
function groupOf(record: StoredAuditRecord | undefined): string | undefined {
  return record?.correlationId ?? record?.id;
}

/** A record of another course, told to belong to the flow that was not passed. */
function sameFlow(record: AuditRecord): StoredAuditRecord {
  const correlationId = `unpassed-${MIDNIGHT - 60}-undefined`;
  return stored({ ...record, id: `later-${record.id}`, correlationId });
}

test('are read by index: no statement reads all rows of a tenant', async () => {
  const store = await sqliteStore();
  const lease = await tenantOn(store);
  await clean(lease, fc.sample(someNights, { numRuns: 20, seed: 1 }).flat());
  const reader = (store.read as unknown as { $client: Database.Database }).$client;
  const change = aSecurityInfoChange(MIDNIGHT);

  const asked = [
    ...(await plansOf(reader, () => ruleRows(lease, '2026-03-03' as Day))),
    ...(await plansOf(reader, () => daysNearResets(lease, store.read, [change]))),
  ];

  const lines = asked
    .flatMap(({ plan }) => plan)
    .filter((line) => !/json_each|^SCAN (?:change|rows_in)/.test(line));
  expect(lines.length).toBeGreaterThan(8);
  expect(lines.filter((line) => /^SCAN|\(tenant_id=\?\)/.test(line))).toEqual([]);
});
