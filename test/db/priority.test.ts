import { and, asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { priority } from '../../db/queries/priority.ts';
import { rankPeople } from '../../db/rollups/priority.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import type { Store } from '../../db/store-types.ts';
import { DAY_MS, dayCutter } from '../../domain/day.ts';
import { callsOfOrder } from '../../domain/priority/call-order.ts';
import { PriorityResponse } from '../../server/contract/people.ts';
import { calledTenant, READ_UNTIL } from '../build/called-tenant.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn, watched } from '../build/tenants.ts';

const INPUT = { cutter: dayCutter('UTC'), now: READ_UNTIL + 1000 };

/** Expected calls by the person's number, as they are stored. */
async function expectedOf({ t: { person }, read }: Store): Promise<(number | null)[]> {
  const rows = await read
    .select({ order: person.callOrder })
    .from(person)
    .where(eq(person.tenantId, 1))
    .orderBy(asc(person.id));
  return rows.map(({ order }) => callsOfOrder(order));
}

async function change(lease: HeldLease, id: number, set: Record<string, unknown>) {
  const { person } = lease.store.t;
  await lease.tx(async (db) => {
    await db
      .update(person)
      .set(set)
      .where(and(eq(person.tenantId, 1), eq(person.id, id)));
  });
}

describe.each(ENGINES)('who will call next on %s', (_, emptyStore) => {
  async function called(given: { people: number; days: number }) {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    await calledTenant(lease, given);
    return { store, lease };
  }

  test('is fitted on a long history and puts those first who called', async () => {
    const { store, lease } = await called({ people: 700, days: 390 });

    expect(await rankPeople(lease, INPUT)).toEqual({ ranked: 700, changed: 700 });

    const expected = await expectedOf(store);
    const callers = expected.filter((_, i) => i % 10 === 0 && i < 700).map(Number);
    const others = expected.filter((_, i) => i % 10 !== 0 && i < 700).map(Number);
    expect(Math.min(...callers)).toBeGreaterThan(Math.max(...others));
    const told = await priority(store, { tenantId: 1 });
    expect(told).toMatchObject({ basis: 'fitted', people: 700, day: '2026-11-10' });
    expect(told?.backtest).toMatchObject({ first: '2026-08-03', last: '2026-10-31' });
    expect(told?.backtest?.top[2]).toMatchObject({ people: { part: 70, whole: 700 } });
    expect(told?.backtest?.top[2]?.calls).toBe(told?.backtest?.calls);
  });

  test('answers what the contract promises', async () => {
    const { store, lease } = await called({ people: 700, days: 390 });
    await rankPeople(lease, INPUT);
    const told = await priority(store, { tenantId: 1 });

    const answer = { priority: told && { ...told, madeAt: new Date(told.madeAt).toISOString() } };

    expect(PriorityResponse.parse(answer)).toEqual(answer);
  });

  test('ranks nobody who is a guest, has left or is excluded', async () => {
    const { store, lease } = await called({ people: 20, days: 390 });
    await change(lease, 22, { callOrder: -5 });

    await rankPeople(lease, INPUT);

    expect((await expectedOf(store)).slice(-3)).toEqual([null, null, null]);
  });

  test('is by stated weights, and says why, while the history is short', async () => {
    const { store, lease } = await called({ people: 100, days: 30 });

    await rankPeople(lease, INPUT);

    const told = await priority(store, { tenantId: 1 });
    expect(told).toMatchObject({ basis: 'stated', backtest: null });
    expect(told?.whyStated).toMatch(/180 days/);
    expect(told?.whyNoBacktest).toMatch(/90 days/);
    expect((await expectedOf(store)).filter((calls) => calls === null)).toHaveLength(3);
  });

  test('run again writes nobody anew', async () => {
    const { store, lease } = await called({ people: 100, days: 390 });
    await rankPeople(lease, INPUT);
    const before = await expectedOf(store);

    expect(await rankPeople(lease, INPUT)).toBeNull();
    await lease.tx(async (db) => {
      await db.delete(store.t.priorityModel);
    });
    expect(await rankPeople(lease, INPUT)).toEqual({ ranked: 100, changed: 0 });

    expect(await expectedOf(store)).toEqual(before);
  });

  test('on a quiet day keeps what nearly everybody has', async () => {
    const { store, lease } = await called({ people: 700, days: 390 });
    await rankPeople(lease, INPUT);
    await lease.tx(async (db) => {
      const until = READ_UNTIL + DAY_MS;
      await db.update(store.t.rollupState).set({ asOf: until });
      await db.update(store.t.feedWindow).set({ untilAt: until });
    });

    const done = await rankPeople(lease, INPUT);

    expect(done?.changed).toBeLessThan(70);
    expect(await priority(store, { tenantId: 1 })).toMatchObject({ day: '2026-11-11' });
  });

  test('takes an expiring password and a long absence into account, and nothing where they are unknown', async () => {
    const { store, lease } = await called({ people: 40, days: 30 });
    await change(lease, 3, { passwordChangedAt: READ_UNTIL - 30 * DAY_MS });
    await change(lease, 5, { passwordPolicies: 'DisablePasswordExpiration' });
    await change(lease, 7, { lastSignInAt: READ_UNTIL - 200 * DAY_MS });
    await change(lease, 9, { lastSignInAt: READ_UNTIL - 2 * DAY_MS });

    await rankPeople(lease, INPUT);

    const expected = (await expectedOf(store)).map(Number);
    const [expiring = 0, never = 0, absent = 0, here = 0, unknown = 0] = [2, 4, 6, 8, 12].map(
      (i) => expected[i],
    );
    expect(unknown).toBeGreaterThan(never);
    expect(unknown).toBeLessThan(expiring);
    expect(unknown).toBeGreaterThan(absent);
    expect(unknown).toBeLessThan(here);
  });

  test('is not worked out before a log and a report were read', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);

    expect(await rankPeople(lease, INPUT)).toBeNull();
    expect(await priority(store, { tenantId: 1 })).toBeNull();
  });

  test('killed between two transactions is finished by the next run', async () => {
    const { store, lease } = await called({ people: 700, days: 390 });
    let left = 2;
    const dying = watched(lease, (run) => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return run();
    });

    await expect(rankPeople(dying, INPUT)).rejects.toThrow('killed');
    expect(await priority(store, { tenantId: 1 })).toBeNull();

    expect((await rankPeople(lease, INPUT))?.changed).toBeLessThan(700);
    expect((await expectedOf(store)).slice(0, 700).every((calls) => calls !== null)).toBe(true);
  });
});
