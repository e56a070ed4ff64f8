import { describe, expect, test } from 'vitest';
import { deflectionHistory } from '../../db/queries/deflection-history.ts';
import { deflectionInput } from '../../db/queries/deflection-input.ts';
import { deflectionMonths } from '../../db/queries/deflection-months.ts';
import { isHybrid } from '../../db/queries/hybrid.ts';
import {
  addAssumptions,
  assumptionsOfVersion,
  assumptionVersions,
  currentAssumptions,
  SameAssumptions,
} from '../../db/store/assumptions.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { storePeople } from '../../db/store/people.ts';
import { publishSnapshot } from '../../db/store/publish-snapshot.ts';
import { SnapshotIngest } from '../../db/store/snapshot.ts';
import { type Day, parseDay } from '../../domain/day.ts';
import { DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import { deflectionReport } from '../../domain/deflection/report.ts';
import { DeflectionTrendResponse } from '../../server/contract/deflection.ts';
import { type ServedMonth, storeServedMonths } from '../build/served-months.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';
import { setWith } from '../domain/deflection/report-inputs.ts';

const UNTIL = Date.parse('2026-10-10T12:00:00Z');
const period = (first: string, last: string) => ({
  ...{ tenantId: 1, timeZone: 'UTC', first: parseDay(first), last: parseDay(last) },
});

/** January to October 2026, tickets up to September: each self-served incident is 0.7 of a ticket less. */
const YEAR: ServedMonth[] = Array.from({ length: 10 }, (_, i) => {
  const reset = 1 + ((i * 4) % 10);
  return {
    ...{ month: `2026-${String(i + 1).padStart(2, '0')}`, reset, unlock: 1, fellBack: 1 },
    ...{ settling: i === 9 ? 1 : 0, adminResets: 2 },
    ...(i < 9 ? { tickets: 600 + 9 * (i % 2) - 21 * reset, otherTickets: 1_500 + i } : {}),
  };
});

const A_PERSON = {
  ...{ userPrincipalName: null, department: null, country: null, office: null, company: null },
  ...{ createdAt: null, accountEnabled: true, passwordChangedAt: null, passwordPolicies: null },
};

describe.each(ENGINES)('what deflection follows from on %s', (_, emptyStore) => {
  async function aYear(months = YEAR): Promise<HeldLease> {
    const lease = await tenantOn(await emptyStore());
    await storeServedMonths(leaseOnly(lease), { months, until: UNTIL });
    return lease;
  }

  const leaseOnly = (lease: HeldLease) => ({
    ...{ store: lease.store, tenantId: lease.tenantId, tx: lease.tx.bind(lease) },
  });

  test('is the sum of the collected days, the day in progress included', async () => {
    const { store } = await aYear();

    const { asOf, input } = await deflectionInput(store, {
      ...{ ...period('2026-09-25', '2026-10-20'), set: DEFAULT_SET },
    });

    // Six days of September with 3 + 1, ten of October with 7 + 1.
    expect(asOf).toBe(UNTIL);
    expect(input).toMatchObject({
      ...{ daysCollected: 16, served: { reset: 6 * 3 + 10 * 7, unlock: 16 }, wholeMonths: null },
      counts: { selfServed: 6 * 4 + 10 * 8, fellBack: 16, settling: 10, adminResets: 32 },
      ...{
        people: null,
        uncoveredResets: null,
        secondsToReset: { low: 60, likely: 90, high: 120 },
      },
    });
  });

  test('knows a month that was wholly collected and has settled, and no other', async () => {
    const { store } = await aYear();

    const history = await deflectionHistory(store, { tenantId: 1, timeZone: 'UTC' });

    expect(history).toHaveLength(10);
    expect(history[1]).toEqual({
      ...{ month: '2026-02', served: { reset: 28 * 5, unlock: 28 }, tickets: 504 },
      otherTickets: 1_501,
    });
    expect(history[9]).toEqual({
      ...{ month: '2026-10', served: null, tickets: null, otherTickets: null },
    });
    const settling = YEAR.map((month, i) => (i === 3 ? { ...month, settling: 1 } : month));
    const other = await aYear(settling);
    const later = await deflectionHistory(other.store, { tenantId: 1, timeZone: 'UTC' });
    expect(later.map(({ served }) => served === null)).toEqual(
      YEAR.map((_month, i) => i === 3 || i === 9),
    );
  });

  test('begins with tickets from before the logs, and ends where the figures stand', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store } = lease;
    await store.tx(async (db) => {
      const days = { firstDay: '2025-01-01' as Day, lastDay: '2027-12-31' as Day };
      await db.insert(store.t.ticketImport).values({
        ...{ ...days, tenantId: 1, id: 1, label: 'x', hash: 'x', kind: 'tickets', source: 'jira' },
        ...{ mapping: {}, rows: 0, passwordTickets: 0, otherTickets: null, known: 0, refused: 0 },
        ...{ refusals: [], author: 'x', importedAt: 0, state: 'active' },
      });
    });
    await storeServedMonths(leaseOnly(lease), {
      months: [{ month: '2026-10', reset: 1 }],
      until: UNTIL,
    });

    const history = await deflectionHistory(store, { tenantId: 1, timeZone: 'UTC' });

    expect([history[0]?.month, history.at(-1)?.month]).toEqual(['2025-01', '2026-10']);
    expect(history.every(({ served, tickets }) => served === null && tickets === 0)).toBe(true);
  });

  test('is nothing before the first collection', async () => {
    const store = await emptyStore();
    const whole = { ...period('2026-01-01', '2026-01-31'), set: DEFAULT_SET };

    const { asOf, input } = await deflectionInput(store, whole);

    expect(asOf).toBeNull();
    expect(input).toMatchObject({ served: null, daysCollected: 0, history: [], people: null });
    expect(deflectionReport(input)).toMatchObject({ avoided: null, saving: null });
    expect(await isHybrid(store, 1)).toBeNull();
  });

  test('gives the same figures on every engine, to the last digit', async () => {
    const { store } = await aYear();
    const whole = period('2026-01-01', '2026-09-30');

    const { input } = await deflectionInput(store, { ...whole, set: DEFAULT_SET });
    const figures = deflectionReport(input);

    expect(figures.evidence).toBe('tickets');
    expect(figures.avoided).toEqual({ low: 902, likely: 1_061, high: 1_206 });
    expect(figures.saving?.desk).toEqual({ low: 9_651.01, likely: 19_607.89, high: 42_860.97 });
  });

  test('by month is each month as a whole, with a range of its own', async () => {
    const { store } = await aYear();

    const trend = await deflectionMonths(store, {
      ...{ ...period('2026-08-15', '2026-11-02'), set: DEFAULT_SET },
    });

    expect(DeflectionTrendResponse.strict().parse(trend)).toEqual(trend);
    expect(trend).toMatchObject({
      ...{ evidence: 'tickets', currency: 'USD', asOf: '2026-10-10T12:00:00.000Z' },
      months: [
        { month: '2026-08', days: 31, daysCollected: 31, served: { reset: 279, unlock: 31 } },
        { month: '2026-09', days: 30, daysCollected: 30, adminResets: 60, otherTickets: 1_508 },
        { month: '2026-10', days: 31, daysCollected: 10, tickets: null },
        { month: '2026-11', days: 30, daysCollected: 0, served: null, avoided: null, desk: null },
      ],
    });
    const { input } = await deflectionInput(store, {
      ...{ ...period('2026-08-01', '2026-08-31'), set: DEFAULT_SET },
    });
    const alone = deflectionReport(input);
    expect(trend.months[0]).toMatchObject({ avoided: alone.avoided, desk: alone.saving?.desk });
  });

  test('by month is not known where every incident is still settling, and not 0', async () => {
    const unsettled = { reset: 0, unlock: 0, fellBack: 0, settling: 1, adminResets: 0 };
    const { store } = await aYear([...YEAR.slice(0, 9), { month: '2026-10', ...unsettled }]);

    const { months } = await deflectionMonths(store, {
      ...{ ...period('2026-09-01', '2026-10-10'), set: DEFAULT_SET },
    });

    expect(months[0]?.avoided).not.toBeNull();
    expect(months[1]).toMatchObject({ served: { reset: 0, unlock: 0 }, avoided: null, desk: null });
  });

  test('counts resets of people who are not capable, a chain or an incident once', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store } = lease;
    await storeServedMonths(leaseOnly(lease), {
      months: [{ month: '2026-10', reset: 1 }],
      until: UNTIL,
    });
    const people = ['ada', 'bob', 'cleo', 'dan'];
    await storePeople(
      lease,
      people.map((id) => ({ ...A_PERSON, id, name: id, onPremisesSynced: id === 'dan' })),
    );
    const ingest = await SnapshotIngest.begin(lease, { takenAt: 1, day: parseDay('2026-10-01') });
    await ingest.page(people.map((id) => registered(id, { capable: id === 'bob' })));
    await ingest.leavers();
    await publishSnapshot(lease, { id: ingest.id, people: 4, rejected: 0, totals: [] });
    await store.tx(async (db) => {
      const { adminReset, incident } = store.t;
      const own = { tenantId: 1, occurredAt: 1, day: parseDay('2026-10-02'), kind: 'counted' };
      const none = { incidentId: null, bypassId: null, settling: false, operatorId: null };
      const of = (id: string, personId: string, over: object) =>
        db.insert(adminReset).values({ ...own, ...none, agent: null, id, personId, ...over });
      await db.insert(incident).values({
        ...{ tenantId: 1, id: 'i1', personId: 'cleo', startedAt: 1, day: own.day, lastAt: 1 },
        ...{ outcome: 'fell_back', settling: false, flows: 1, adminResets: 2, kind: null },
      });
      await of('a1', 'ada', { bypassId: 'a1' });
      await of('a2', 'ada', { bypassId: 'a1' }); // the same chain
      await of('a3', 'ada', { bypassId: 'a3', settling: true }); // may still change
      await of('a4', 'ada', { bypassId: 'a4', day: parseDay('2026-09-30') }); // before the period
      await of('b1', 'bob', { bypassId: 'b1' }); // capable
      await of('c1', 'cleo', { incidentId: 'i1' });
      await of('c2', 'cleo', { incidentId: 'i1' }); // the same incident
      await of('d1', 'dan', { kind: 'mass' }); // does not count
      await of('x1', 'nobody', { bypassId: 'x1' }); // in no snapshot
    });

    const { input } = await deflectionInput(store, {
      ...{ ...period('2026-10-01', '2026-10-05'), set: DEFAULT_SET },
    });

    expect(input.uncoveredResets).toBe(2);
    expect(input.people).toBe(4);
    expect(await isHybrid(store, 1)).toBe(true);
  });
});

