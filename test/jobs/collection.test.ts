import { describe, expect, test } from 'vitest';
import {
  expectCoverage,
  expectFacets,
  expectMethods,
  expectPaging,
  expectPeople,
  expectReconciliation,
} from '../oracle/expect-registration.ts';
import {
  expectFailures,
  expectFailuresByValue,
  expectStories,
  expectSummaries,
  expectTrends,
} from '../oracle/expect-resets.ts';
import { factsOf } from '../oracle/figures.ts';
import { lab, worldOf } from '../oracle/lab.ts';
import { AUTOMATION_ACCOUNT } from '../oracle/nasty-resets.ts';
import { nastyTenant } from '../oracle/nasty-tenant.ts';
import { readOf } from '../oracle/read.ts';
import { peopleOf } from '../oracle/registration.ts';

const CASES: [timeZone: string, now: string, seed: number][] = [
  ['UTC', '2026-11-10T15:17:23.456Z', 1],
  ['America/New_York', '2026-11-10T03:17:23.456Z', 2],
  ['Europe/Vienna', '2026-04-10T22:17:23.456Z', 3],
  ['Australia/Lord_Howe', '2026-04-20T13:17:23.456Z', 4],
  ['Asia/Kathmandu', '2026-06-01T11:00:00.000Z', 5],
  ['America/Havana', '2026-11-20T11:00:00.000Z', 6],
];

describe.each(CASES)('in %s at %s', (timeZone, nowText, seed) => {
  const now = Date.parse(nowText);

  test('every figure is that of a literal second reading of the definitions', async () => {
    const tenant = nastyTenant(seed, now);
    const read = readOf(tenant, { now, timeZone });
    const facts = factsOf(read);
    const [snapshot] = read.snapshots;
    if (!snapshot) throw new TypeError('no snapshot');
    const it = await lab({ world: worldOf(tenant), now, timeZone });
    await it.collect({ feeds: ['domains'] });
    await it.put('/settings', { settings: { automation_accounts: AUTOMATION_ACCOUNT } });
    const report = await it.collect();

    expect(report.feeds.map(({ state, reason }) => [state, reason])).toEqual(
      Array(5).fill(['ok', null]),
    );
    await expectCoverage(it, snapshot, timeZone);
    await expectMethods(it, snapshot);
    await expectReconciliation(it, snapshot);
    await expectFacets(it, snapshot);
    await expectSummaries(it, facts);
    await expectTrends(it, facts);
    await expectFailures(it, facts);
    await expectFailuresByValue(it, facts);
    await expectStories(
      it,
      facts,
      peopleOf(snapshot)
        .slice(0, 150)
        .map(({ id }) => id),
    );
    // Lists of people do not depend on the zone: two tenants are enough for all their pages and pairs.
    const thorough = seed <= 2;
    await expectPaging(it, thorough ? [1, 7, 50, 199] : [50]);
    await expectPeople(it, snapshot, thorough);
  });
});
