import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '../../db/open-sqlite.ts';
import { collection } from '../../db/queries/collection.ts';
import { deflectionInput } from '../../db/queries/deflection-input.ts';
import { deflectionMonths } from '../../db/queries/deflection-months.ts';
import { isHybrid } from '../../db/queries/hybrid.ts';
import { type PeopleInput, people } from '../../db/queries/people.ts';
import { writeCursor } from '../../db/queries/people-cursor.ts';
import { personStory } from '../../db/queries/person-story.ts';
import { publishedPeople } from '../../db/queries/published-people.ts';
import { reconciliation } from '../../db/queries/reconciliation.ts';
import { registrationBy } from '../../db/queries/registration-by.ts';
import { registrationCoverage } from '../../db/queries/registration-coverage.ts';
import { registrationMethods } from '../../db/queries/registration-methods.ts';
import { resetsSummary } from '../../db/queries/resets-summary.ts';
import { resetsTrend } from '../../db/queries/resets-trend.ts';
import { verificationFailures } from '../../db/queries/verification-failures.ts';
import type { Store } from '../../db/store-types.ts';
import type { Day } from '../../domain/day.ts';
import { DEFAULT_SET } from '../../domain/deflection/assumption-set.ts';
import { fillLargeTenant, PEOPLE } from '../build/large-tenant.ts';
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
  store = openSqlite(path);
  reader = (store.read as unknown as { $client: Database.Database }).$client;
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Lines that read a large table whole, or sort what was read. */
function slow({ plan }: Asked): string[] {
  return plan.filter((line) => {
    // A full-text index is read by what it must match (M), a subquery after the search that makes it.
    const scanned = /^SCAN (\w+)(?! VIRTUAL TABLE INDEX \d+:M)/.exec(line)?.[1] ?? '';
    const whole = large.has(scanned) && !plan.includes(`CO-ROUTINE ${scanned}`);
    return (
      whole || /^SEARCH person\b.*\(tenant_id=\?\)/.test(line) || line.includes('USE TEMP B-TREE')
    );
  });
}

async function expectSwift(question: () => Promise<unknown>, allowed: RegExp = /^$/) {
  const asked = await plansOf(reader, question);
  expect(asked.length).toBeGreaterThan(0);
  const bad = asked.flatMap((one) => {
    const lines = slow(one).filter((line) => !allowed.test(line));
    return lines.length > 0 ? [{ ...one, lines }] : [];
  });
  expect(bad).toEqual([]);
}

const period = {
  tenantId: 1,
  timeZone: 'UTC',
  first: '2023-03-01' as Day,
  last: '2026-02-28' as Day,
};

