import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AdminResetsInput, adminResets } from '../../db/queries/admin-resets.ts';
import { incidentStory } from '../../db/queries/incident-story.ts';
import { type IncidentsInput, incidents } from '../../db/queries/incidents.ts';
import { resetsFunnel } from '../../db/queries/resets-funnel.ts';
import { resetsHours } from '../../db/queries/resets-hours.ts';
import { resetsMethods } from '../../db/queries/resets-methods.ts';
import { resetsReasons } from '../../db/queries/resets-reasons.ts';
import { resetsSummary } from '../../db/queries/resets-summary.ts';
import { resetsTimes } from '../../db/queries/resets-times.ts';
import { resetsWriteback } from '../../db/queries/resets-writeback.ts';
import { rollUp } from '../../db/rollups/roll-up.ts';
import type { StoredAuditRecord } from '../../db/store/audit-records.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import { recordWindow } from '../../db/store/windows.ts';
import type { Store } from '../../db/store-types.ts';
import { DAY_MS, parseDay } from '../../domain/day.ts';
import { STAGES } from '../../domain/funnel.ts';
import { recoverablePerMonth } from '../../domain/recoverable.ts';
import { type FlowCounts, successRate } from '../../domain/reset-counts.ts';
import type { FlowOutcome } from '../../domain/reset-flow.ts';
import type { VerificationMethod } from '../../domain/reset-vocabulary.ts';
import {
  store as put,
  RECORDS_BEGIN,
  RECORDS_END,
  someDays,
  stored,
} from '../build/stored-records.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';
import { aRecord, MINUTE_MS, NINE, REASONS } from '../domain/records.ts';

const ZONE = 'Asia/Kathmandu';
const AGENTS = ['AADConnect', 'CloudSync', null];
const EVER = { from: '2026-02-20', to: '2026-05-20' };

/** A way through the page on which methods are given up; any part of it may be missing. */
const LADDER = [
  REASONS.identified,
  REASONS.startedEmail,
  REASONS.startedSms,
  REASONS.completedSms,
  REASONS.gatesPassed,
  REASONS.submitted,
  REASONS.writeback,
];

/** The records of flows that give methods up, the `n`-th of them beginning at an instant of its own. */
function switchingFlows({ switching, readOn }: Pick<World, 'switching' | 'readOn'>) {
  return switching.flatMap(({ minute, targetId, steps, now }, n) => {
    const start =
      now === null ? NINE + minute * MINUTE_MS : RECORDS_END + readOn - (now + 1) * MINUTE_MS;
    return steps.map((reason, i) => {
      const occurredAt = start + i * 1000;
      const at = { occurredAt, occurredText: new Date(occurredAt).toISOString() };
      const flow = { id: `ladder-${n}-${i}`, correlationId: `ladder-${n}` };
      return stored(aRecord({ reason, targetId, initiatorId: targetId, ...flow, ...at }));
    });
  });
}

