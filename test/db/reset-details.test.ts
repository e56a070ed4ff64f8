import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RollUpSettings, rollUp } from '../../db/rollups/roll-up.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import type { Store } from '../../db/store-types.ts';
import type { AuditRecord } from '../../domain/audit-record.ts';
import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { STAGES } from '../../domain/funnel.ts';
import { store as put, RECORDS_END, someDays, stored } from '../build/stored-records.ts';
import { ENGINES } from '../build/stores.ts';
import { DERIVED, QUEUES, rowsOf } from '../build/tables.ts';
import { tenantOn } from '../build/tenants.ts';
import {
  anAdminReset,
  aRecord,
  CHANGE,
  MINUTE_MS,
  NINE,
  REASONS,
  RESET,
} from '../domain/records.ts';

const SETTINGS: RollUpSettings = { timeZone: 'UTC', incidentGapHours: 24, automationAccounts: [] };
const LONG_AFTER = RECORDS_END + 30 * DAY_MS;

/** The steps of a flow, a minute apart, of a person named after it. */
function flow(id: string, reasons: string[], over: Partial<AuditRecord> & { at?: number } = {}) {
  const { at = NINE, ...fields } = over;
  return reasons.map((reason, n) => {
    const occurredAt = at + n * MINUTE_MS;
    const occurredText = new Date(occurredAt).toISOString();
    const names = { id: `${id}-${n}`, correlationId: id, targetId: `person of ${id}` };
    return stored(aRecord({ ...names, reason, occurredAt, occurredText, ...fields }));
  });
}

async function worked(
  lease: HeldLease,
  records: ReturnType<typeof stored>[],
  { until = LONG_AFTER, settings = SETTINGS } = {},
) {
  await put(lease, records, { until, timeZone: settings.timeZone });
  await rollUp(lease, settings);
}

type Name = Parameters<typeof rowsOf>[2][number];

async function rows<N extends Name>(
  { store, tenantId }: HeldLease,
  name: N,
): Promise<Store['t'][N]['$inferSelect'][]> {
  const found = await rowsOf(store, tenantId, [name]);
  return found[name] as Store['t'][N]['$inferSelect'][];
}

async function funnel(lease: HeldLease, method = '') {
  const found = (await rows(lease, 'resetStage')).filter((row) => row.method === method);
  return STAGES.map((_, stage) => found.find((row) => row.stage === stage)?.flows ?? 0);
}