describe(`at ${PEOPLE.toLocaleString('en')} people no large table is read whole, and nothing is sorted`, () => {
  const list = (over: Partial<PeopleInput> = {}) =>
    people(store, { tenantId: 1, userType: 'member', sort: 'name', limit: 50, ...over });

  const filters: Partial<PeopleInput>[] = [
    { reason: 'too_few_methods' },
    { admin: true },
    { admin: false },
    { department: 'Department 7' },
    { department: '' },
    { country: 'AT' },
    { country: '' },
    { capable: false },
    { registered: true },
    { enabled: false },
    { userType: 'guest' },
    { excluded: true },
    { sort: 'priority' },
    { manager: 'object-00000007' },
    { manager: '' },
    { done: true },
    { done: false },
    { exclusion: 1, excluded: true },
    { method: 'email' },
    { families: '2' },
    { onlyFamily: 'email' },
    { search: 'common' },
  ];
  // What is read because there is little of it, is sorted.
  const few = /^USE TEMP B-TREE FOR (LAST TERM OF )?(ORDER BY|DISTINCT)$/;

  test('for the list and its total', async () => {
    await expectSwift(() => list());
    await expectSwift(() => list({ limit: 200 }));
    expect((await list()).total).toBeGreaterThan(PEOPLE * 0.9);
  });

  test.each(filters)('for the list with %j', async (filter) => {
    await expectSwift(() => list({ ...filter, facets: true }), few);
    expect((await list(filter)).people.length).toBeGreaterThan(0);
  });

  const pairs = filters.flatMap((a, i) => filters.slice(i + 1).map((b) => ({ ...a, ...b })));

  test('for a search of two letters, which no trigram helps: the index of names is read, nothing else', async () => {
    const names = /^SEARCH person USING COVERING INDEX person_found \(tenant_id=\?\)$/;
    await expectSwift(() => list({ search: 'an' }), names);
    expect((await list({ search: 'an' })).total).toBeGreaterThan(0);
  });

  test('for every two filters together', async () => {
    for (const filter of pairs) await expectSwift(() => list(filter), few);
  });

  test('for a page deep in the list, which is found by its place', async () => {
    const deep = await list();
    const sortName = reader
      .prepare(
        `select sort_name from person where kind = 'member' order by sort_name limit 1 offset ?`,
      )
      .pluck()
      .get(PEOPLE / 2);
    const place = { sortName: String(sortName), id: 'm', callOrder: -500 };
    const cursor = writeCursor('name', place);
    for (const filter of [{}, ...filters]) {
      const { sort = 'name' } = filter;
      const from = writeCursor(sort, place);
      await expectSwift(() => list({ ...filter, cursor: from }), few);
    }

    const asked = await plansOf(reader, () => list({ cursor }));
    const searches = asked
      .flatMap(({ plan }) => plan)
      .filter((line) => /^SEARCH person/.test(line));
    expect(searches[0]).toMatch(
      /person_list \(tenant_id=\? AND kind=\? AND sort_name=\? AND object_id>\?\)/,
    );
    expect(searches[1]).toMatch(/person_list \(tenant_id=\? AND kind=\? AND sort_name>\?\)/);
    expect(deep.nextCursor).not.toBeNull();
  });

  test('for a search that few match: those few are sorted, nothing else is read', async () => {
    for (const filter of [{}, { department: 'Department 7' }, { capable: true }])
      for (const search of ['rarest person', 'nobody at all']) {
        const question = () => list({ ...filter, search });
        await expectSwift(question, /^USE TEMP B-TREE FOR (LAST TERM OF )?ORDER BY$/);
        const lines = (await plansOf(reader, question)).flatMap(({ plan }) => plan);
        const read = lines.filter((line) => /^(SEARCH|SCAN) person\b/.test(line));
        for (const line of read)
          expect(line).toMatch(/^SCAN person$|\(tenant_id=\? AND (object_)?id=\?/);
      }
    expect((await list({ search: 'rarest person' })).total).toBe(1);
  });

  test('for one person’s story', async () => {
    await expectSwift(() => personStory(store, { tenantId: 1, id: 'object-00001234' }), /TEMP/);
  });

  test('for coverage of three years, of everybody and of a value', async () => {
    await expectSwift(() => registrationCoverage(store, period));
    for (const dimension of ['department', 'country', 'office', 'company', 'admin'])
      await expectSwift(() => registrationCoverage(store, { ...period, dimension, value: '7' }));
  });

  test('for a day by dimension, by method, and beside Graph’s totals', async () => {
    for (const day of [undefined, '2024-05-01' as Day]) {
      await expectSwift(() => registrationBy(store, { tenantId: 1, dimension: 'department', day }));
      // A day has a few dozen methods, sorted by how many people have them, and as many totals of Graph's.
      await expectSwift(() => registrationMethods(store, { tenantId: 1, day }), /TEMP/);
      await expectSwift(() => reconciliation(store, { tenantId: 1, day }), /TEMP/);
    }
    await expectSwift(() => publishedPeople(store, 1));
  });

  test('for resets of three years', async () => {
    await expectSwift(() => resetsSummary(store, period));
    for (const bucket of ['day', 'week', 'month'] as const)
      await expectSwift(() => resetsTrend(store, { ...period, bucket }));
  });

  test('for tickets avoided, by month too: distinct incidents of a few admin resets are counted', async () => {
    const distinct = /^USE TEMP B-TREE FOR count\(DISTINCT\)$/;
    const asked = { ...period, set: DEFAULT_SET };
    await expectSwift(() => deflectionInput(store, asked), distinct);
    await expectSwift(() => deflectionMonths(store, asked));
    // The index holds those who are synchronised alone, and the first of them answers.
    await expectSwift(() => isHybrid(store, 1), /USING INDEX person_synced/);
  });

  test('for failed verifications by day and hour, in all and by method', async () => {
    const week = { ...period, first: '2026-02-22' as Day };
    for (const input of [period, week])
      for (const bucket of ['day', 'hour'] as const) {
        await expectSwift(() => verificationFailures(store, { ...input, bucket }));
        const by = 'method' as const;
        const asked = () => verificationFailures(store, { ...input, bucket, by });
        await expectSwift(asked);
        const lines = (await plansOf(reader, asked)).flatMap(({ plan }) => plan);
        const line = lines.find((one) => one.includes('verification_count'));
        // Only the period is read, not the whole history of its methods.
        expect(line).toMatch(/bucket=\? AND method=\? AND day>\? AND day<\?/);
      }
  });

  test('for the state of the collection', async () => {
    const now = Date.UTC(2026, 2, 1);
    await expectSwift(() => collection(store, { tenantId: 1, timeZone: 'UTC', now }));
  });
});
