import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../db/open-sqlite.ts';
import { type AdminResetsInput, adminResets } from '../../db/queries/admin-resets.ts';
import { type FailureListInput, failureList } from '../../db/queries/failure-list.ts';
import { incidentStory } from '../../db/queries/incident-story.ts';
import { type IncidentsInput, incidents } from '../../db/queries/incidents.ts';
import { resetsFunnel } from '../../db/queries/resets-funnel.ts';
import { resetsHours } from '../../db/queries/resets-hours.ts';
import { resetsMethods } from '../../db/queries/resets-methods.ts';
import { resetsReasons } from '../../db/queries/resets-reasons.ts';
import { resetsTimes } from '../../db/queries/resets-times.ts';
import { resetsWriteback } from '../../db/queries/resets-writeback.ts';
import { verificationFailures } from '../../db/queries/verification-failures.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import type { Store } from '../../db/store-types.ts';
import type { Day } from '../../domain/day.ts';
import { fillLargeTenant, PEOPLE } from '../build/large-tenant.ts';
import { plansOf } from '../build/plans.ts';

let folder: string;
let store: Store;
let reader: Database.Database;
let large: Set<string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deflectometer-'));
  const path = join(folder, 'large.db');
  openSqlite(path).close();
  large = fillLargeTenant(path);
  store = openSqlite(path);
  reader = (store.read as unknown as { $client: Database.Database }).$client;
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Every table of which rows are read by less than a period, an id or a person: whole, or a whole tenant. */
async function readWhole(question: () => Promise<unknown>, but: readonly string[] = []) {
  const lines = (await plansOf(reader, question)).flatMap(({ plan }) => plan);
  expect(lines.length).toBeGreaterThan(0);
  return lines.filter((line) => {
    const [, table = ''] = /^(?:SCAN|SEARCH) (\w+)/.exec(line) ?? [];
    const whole = line.startsWith('SCAN') || /\(tenant_id=\?\)/.test(line);
    return large.has(table) && whole && !but.includes(table);
  });
}

const week = {
  tenantId: 1,
  timeZone: 'UTC',
  first: '2026-02-22' as Day,
  last: '2026-02-28' as Day,
  defaults: settingDefaults({ timeZone: 'UTC' }),
};

describe(`at ${PEOPLE.toLocaleString('en')} people only the period asked for is read`, () => {
  test('for every question about resets', async () => {
    const questions: Record<string, () => Promise<unknown>> = {
      funnel: () => resetsFunnel(store, week),
      'funnel of a method': () => resetsFunnel(store, { ...week, method: 'email' }),
      methods: () => resetsMethods(store, week),
      reasons: () => resetsReasons(store, week),
      'reasons of an owner': () => resetsReasons(store, { ...week, owner: 'writeback' }),
      hours: () => resetsHours(store, week),
      times: () => resetsTimes(store, week),
    };
    for (const [name, question] of Object.entries(questions))
      expect([name, await readWhole(question)]).toEqual([name, []]);
    // Whether anybody is synchronised is asked of people, and known with the first who is.
    expect(await readWhole(() => resetsWriteback(store, week), ['person'])).toEqual([]);
  });

  const filters: Partial<IncidentsInput>[] = [
    {},
    { outcome: 'fell_back' },
    { outcome: 'settling' },
    { kind: 'reset' },
    { person: 'object-00000007' },
    { weekday: 1, hour: 9 },
    { outsideOffice: true },
    { repeatWithinDays: '30' },
    { flowOutcome: 'failed' },
    { over: true },
    { lost: true },
    { reason: 'not_enabled' },
    { owner: 'unknown' },
    { method: 'email', passed: false },
    { method: 'email', stage: 'started' },
    { reached: 'identified', hour: 9 },
    { stage: 'passed' },
    { switchedFrom: 'any' },
    { switchedFrom: 'email', switchedTo: 'mobile SMS' },
    { agent: '' },
    { lost: true, outcome: 'fell_back', person: 'object-00000007' },
  ];

  test('for every list of incidents, on its first page and on any other', async () => {
    const list = (filter: Partial<IncidentsInput>) =>
      incidents(store, { ...week, limit: 20, ...filter });
    const { nextCursor } = await list({});
    expect(nextCursor).not.toBeNull();
    for (const filter of filters)
      for (const cursor of [undefined, nextCursor ?? undefined])
        expect([filter, await readWhole(() => list({ ...filter, cursor }))]).toEqual([filter, []]);
  });

  test('for every list of failed verifications, in the order of an index', async () => {
    const list = (filter: Partial<FailureListInput>) =>
      failureList(store, { ...week, limit: 20, ...filter });
    const { nextCursor, total } = await list({});
    expect(total).toBeGreaterThan(200);
    const asked: Partial<FailureListInput>[] = [
      {},
      { since: '2026-02-23T10:00:00Z', until: '2026-02-23T11:00:00Z' },
      { method: 'email' },
      { country: '' },
      { admin: 'true' },
      { address: '192.0.2.7' },
      { person: 'object-00000007' },
    ];
    for (const filter of asked)
      for (const cursor of [undefined, nextCursor ?? undefined]) {
        const question = () => list({ ...filter, cursor });
        expect([filter, await readWhole(question)]).toEqual([filter, []]);
        const plans = await plansOf(reader, question);
        const page = plans.find(({ statement }) => statement.includes('desc'))?.plan ?? [];
        // What failed in the same millisecond is sorted, nothing else.
        if (page.length > 0) expect(page).toContain('USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY');
      }
  });

  test('for failed verifications by value, and for bands of what else is watched', async () => {
    for (const bucket of ['day', 'hour'] as const) {
      for (const by of ['country', 'admin', 'address'] as const) {
        const question = () => verificationFailures(store, { ...week, bucket, by });
        expect([by, await readWhole(question)]).toEqual([by, []]);
      }
      for (const series of ['blocked', 'people'] as const) {
        const question = () => verificationFailures(store, { ...week, bucket, series });
        expect([series, await readWhole(question)]).toEqual([series, []]);
      }
    }
  });

  test('for admin resets, bypasses, and one incident’s story', async () => {
    const list = (filter: Partial<AdminResetsInput>) =>
      adminResets(store, { ...week, kind: 'counted', limit: 20, ...filter });
    const { nextCursor } = await list({});
    for (const filter of [{}, { bypass: true }, { bypass: false }, { operator: 'grace' }])
      for (const cursor of [undefined, nextCursor ?? undefined])
        expect([filter, await readWhole(() => list({ ...filter, cursor }))]).toEqual([filter, []]);
    const story = () => incidentStory(store, { tenantId: 1, id: 'flow-1234' });
    expect(await story()).not.toBeNull();
    expect(await readWhole(story)).toEqual([]);
  });
});
