import { describe, expect, test } from 'vitest';
import { storePeople, type UserRow } from '../../db/store/people.ts';
import { signInToStore } from '../../db/store/sign-in-week.ts';
import { DAY_MS, HOUR_MS } from '../../domain/day.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const MONDAY = Date.parse('2026-11-09T04:10:00Z');

const signedIn = (id: string, lastSignInAt: number | null): UserRow => ({
  ...{ id, name: id, userPrincipalName: null, department: null, country: null, office: null },
  ...{ company: null, createdAt: null, accountEnabled: true, passwordChangedAt: null },
  ...{ passwordPolicies: null, onPremisesSynced: null, lastSignInAt },
});

describe.each(ENGINES)('what is told of sign-ins, on %s', (_, emptyStore) => {
  test('is stored at once, then once a week', async () => {
    const lease = await tenantOn(await emptyStore());
    const { person } = lease.store.t;
    const days = Array.from({ length: 22 }, (_, day) => MONDAY + day * DAY_MS);
    const seen: (number | null)[] = [];
    let written = 0;
    for (const now of days) {
      const lately = signedIn('ada', now - 20 * HOUR_MS);
      const { added, changed } = await storePeople(lease, [lately], { now });
      written += added + changed;
      const [ada] = await lease.store.read.select().from(person);
      seen.push(ada?.lastSignInAt ?? null);
    }

    expect(seen[0]).toBe(MONDAY - 20 * HOUR_MS);
    expect(written).toBe(4);
    const behind = days.map((now, day) => now - (seen[day] ?? 0));
    expect(Math.max(...behind)).toBeLessThan(8 * DAY_MS);
  });

  test('is kept while nothing is told, like the manager', async () => {
    const lease = await tenantOn(await emptyStore());
    const { person } = lease.store.t;
    const stored = async () => (await lease.store.read.select().from(person))[0];
    const ada = { ...signedIn('ada', MONDAY), managerId: 'bess' };
    await storePeople(lease, [ada]);

    const { managerId: _, lastSignInAt: __, ...silent } = ada;
    expect(await storePeople(lease, [silent])).toEqual({ added: 0, changed: 0 });
    expect(await storePeople(lease, [signedIn('ada', null)])).toEqual({ added: 0, changed: 0 });
    expect(await stored()).toMatchObject({ managerId: 'bess', lastSignInAt: MONDAY });

    await storePeople(lease, [{ ...silent, managerId: null }]);
    expect(await stored()).toMatchObject({ managerId: null, lastSignInAt: MONDAY });
  });
});

describe('who signs in every day', () => {
  const now = MONDAY;
  const stored = now - 3 * DAY_MS;
  const people = Array.from({ length: 20_000 }, (_, id) => ({ id, lastSignInAt: stored }));
  const writtenAt = (at: number) =>
    people.filter((old) => signInToStore(old, at - HOUR_MS, at) !== stored).map(({ id }) => id);

  test('is written on one day of seven, together with the neighbours in the table', () => {
    const days = Array.from({ length: 7 }, (_, day) => writtenAt(now + day * DAY_MS));

    expect(days.flat().sort((a, b) => a - b)).toEqual(people.map(({ id }) => id));
    for (const ids of days) {
      expect(ids.length).toBeLessThan(people.length / 5);
      expect(new Set(ids.map((id) => Math.floor(id / 1024))).size).toBeLessThanOrEqual(3);
    }
  });

  test('and was away for a fortnight is written at once', () => {
    const away = { id: 1, lastSignInAt: now - 15 * DAY_MS };
    const turns = Array.from({ length: 7 }, (_, id) => ({ ...away, id: id * 1024 }));

    expect(turns.map((old) => signInToStore(old, now, now))).toEqual(Array(7).fill(now));
  });
});