async function hours(lease: HeldLease) {
  const found = await rows(lease, 'resetHour');
  return found
    .map(({ day, hour, flows, incidents }) => [day, hour, flows, incidents])
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const ABANDONED = [
  [REASONS.identified],
  [REASONS.options],
  [REASONS.startedSms],
  [REASONS.startedSms, REASONS.completedSms],
  [REASONS.gatesPassed],
  [REASONS.submitted],
];

describe.each(ENGINES)('what is known of resets in detail on %s', (engine, emptyStore) => {
  /** Each tenant is one of its own in one database. */
  async function tenants() {
    const store = await emptyStore();
    let last = 0;
    return (timeZone = 'UTC') => tenantOn(store, { id: ++last, timeZone });
  }

  test('flows abandoned at every stage stand in the funnel up to it, each with a reason of its own', async () => {
    const lease = await (await tenants())();
    await worked(
      lease,
      ABANDONED.flatMap((reasons, n) => flow(`f${n}`, reasons)),
    );

    expect(await funnel(lease)).toEqual([6, 5, 4, 3, 2, 1, 0]);
    const flows = await rows(lease, 'flow');
    expect(flows.map(({ stage, reason }) => [stage, reason])).toEqual(
      STAGES.slice(0, 6).map((stage, n) => [n, `abandoned_${stage}`]),
    );
  });

  test('a flow in progress is told apart at the stage where it is, until it is abandoned', async () => {
    const lease = await (await tenants())();
    const inProgress = async () =>
      (await rows(lease, 'resetStage')).map(({ stage, flows, inProgress: on }) => [
        stage,
        flows,
        on,
      ]);
    await worked(lease, flow('f', [REASONS.options]), { until: NINE + 5 * MINUTE_MS });
    expect(await inProgress()).toEqual([
      [0, 1, 0],
      [1, 1, 1],
    ]);
    await worked(lease, [], { until: NINE + 2 * HOUR_MS });
    expect(await inProgress()).toEqual([
      [0, 1, 0],
      [1, 1, 0],
    ]);
  });

  test('an unlock counts as done, and its need as an unlock served', async () => {
    const lease = await (await tenants())();
    await worked(lease, [
      ...flow('u', [REASONS.startedSms, REASONS.completedSms, REASONS.unlocked]),
      ...flow('r', [REASONS.reset]),
      ...flow('both', [REASONS.unlocked]),
      ...flow('again', [REASONS.reset], { at: NINE + HOUR_MS, targetId: 'person of both' }),
    ]);

    expect(await funnel(lease)).toEqual([4, 4, 4, 4, 4, 4, 4]);
    expect((await rows(lease, 'incident')).map(({ id, kind }) => [id, kind])).toEqual([
      ['both', 'reset'],
      ['r', 'reset'],
      ['u', 'unlock'],
    ]);
    expect(await rows(lease, 'resetDaily')).toMatchObject([{ servedReset: 2, servedUnlock: 1 }]);
  });

  test('a method given up for another is a switch, and in its own funnel lost at the start', async () => {
    const lease = await (await tenants())();
    const { startedSms, startedEmail, completedEmail, completedSms } = REASONS;
    await worked(lease, [
      ...flow('a', [startedSms, startedEmail, completedEmail, REASONS.gatesPassed, REASONS.reset]),
      ...flow('b', [startedSms, startedEmail]),
      ...flow('c', [startedSms, completedSms, startedEmail]),
    ]);

    expect(await rows(lease, 'methodSwitch')).toMatchObject([
      { fromMethod: 'mobile SMS', toMethod: 'email', flows: 2 },
    ]);
    expect(await funnel(lease, 'mobile SMS')).toEqual([3, 3, 3, 1, 0, 0, 0]);
    expect(await funnel(lease, 'email')).toEqual([3, 3, 3, 1, 1, 1, 1]);
    expect(await funnel(lease)).toEqual([3, 3, 3, 2, 1, 1, 1]);
  });

  test('a rejected password and then a cancel is lost to the cancel; an unknown reason keeps its words', async () => {
    const lease = await (await tenants())();
    await worked(lease, [
      ...flow('cancel', [REASONS.submitted, REASONS.banned, REASONS.cancelled]),
      ...flow('odd', [` ${REASONS.unknown} `], { result: 'failure' }),
      ...flow('policy', [REASONS.submitted, REASONS.banned]),
    ]);

    const found = await rows(lease, 'flow');
    expect(found.map(({ id, stage, reason, owner }) => [id, stage, reason, owner]).sort()).toEqual([
      ['cancel', 5, 'cancelled_before_verification', 'user'],
      ['odd', 0, REASONS.unknown, null],
      ['policy', 5, 'policy_on_premises', 'password_policy'],
    ]);
  });

  test('the agent of a flow is that of its reset record, None as Graph writes it', async () => {
    const lease = await (await tenants())();
    await worked(lease, [
      ...flow('a', [REASONS.reset], { onPremisesAgent: 'a step has none' }),
      ...flow('b', [REASONS.submitted]),
      ...flow('b', ['None'], { id: 'b-end', activity: RESET, onPremisesAgent: 'None' }),
      stored(anAdminReset(0, { onPremisesAgent: 'CloudSync' })),
    ]);

    expect((await rows(lease, 'flow')).map(({ agent }) => agent)).toEqual([null, 'None']);
    expect(await rows(lease, 'adminReset')).toMatchObject([
      { operatorId: 'grace', agent: 'CloudSync' },
    ]);
  });

  test('hours are those of the clocks: when they are put back one comes twice, put on one is left out', async () => {
    const next = await tenants();
    const settings = { ...SETTINGS, timeZone: 'Europe/Vienna' };
    const flowsAt = (times: string[]) =>
      times.flatMap((time, n) => flow(`f${n}`, [REASONS.identified], { at: Date.parse(time) }));

    const spring = await next('Europe/Vienna');
    await worked(spring, flowsAt(['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z']), { settings });
    expect(await hours(spring)).toEqual([
      ['2026-03-29', 1, 1, 1],
      ['2026-03-29', 3, 1, 1],
    ]);

    const autumn = await next('Europe/Vienna');
    const times = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:00:00Z'];
    const until = Date.parse('2026-12-01');
    await worked(autumn, flowsAt(times), { settings, until });
    expect(await hours(autumn)).toEqual([
      ['2026-10-25', 2, 2, 2],
      ['2026-10-25', 3, 1, 1],
    ]);

    // Half an hour beside UTC, and cut anew for it.
    await worked(autumn, [], { until, settings: { ...SETTINGS, timeZone: 'Asia/Kolkata' } });
    expect(await hours(autumn)).toEqual([
      ['2026-10-25', 6, 1, 1],
      ['2026-10-25', 7, 2, 2],
    ]);
  });

  test('every flow knows its incident, also after a late admin reset or another person parts them', async () => {
    const lease = await (await tenants())();
    const links = async () =>
      Object.fromEntries((await rows(lease, 'flow')).map((row) => [row.id, row.incidentId]));
    const next = async () =>
      Object.fromEntries((await rows(lease, 'incident')).map((row) => [row.id, row.nextAt]));
    const ofAda = (id: string, hour: number) =>
      flow(id, [REASONS.cancelled], { targetId: 'ada', at: NINE + hour * HOUR_MS });
    await worked(lease, [...ofAda('a', 0), ...ofAda('b', 5), ...ofAda('c', 10)]);
    expect(await links()).toEqual({ a: 'a', b: 'a', c: 'a' });
    expect(await next()).toEqual({ a: null });

    await worked(lease, [stored(anAdminReset(3))]);
    expect(await links()).toEqual({ a: 'a', b: 'b', c: 'b' });
    expect(await next()).toEqual({ a: NINE + 5 * HOUR_MS, b: null });

    const [first] = ofAda('b', 5);
    await worked(lease, first ? [{ ...first, targetId: 'eve' }] : []);
    expect(await links()).toEqual({ a: 'a', b: 'b', c: 'c' });
    expect(await next()).toEqual({ a: NINE + 10 * HOUR_MS, b: null, c: null });
  });

  test('tables of days say what the flows and incidents of these days say, whatever came', async () => {
    const nextTenant = await tenants();
    await fc.assert(
      fc.asyncProperty(
        someDays,
        fc.integer({ min: NINE, max: LONG_AFTER }),
        async (records, until) => {
          const settings = { ...SETTINGS, timeZone: 'Asia/Kathmandu' };
          const lease = await nextTenant('Asia/Kathmandu');
          await worked(lease, records, { until, settings });
          await expectWholeAgrees(lease);
        },
      ),
      { numRuns: engine === 'SQLite' ? 25 : 8 },
    );
  });

  test('a change of a password is no reset, and follows a record that Graph tells otherwise later', async () => {
    const lease = await (await tenants())();
    const change = stored(
      aRecord({ id: 'c', activity: ` ${CHANGE}.`, reason: 'None', onPremisesAgent: 'None' }),
    );
    const failed = {
      ...change,
      id: 'd',
      result: 'failure',
      reason: 'PasswordDoesnotComplyFuzzyPolicy',
      onPremisesAgent: null,
    };
    await worked(lease, [change, failed]);
    expect(await rows(lease, 'flow')).toEqual([]);
    expect(await rows(lease, 'resetDaily')).toEqual([]);
    expect(await rows(lease, 'passwordChange')).toMatchObject([
      {
        id: 'c',
        personId: 'ada',
        day: '2026-03-02',
        succeeded: true,
        reason: 'None',
        agent: 'None',
      },
      { id: 'd', succeeded: false, reason: 'PasswordDoesnotComplyFuzzyPolicy', agent: null },
    ]);

    await worked(lease, [
      { ...change, activity: 'Update user' },
      { ...failed, result: 'success' },
    ]);
    expect(await rows(lease, 'passwordChange')).toMatchObject([{ id: 'd', succeeded: true }]);

    await worked(lease, [], { settings: { ...SETTINGS, timeZone: 'Pacific/Kiritimati' } });
    expect(await rows(lease, 'passwordChange')).toMatchObject([{ id: 'd', day: '2026-03-02' }]);
    await worked(lease, [], { settings: { ...SETTINGS, timeZone: 'Pacific/Pago_Pago' } });
    expect(await rows(lease, 'passwordChange')).toMatchObject([{ id: 'd', day: '2026-03-01' }]);
  });

  test('a database of an older program is filled by the first run', async () => {
    const lease = await (await tenants())();
    const { store, tenantId } = lease;
    const records = fc.sample(someDays, { numRuns: 4, seed: 3 }).flat();
    await worked(lease, records);
    const expected = await rowsOf(store, tenantId, [...DERIVED, ...QUEUES, 'rollupState']);
    const { flow: flows, incident, resetDaily, rollupState, ...t } = store.t;
    await lease.tx(async (db) => {
      // As the migration leaves it.
      const unknown = { stage: 0, hour: 0, reason: null, owner: null, agent: null };
      await db.update(flows).set({ ...unknown, incidentId: null });
      await db.update(incident).set({ kind: null, nextAt: null, hour: 0 });
      await db.update(t.adminReset).set({ operatorId: null, agent: null });
      await db.update(t.verificationStep).set({ switchedFrom: null });
      await db.update(resetDaily).set({ servedReset: 0, servedUnlock: 0 });
      for (const table of [t.resetStage, t.methodSwitch, t.resetHour, t.passwordChange])
        await db.delete(table);
      await db.update(rollupState).set({ madeWith: '{"definitions":1}' });
    });

    await rollUp(lease, SETTINGS);

    expect(await rowsOf(store, tenantId, [...DERIVED, ...QUEUES, 'rollupState'])).toEqual(expected);
  });
});

/** Counts by hand what the tables of days should hold, and compares. */
async function expectWholeAgrees(lease: HeldLease): Promise<void> {
  const flows = await rows(lease, 'flow');
  const steps = await rows(lease, 'verificationStep');
  const incidents = await rows(lease, 'incident');
  const stages = await rows(lease, 'resetStage');

  for (const { day, method, stage, flows: came, inProgress } of stages) {
    const ofDay = flows.filter((one) => one.day === day);
    const standing = ofDay.flatMap((one) => {
      if (method === '') return [one];
      const own = steps.find((two) => two.flowId === one.id && two.method === method);
      return own ? [{ ...one, stage: own.passed ? one.stage : 2 }] : [];
    });
    expect(came).toBe(standing.filter((one) => one.stage >= stage).length);
    const here = standing.filter((one) => one.stage === stage && one.outcome === 'in_progress');
    expect(inProgress).toBe(here.length);
  }
  const all = stages.filter(({ method, stage }) => method === '' && stage === 0);
  expect(all.reduce((sum, row) => sum + row.flows, 0)).toBe(flows.length);

  const switches = await rows(lease, 'methodSwitch');
  expect(switches.reduce((sum, row) => sum + row.flows, 0)).toBe(
    steps.filter(({ switchedFrom }) => switchedFrom !== null).length,
  );

  const byHour = await rows(lease, 'resetHour');
  for (const daily of await rows(lease, 'resetDaily')) {
    expect(daily.servedReset + daily.servedUnlock).toBe(
      daily.selfServedFirst + daily.selfServedRetry,
    );
    const own = byHour.filter(({ day }) => day === daily.day);
    expect(own.reduce((sum, row) => sum + row.flows, 0)).toBe(daily.started);
    expect(own.reduce((sum, row) => sum + row.incidents, 0)).toBe(
      incidents.filter(({ day }) => day === daily.day).length,
    );
    expect(own.reduce((sum, row) => sum + row.selfServed, 0)).toBe(
      daily.selfServedFirst + daily.selfServedRetry,
    );
  }

  for (const incident of incidents) {
    const own = flows.filter(({ incidentId }) => incidentId === incident.id);
    expect(own).toHaveLength(incident.flows);
    const later = incidents.filter(
      ({ personId, startedAt, id }) =>
        personId !== null &&
        personId === incident.personId &&
        (startedAt > incident.startedAt ||
          (startedAt === incident.startedAt && id !== incident.id)),
    );
    const starts = later.map(({ startedAt }) => startedAt).sort((a, b) => a - b);
    if (incident.nextAt !== null) expect(starts).toContain(incident.nextAt);
    if (starts.length === 0 || !later.some(({ startedAt }) => startedAt === incident.startedAt))
      expect(incident.nextAt).toBe(starts[0] ?? null);
  }
  expect(flows.every(({ incidentId }) => incidentId !== null)).toBe(true);
}
