import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../db/open-sqlite.ts';
import type { Dimension } from '../../db/queries/at-risk-segments.ts';
import { registrationAtRisk } from '../../db/queries/registration-at-risk.ts';
import { registrationChanges } from '../../db/queries/registration-changes.ts';
import { registrationJoiners } from '../../db/queries/registration-joiners.ts';
import { registrationMethodsTrend } from '../../db/queries/registration-methods-trend.ts';
import { registrationMoves } from '../../db/queries/registration-moves.ts';
import type { Store } from '../../db/store-types.ts';
import { type Day, parseDay } from '../../domain/day.ts';
import { fillLargeTenant, PEOPLE } from '../build/large-tenant.ts';
import { fillRegistrationQuestions } from '../build/large-tenant-questions.ts';
import { type Asked, plansOf } from '../build/plans.ts';

let folder: string;
let store: Store;
let reader: Database.Database;
let large: Set<string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deflectometer-'));
  const path = join(folder, 'large.db');
  openSqlite(path).close();
  large = fillLargeTenant(path);
  for (const name of fillRegistrationQuestions(path)) large.add(name);
  store = openSqlite(path);
  reader = (store.read as unknown as { $client: Database.Database }).$client;
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const tenantId = 1;
const period = { first: '2023-03-01' as Day, last: '2026-02-28' as Day };
const winter = { ...period, first: '2025-12-01' as Day };
const settings = {
  requiredMethods: 1 as const,
  smsVoiceEnd: parseDay('2027-02-01'),
  smsVoiceEndGlobalAdmins: parseDay('2027-07-01'),
  ownTelephony: false,
  globalAdministrators: ['object-00001234', 'rarest person@x'],
};

/** Reads of large tables that are not by all of an index's leading columns, or not by an index. */
function scans({ plan }: Asked): string[] {
  return plan.filter((line) => {
    const scanned = /^SCAN (\w+)(?! VIRTUAL TABLE INDEX \d+:M)/.exec(line)?.[1] ?? '';
    const byTenantOnly = /^SEARCH (\w+) .*\(tenant_id=\?\)$/.exec(line)?.[1] ?? '';
    return [scanned, byTenantOnly].some((name) => large.has(ALIASES[name] ?? name));
  });
}

const ALIASES: Record<string, string> = { change: 'registration_change' };

async function expectByIndex(question: () => Promise<unknown>): Promise<string[]> {
  const asked = await plansOf(reader, question);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((one) => scans(one).length > 0)).toEqual([]);
  return asked.flatMap(({ plan }) => plan);
}

describe(`at ${PEOPLE.toLocaleString('en')} people nobody is looked at whom the question is not about`, () => {
  const atRisk = (by?: Dimension) =>
    registrationAtRisk(store, { tenantId, date: parseDay('2027-02-01'), by, settings });

  test('for who is at risk: states are judged, and only listed people looked up', async () => {
    const lines = await expectByIndex(() => atRisk());
    const ofPeople = lines.filter((line) => /^(SEARCH|SCAN) person\b/.test(line));
    for (const line of ofPeople)
      expect(line).toMatch(/COVERING INDEX person_state|object_id=\?|\(tenant_id=\? AND id=\?\)/);
    expect((await atRisk()).people).toBeGreaterThan(1000);
  });

  test.each(['department', 'country'] as const)('for people at risk by %s', async (by) => {
    const lines = await expectByIndex(() => atRisk(by));
    expect(lines.join('\n')).toMatch(/COVERING INDEX person_state .*state_id=\?/);
    expect((await atRisk(by)).segments?.[0]?.people).toBeGreaterThan(10);
  });

  test.each(['office', 'company', 'admin'] as const)('for people at risk by %s', async (by) => {
    await expectByIndex(() => atRisk(by));
  });

  test('for the moves of three years', async () => {
    const question = () => registrationMoves(store, { tenantId, ...period, bucket: 'week' });
    const lines = await expectByIndex(question);
    expect(lines.join('\n')).toMatch(/registration_snapshot_day .*last_of_day=\? AND day>\?/);
  });

  test.each(['gained', 'lost', 'arrived', 'departed'] as const)(
    'for the first page of who %s, and for one in the middle',
    async (move) => {
      const ask = (cursor?: string) =>
        registrationChanges(store, { tenantId, ...winter, move, limit: 50, cursor });
      const lines = await expectByIndex(() => ask());
      expect(lines.join('\n')).toMatch(/registration_change_snapshot .*person_id>\?/);
      const { nextCursor } = await ask();
      if (nextCursor) await expectByIndex(() => ask(nextCursor));
      const { total } = await ask();
      expect(total).toBeGreaterThan(50);
    },
  );

  test('for joiners: only the accounts of the period', async () => {
    const lines = await expectByIndex(() =>
      registrationJoiners(store, { tenantId, timeZone: 'UTC' }),
    );
    expect(lines.join('\n')).toMatch(/person_created \(tenant_id=\? AND created_at>\?/);
  });

  test('for methods over three years', async () => {
    await expectByIndex(() => registrationMethodsTrend(store, { tenantId, ...period }));
  });
});
