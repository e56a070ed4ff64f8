import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../db/open-sqlite.ts';
import { behindAlert } from '../../db/queries/alert-behind.ts';
import { alertAddresses, failuresWithin } from '../../db/queries/alert-people.ts';
import { judgedPoints } from '../../db/queries/judged-points.ts';
import { judgedSeries } from '../../db/queries/judged-series.ts';
import { ruleValues } from '../../db/queries/rule-values.ts';
import { failureExcess } from '../../db/rollups/alert-excess.ts';
import { methodHealth } from '../../db/rollups/alert-health.ts';
import { flowGroups } from '../../db/rollups/day-groups.ts';
import { resetDailyRow } from '../../db/rollups/reset-daily.ts';
import { ruleRows } from '../../db/rollups/rule-values.ts';
import { watchedCounts } from '../../db/rollups/watched-counts.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import type { Store } from '../../db/store-types.ts';
import { DAY_MS, type Day, dayCutter } from '../../domain/day.ts';
import { ALERT_RULES } from '../../domain/surveillance/rule-list.ts';
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

const UTC = dayCutter('UTC');
const DAY = '2026-02-20' as Day;
const days = { tenantId: 1, first: '2026-01-16' as Day, last: DAY };
const time = { tenantId: 1, startAt: UTC.startOf(DAY), endAt: UTC.startOf(DAY) + DAY_MS };

const ALIASES: Record<string, string> = {
  ...{ told: 'watched_level', step: 'verification_step', record: 'audit_record' },
  ...{ reset: 'admin_reset', failed: 'failed_verification', earlier: 'flow', other: 'flow' },
};

/** Reads of a large table whole, of all of a tenant or a bucket, or of all flows that ended alike. */
async function readTooMuch(question: () => Promise<unknown>): Promise<string[]> {
  const lines = (await plansOf(reader, question)).flatMap(({ plan }) => plan);
  expect(lines.length).toBeGreaterThan(0);
  return lines.filter((line) => {
    const [, name = ''] = /^(?:SCAN|SEARCH) (\w+)/.exec(line) ?? [];
    if (!large.has(ALIASES[name] ?? name)) return false;
    return line.startsWith('SCAN') || /\(tenant_id=\?( AND (bucket|outcome)=\?)?\)$/.test(line);
  });
}

async function expectByIndex(name: string, question: () => Promise<unknown>): Promise<void> {
  expect([name, await readTooMuch(question)]).toEqual([name, []]);
}

describe(`at ${PEOPLE.toLocaleString('en')} people alerts read their own time, and what is usual`, () => {
  test('for what was judged and measured of the last weeks', async () => {
    await expectByIndex('judged points', () => judgedPoints(store, days));
    for (const bucket of ['day', 'hour'] as const)
      await expectByIndex(bucket, () => judgedSeries(store, { ...days, bucket }));
    await expectByIndex('rule values', () => ruleValues(store, days));
  });

  test('for who is behind an alert of every rule', async () => {
    for (const rule of ALERT_RULES)
      for (const subjects of [[], ['object-00000007']])
        await expectByIndex(rule, () => behindAlert(store, { ...time, rule, subjects }));
  });

  test('for what explains an alert, and how methods fared', async () => {
    await expectByIndex('excess', () => failureExcess(store, { ...time, cutter: UTC }));
    await expectByIndex('health', () => methodHealth(store, time));
  });

  test('for the addresses of an alert, of which there may be years', async () => {
    const week = { ...time, startAt: time.endAt - 7 * DAY_MS };
    const behind = await behindAlert(store, {
      ...week,
      rule: 'failed_verifications',
      subjects: [],
    });
    const failures = await failuresWithin(store, week);
    const isCompany = () => false;
    const question = () => alertAddresses(store, week, { behind, failures, isCompany });
    expect((await question()).addressesTotal).toBeGreaterThan(10);
    await expectByIndex('addresses', question);
  });
});

describe('a day is counted from its own rows', () => {
  test('whatever has been stored of other days', async () => {
    const lease = { store, tenantId: 1 } as HeldLease;
    await expectByIndex('flows', () => flowGroups(lease, DAY));
    const flows = [{ outcome: 'completed' as const, stage: 6, hour: 9, flows: 1 }];
    await expectByIndex('daily', () => resetDailyRow(lease, { day: DAY, flows, incidents: [] }));
    await expectByIndex('watched', () => watchedCounts(lease, DAY, UTC));
    await expectByIndex('rules', () => ruleRows(lease, DAY));
  });
});