/** A tenant's records, when they were read (with a hole), and the period that is asked about. */
const world = fc.record({
  records: fc
    .tuple(someDays, someDays, someDays)
    .map((parts) => [...new Map(parts.flat().map((one) => [one.id, withAgent(one)])).values()]),
  switching: fc.array(
    fc.record({
      minute: fc.nat(6 * 24 * 60),
      targetId: fc.constantFrom('ada', 'bob', 'cy'),
      steps: fc.subarray(LADDER, { minLength: 1 }),
      /** In minutes before as-of: then the flow is in progress. */
      now: fc.option(fc.nat(59)),
    }),
    { maxLength: 5 },
  ),
  hole: fc.record({ from: fc.nat(6), days: fc.nat(2) }),
  readOn: fc.constantFrom(0, 9 * DAY_MS, 60 * DAY_MS, 60 * DAY_MS),
  from: fc.constantFrom('2026-02-20', '2026-03-03', '2026-03-04'),
  to: fc.constantFrom('2026-03-05', '2026-05-20', '2026-05-20'),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** A large one. */
function anybody(seed: number): World {
  const made = fc.sample(world, { numRuns: 5, seed });
  const [first] = made;
  if (!first) throw new Error('Nothing was made');
  return { ...first, records: made.flatMap(({ records }) => records) };
}

/** The same agent for the same record, whoever asks. */
function withAgent(record: StoredAuditRecord): StoredAuditRecord {
  const sum = [...record.id].reduce((all, letter) => all + letter.charCodeAt(0), 0);
  return { ...record, onPremisesAgent: AGENTS[sum % AGENTS.length] ?? null };
}

async function fill(lease: HeldLease, made: World): Promise<void> {
  const { hole, readOn } = made;
  const records = [...made.records, ...switchingFlows(made)];
  const { store, tenantId } = lease;
  await put(lease, records, { timeZone: ZONE });
  const read = (since: number, until: number) =>
    lease.tx((db) => recordWindow(store, db, { tenantId, feed: 'resets', since, until }));
  // A day of this zone begins before the day of UTC on which the records begin.
  const begin = RECORDS_BEGIN - DAY_MS;
  const missing = begin + hole.from * DAY_MS;
  if (hole.days > 0) await read(begin, missing);
  const again = hole.days > 0 ? missing + hole.days * DAY_MS + 1 : begin;
  await read(again, RECORDS_END + readOn + 1);
  const accounts = ['robot@contoso.example'];
  await rollUp(lease, { timeZone: ZONE, incidentGapHours: 24, automationAccounts: accounts });
}

/** Asks the lists about a period of a tenant. */
function listsOf(store: Store, tenantId: number, { from, to }: { from: string; to: string }) {
  const defaults = settingDefaults({ timeZone: ZONE });
  const period = { tenantId, timeZone: ZONE, first: parseDay(from), last: parseDay(to), defaults };
  const ask = (filter: Partial<IncidentsInput>) =>
    incidents(store, { ...period, limit: 200, ...filter });
  return {
    period,
    ask,
    total: async (filter: Partial<IncidentsInput>) => (await ask(filter)).total,
    flows: async (filter: Partial<IncidentsInput>) => (await ask(filter)).flows,
    resets: async (filter: Partial<AdminResetsInput>) =>
      (await adminResets(store, { ...period, kind: 'counted', limit: 200, ...filter })).total,
  };
}

type Lists = ReturnType<typeof listsOf>;

/** What the made-up tenants had at least one of, so that no promise is kept by nothing. */
const seen = new Set<string>();
const SEEN = [
  'agents',
  'in progress',
  'lost at the desk',
  'recoverable',
  'repeats',
  'switches',
  'unknown reasons',
  'writeback',
];
const note = (what: string, count: number) => count > 0 && seen.add(what);

const OUTCOMES: [keyof FlowCounts, FlowOutcome][] = [
  ['completed', 'completed'],
  ['unlocked', 'unlocked'],
  ['contactedAdmin', 'contacted_admin'],
  ['blocked', 'blocked'],
  ['notEntitled', 'not_entitled'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['abandoned', 'abandoned'],
  ['inProgress', 'in_progress'],
];

async function summaryAgrees(store: Store, { period, total, flows, resets }: Lists) {
  const summary = await resetsSummary(store, period);
  if (!summary.flows || !summary.incidents) {
    expect(await total({})).toBe(0);
    expect(await resets({})).toBe(0);
    return;
  }
  for (const [name, flowOutcome] of OUTCOMES)
    expect([name, await flows({ flowOutcome })]).toEqual([name, summary.flows[name]]);
  expect(await flows({ reached: 'identified' })).toBe(summary.flows.started);
  const { selfServedFirst, selfServedRetry, fellBack, abandoned, settling } = summary.incidents;
  expect({
    selfServedFirst: await total({ outcome: 'self_served_first' }),
    selfServedRetry: await total({ outcome: 'self_served_retry' }),
    both: await total({ outcome: 'self_served' }),
    fellBack: await total({ outcome: 'fell_back' }),
    abandoned: await total({ outcome: 'abandoned' }),
    settling: await total({ outcome: 'settling' }),
    all: await total({}),
  }).toEqual({
    ...summary.incidents,
    both: selfServedFirst + selfServedRetry,
    all: selfServedFirst + selfServedRetry + fellBack + abandoned + settling,
  });
  expect({
    adminResets: await resets({}),
    bypasses: await resets({ bypass: true }),
    settlingBypasses: await resets({ bypass: true, settling: true }),
  }).toEqual({
    adminResets: summary.adminResets,
    bypasses: summary.bypasses,
    settlingBypasses: summary.settlingBypasses,
  });
}

async function funnelAgrees(
  store: Store,
  { period, flows }: Lists,
  method?: VerificationMethod | undefined,
) {
  const { stages, switches } = await resetsFunnel(store, { ...period, method });
  for (const [i, { stage, flows: here, inProgress }] of (stages ?? []).entries()) {
    expect([method, stage, await flows({ method, reached: stage })]).toEqual([method, stage, here]);
    if (method && i < STAGES.indexOf('started')) continue;
    const next = stages?.[i + 1]?.flows ?? 0;
    note('in progress', inProgress);
    const exact = await flows({ method, stage });
    expect([method, stage, exact]).toEqual([method, stage, here - next]);
    if (stage === 'done') continue;
    expect(await flows({ method, stage, flowOutcome: 'in_progress' })).toBe(inProgress);
    expect(await flows({ method, stage, over: true })).toBe(here - next - inProgress);
    if (!method) expect(await flows({ stage, lost: true })).toBe(here - next - inProgress);
  }
  if (!switches) return;
  note('switches', switches.flows);
  expect(await flows({ method, switchedFrom: 'any' })).toBe(switches.flows);
  for (const { from, to, flows: pair } of switches.pairs)
    expect(await flows({ method, switchedFrom: from, switchedTo: to })).toBe(pair);
}

async function methodsAgree(store: Store, lists: Lists) {
  const { period, flows } = lists;
  for (const row of (await resetsMethods(store, period)).methods ?? []) {
    const { method } = row;
    await funnelAgrees(store, lists, method);
    expect({
      method,
      started: await flows({ method }),
      passed: await flows({ method, passed: true }),
      gatesPassed: await flows({ method, reached: 'gates_passed' }),
      passwordSubmitted: await flows({ method, reached: 'password_submitted' }),
      done: await flows({ method, stage: 'done' }),
      switchedAway: await flows({ switchedFrom: method }),
    }).toEqual(row);
    expect(await flows({ method, passed: false })).toBe(row.started - row.passed);
  }
}

async function reasonsAgree(store: Store, { period, ask, total, flows }: Lists) {
  const { lost, reasons, owners } = await resetsReasons(store, period);
  if (!reasons || !owners) return;
  expect(await flows({ lost: true })).toBe(lost);
  const summary = (await resetsSummary(store, period)).flows;
  const { started = 0, inProgress = 0, completed = 0, unlocked = 0 } = summary ?? {};
  expect(lost).toBe(started - inProgress - completed - unlocked);
  expect(reasons.reduce((all, row) => all + row.flows, 0)).toBe(lost);
  expect(owners.reduce((all, row) => all + row.flows, 0)).toBe(lost);
  const figures = async (filter: Partial<IncidentsInput>) => {
    const list = await ask(filter);
    return {
      flows: list.flows,
      incidents: list.total,
      people: new Set(list.incidents.flatMap(({ person }) => person?.id ?? [])).size,
      fellBack: await total({ ...filter, outcome: 'fell_back' }),
    };
  };
  note('unknown reasons', reasons.filter(({ known }) => !known).length);
  note('lost at the desk', reasons.filter(({ fellBack }) => fellBack > 0).length);
  note('recoverable', reasons.filter((row) => row.recoverablePerMonth !== null).length);
  for (const row of reasons) expect(row).toMatchObject(await figures({ reason: row.code }));
  for (const row of owners) {
    const owner = row.owner ?? 'unknown';
    expect(row).toMatchObject(await figures({ owner }));
    if (owner === 'unknown') continue;
    const own = await resetsReasons(store, { ...period, owner });
    expect(own.lost).toBe(row.flows);
    expect(own.owners).toEqual([row]);
    expect(own.reasons).toEqual(reasons.filter((reason) => reason.owner === owner));
  }
}

/** By the lists, where the period holds all there is: then every incident's flows are in it. */
async function recoverableAgrees(store: Store, { period, total }: Lists) {
  const { incidents: counts } = await resetsSummary(store, period);
  const { daysCollected: days, reasons } = await resetsReasons(store, period);
  if (!counts) return;
  const { part: selfServed, whole: settled } = successRate(counts);
  for (const { code: reason, recoverablePerMonth: found } of reasons ?? []) {
    const own = (outcome: IncidentsInput['outcome']) => total({ reason, outcome });
    const served = await own('self_served');
    const met = {
      selfServed: served,
      settled: served + (await own('fell_back')) + (await own('abandoned')),
    };
    expect(found).toBe(recoverablePerMonth({ met, all: { settled, selfServed }, days }));
  }
}

async function hoursAgree(store: Store, { period, total, flows }: Lists) {
  const { cells, outside } = await resetsHours(store, period);
  for (const { weekday, hour, ...counts } of cells ?? [])
    expect({
      flows: await flows({ reached: 'identified', weekday, hour }),
      incidents: await total({ weekday, hour }),
      selfServed: await total({ weekday, hour, outcome: 'self_served' }),
    }).toEqual(counts);
  for (const outsideOffice of [true, false]) {
    const of = ({ part, whole }: { part: number; whole: number }) =>
      outsideOffice ? part : whole - part;
    expect({
      flows: await flows({ reached: 'identified', outsideOffice }),
      incidents: await total({ outsideOffice }),
      selfServed: await total({ outsideOffice, outcome: 'self_served' }),
    }).toEqual({
      flows: of(outside.flows),
      incidents: of(outside.incidents),
      selfServed: of(outside.selfServed),
    });
  }
}

async function timesAgree(store: Store, { period, total, flows }: Lists) {
  const { secondsToReset, repeats } = await resetsTimes(store, period);
  note('repeats', repeats.within7Days.part);
  const { medianSecondsToReset } = await resetsSummary(store, period);
  expect(secondsToReset?.median ?? null).toBe(medianSecondsToReset);
  expect(await flows({ flowOutcome: 'completed' })).toBe(secondsToReset?.flows ?? 0);
  expect(await total({ repeatWithinDays: '7' })).toBe(repeats.within7Days.part);
  expect(await total({ repeatWithinDays: '30' })).toBe(repeats.within30Days.part);
}

async function writebackAgrees(store: Store, { period, flows, resets }: Lists) {
  const { agents, failures } = await resetsWriteback(store, period);
  for (const { agent, selfService, adminResets: byAdmins } of agents ?? []) {
    const filter = { agent: agent ?? '' };
    expect(await flows({ ...filter, stage: 'done' })).toBe(selfService.succeeded);
    expect(await flows({ ...filter, lost: true })).toBe(selfService.failed);
    expect(await resets(filter)).toBe(byAdmins);
  }
  note('writeback', failures?.length ?? 0);
  note('agents', agents?.filter(({ agent }) => agent).length ?? 0);
  for (const { code, flows: lost } of failures ?? [])
    expect(await flows({ owner: 'writeback', reason: code })).toBe(lost);
}

let lastTenant = 0;

describe.each(ENGINES)('questions about resets on %s', (engine, emptyStore) => {
  const numRuns = engine === 'SQLite' ? 25 : 5;

  test('every figure is the number of what its list shows', { timeout: 120_000 }, async () => {
    const store = await emptyStore();
    await fc.assert(
      fc.asyncProperty(world, async (made) => {
        const lease = await tenantOn(store, { id: ++lastTenant, timeZone: ZONE });
        await fill(lease, made);
        const lists = listsOf(store, lease.tenantId, made);

        await summaryAgrees(store, lists);
        await funnelAgrees(store, lists);
        await methodsAgree(store, lists);
        await reasonsAgree(store, lists);
        if (made.hole.days === 0 && made.from === EVER.from && made.to === EVER.to)
          await recoverableAgrees(store, lists);
        await hoursAgree(store, lists);
        await timesAgree(store, lists);
        await writebackAgrees(store, lists);
      }),
      { numRuns, endOnFailure: true }, // a case asks hundreds of questions: shrinking would take too long
    );
    if (engine === 'SQLite') expect([...seen].sort()).toEqual(SEEN);
  });

  test('pages of a list hold each incident once, newest first, and its story is found by its id', async () => {
    const store = await emptyStore();
    const made = anybody(3);
    const lease = await tenantOn(store, { id: ++lastTenant, timeZone: ZONE });
    await fill(lease, { ...made, hole: { from: 0, days: 0 } });
    const { tenantId } = lease;
    const lists = listsOf(store, tenantId, EVER);
    const whole = await lists.ask({});

    for (const filter of [{}, { reached: 'identified' as const }]) {
      const found = [];
      let cursor: string | undefined;
      do {
        const page = await lists.ask({ ...filter, cursor, limit: 3 });
        found.push(...page.incidents);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(found).toEqual(whole.incidents);
    }
    expect(whole.total).toBe(whole.incidents.length);
    const starts = whole.incidents.map(({ startedAt }) => startedAt);
    expect(starts).toEqual([...starts].sort().reverse());

    for (const incident of whole.incidents) {
      const story = await incidentStory(store, { tenantId, id: incident.id });
      expect(story?.incident).toEqual(incident);
      expect(story?.flows).toHaveLength(incident.flows);
      expect(story?.flows[0]?.id).toBe(incident.id);
      expect(story?.adminResets).toHaveLength(incident.adminResets);
      expect(story?.settlesAt === null).toBe(!incident.settling);
      const own = whole.incidents.filter(({ person }) => person?.id === incident.person?.id);
      const place = own.findIndex(({ id }) => id === incident.id);
      if (!incident.person) expect([story?.before, story?.after]).toEqual([null, null]);
      else {
        expect(story?.before?.id).toBe(own[place + 1]?.id);
        expect(story?.after?.id).toBe(own[place - 1]?.id);
      }
    }
    expect(await incidentStory(store, { tenantId, id: 'nobody’s' })).toBeNull();
  });

  test('pages of admin resets hold each once, newest first', async () => {
    const store = await emptyStore();
    const made = anybody(8);
    const lease = await tenantOn(store, { id: ++lastTenant, timeZone: ZONE });
    await fill(lease, { ...made, hole: { from: 0, days: 0 } });
    const { period } = listsOf(store, lease.tenantId, EVER);
    const ask = (over: Partial<AdminResetsInput>) =>
      adminResets(store, { ...period, kind: 'counted', limit: 200, ...over });
    const whole = await ask({});

    const found = [];
    let cursor: string | undefined;
    do {
      const page = await ask({ cursor, limit: 2 });
      found.push(...page.adminResets);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);

    expect(whole.total).toBeGreaterThan(2);
    expect(found).toEqual(whole.adminResets);
    const times = whole.adminResets.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('where no day was collected nothing is a number', async () => {
    const store = await emptyStore();
    const made = anybody(5);
    const lease = await tenantOn(store, { id: ++lastTenant, timeZone: ZONE });
    await fill(lease, made);
    const { period, total } = listsOf(store, lease.tenantId, {
      from: '2025-01-01',
      to: '2025-01-31',
    });

    const none = { daysCollected: 0 };
    expect(await resetsFunnel(store, period)).toMatchObject({
      ...none,
      stages: null,
      switches: null,
    });
    expect(await resetsMethods(store, period)).toMatchObject({ ...none, methods: null });
    const reasons = { ...none, lost: null, reasons: null, owners: null };
    expect(await resetsReasons(store, period)).toMatchObject(reasons);
    expect(await resetsHours(store, period)).toMatchObject({
      ...none,
      cells: null,
      outside: { flows: { part: 0, whole: 0 } },
    });
    expect(await resetsTimes(store, period)).toMatchObject({
      ...none,
      secondsToReset: null,
      repeats: { within7Days: { part: 0, whole: 0 } },
    });
    const writeback = { ...none, agents: null, failures: null, changes: null };
    expect(await resetsWriteback(store, period)).toMatchObject(writeback);
    expect(await total({})).toBe(0);
  });
});
