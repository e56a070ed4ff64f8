import { describe, expect, test } from 'vitest';
import { pgliteStore } from '../build/stores.ts';
import { chance } from '../oracle/chance.ts';
import { expectAdminResets } from '../oracle/expect-admin-resets.ts';
import { expectDeflection, OWN_COST, TYPED_COST } from '../oracle/expect-deflection.ts';
import { expectIncidentLists, expectIncidentStories } from '../oracle/expect-incidents.ts';
import {
  expectFunnels,
  expectHours,
  expectMethodRows,
  expectReasonRows,
  expectTimes,
  expectWriteback,
} from '../oracle/expect-reset-questions.ts';
import { summaryOf } from '../oracle/figures.ts';
import { METHODS } from '../oracle/nasty-records.ts';
import { type OddTenant, oddTenant } from '../oracle/odd-tenant.ts';

/** More seeds by hand: ORACLE_SEEDS=100-120. */
const SEEDS = seedsOf(process.env.ORACLE_SEEDS ?? '1-3');

const OWNERS = [
  'user',
  'admin',
  'licence',
  'scope',
  'writeback',
  'password_policy',
  'microsoft',
] as const;

/** Another engine than SQLite by hand: ORACLE_ENGINE=pglite. */
async function storeOf(engine: string | undefined) {
  return engine === 'pglite' ? pgliteStore() : undefined;
}

function seedsOf(text: string): number[] {
  const [from = 1, to = from] = text.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe.each(SEEDS)('seed %s', (seed) => {
  test('what became of resets is that of a second reading of the definitions', async () => {
    const random = chance(seed * 7919);
    const odd: OddTenant = await oddTenant(seed, await storeOf(process.env.ORACLE_ENGINE));
    const { it, periods, hybrid } = odd;
    for (const [index, period] of periods.entries()) {
      const [first, last] = [period.days[0] ?? '', period.days.at(-1) ?? ''];
      const summary = await it.ask(`/resets/summary?first=${first}&last=${last}`);
      expect.soft(summary, `${first} to ${last}`).toEqual(summaryOf(odd.facts, first, last));
      await expectFunnels(it, period, index < 2 ? METHODS : [random.one(METHODS)]);
      await expectMethodRows(it, period);
      await expectReasonRows(it, period, index < 2 ? OWNERS : [random.one(OWNERS)]);
      await expectHours(it, period);
      await expectTimes(it, period);
      await expectWriteback(it, period, hybrid);
      await expectAdminResets(it, period, random);
    }
    const tried = await expectIncidentLists(it, periods, { random, lists: 130 });
    expect(tried.full).toBeGreaterThan(50);
    expect(tried.refused).toBeLessThan(30);
    const [{ incidents } = { incidents: [] }] = periods;
    const hard = incidents.filter(({ id }) => id.startsWith('record:'));
    expect(hard.length).toBeGreaterThan(3);
    const some = [...hard.slice(0, 20), ...random.shuffled(incidents).slice(0, 80)];
    await expectIncidentStories(it, some);
    for (const [set, perTicket] of [
      [OWN_COST, 6],
      [TYPED_COST, 20],
    ] as const) {
      const { status, text } = await it.send('put', '/assumptions', { author: 'the oracle', set });
      expect(status, text).toBe(200);
      for (const period of periods) await expectDeflection(it, period, { perTicket });
    }
  }, 120_000);
});