const registered = (id: string, { capable }: { capable: boolean }) => ({
  ...{ id, name: id, userPrincipalName: null },
  state: {
    ...{ userType: 'member', methods: [], admin: false, enabled: true },
    ...{ registered: capable, capable, mfaCapable: false },
  },
});

describe.each(ENGINES)('versions of the assumptions on %s', (_, emptyStore) => {
  const MADE = { author: 'finance', note: null };

  test('begin with the defaults, and each change makes a new one that stays', async () => {
    const store = await emptyStore();
    const [first, second] = [setWith({ usableShare: 0.4 }), setWith({ usableShare: 0.3 })];

    expect(await currentAssumptions(store, 1)).toMatchObject({ version: 0, set: DEFAULT_SET });
    await addAssumptions(store, 1, { ...MADE, set: first }, 10);
    await addAssumptions(store, 1, { author: 'cio', note: 'measured', set: second }, 20);

    expect(await currentAssumptions(store, 1)).toEqual({
      ...{ version: 2, madeAt: 20, author: 'cio', note: 'measured', set: second },
    });
    const all = await assumptionVersions(store, 1);
    expect(all.map(({ version, set }) => [version, set.money.usableShare])).toEqual([
      [2, 0.3],
      [1, 0.4],
      [0, 0.5],
    ]);
    expect(await assumptionsOfVersion(store, 1, 1)).toMatchObject({ set: first });
    expect(await assumptionsOfVersion(store, 1, 3)).toBeNull();
    expect(await currentAssumptions(store, 2)).toMatchObject({ version: 0 });
  });

  test('are not made by a change that changes nothing', async () => {
    const store = await emptyStore();

    await expect(addAssumptions(store, 1, { ...MADE, set: DEFAULT_SET }, 10)).rejects.toThrow(
      SameAssumptions,
    );
    const set = setWith({ setupCost: 0.1 + 0.2 });
    await addAssumptions(store, 1, { ...MADE, set }, 10);
    await expect(addAssumptions(store, 1, { ...MADE, set }, 20)).rejects.toThrow(
      'version 1, which holds already',
    );
    expect(await assumptionVersions(store, 1)).toHaveLength(2);
  });
});
