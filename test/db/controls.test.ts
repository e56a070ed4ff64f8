import { describe, expect, test } from 'vitest';
import { controls } from '../../db/queries/controls.ts';
import type { HeldLease } from '../../db/store/lease.ts';
import { StateDictionary } from '../../db/store/registration-states.ts';
import { changeSettings, settingDefaults } from '../../db/store/settings.ts';
import { parseDay } from '../../domain/day.ts';
import type { RegistrationState } from '../../domain/registration.ts';
import { PeopleQuery } from '../../server/contract/people.ts';
import { ControlsResponse } from '../../server/contract/registration.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const DAY = parseDay('2026-11-22');
const defaults = settingDefaults({ timeZone: 'UTC' });

const CAPABLE: RegistrationState = {
  ...{ admin: false, enabled: true, registered: true, capable: true, mfaCapable: true },
  ...{ methods: ['email', 'mobilePhone'], userType: 'member' },
};

/** A published snapshot with so many people in each state. */
async function putSnapshot(
  { store, tenantId }: HeldLease,
  population: [RegistrationState, number][],
) {
  const { registrationSnapshot: snapshot, registrationStateCount: counts } = store.t;
  const dictionary = await StateDictionary.load(store, tenantId);
  const rest = { people: 100, rejected: 0, unknownAdmin: 0, state: 'published', lastOfDay: true };
  await store.tx(async (db) => {
    await db.insert(snapshot).values({ tenantId, id: 1, day: DAY, takenAt: 1000, ...rest });
    const ids = await dictionary.ids(
      db,
      population.map(([state]) => state),
    );
    for (const [index, [, people]] of population.entries())
      await db.insert(counts).values({ tenantId, snapshotId: 1, stateId: ids[index] ?? 0, people });
  });
}

async function asked({ store, tenantId }: HeldLease) {
  const answer = ControlsResponse.parse(await controls(store, { tenantId, defaults }));
  const [enabled, two, registered] = answer.controls[0]?.expectations ?? [];
  return { answer, enabled, two, registered };
}

describe.each(ENGINES)('the controls on %s', (_, emptyStore) => {
  test('cannot be judged before the first snapshot', async () => {
    const { answer } = await asked(await tenantOn(await emptyStore()));

    expect(answer.day).toBeNull();
    expect(answer.controls[0]?.expectations.map(({ state }) => state)).toEqual(
      Array(3).fill('cannot_be_seen'),
    );
  });

  test('are judged by the states of the population, with filters that the list takes', async () => {
    const lease = await tenantOn(await emptyStore());
    await putSnapshot(lease, [
      [CAPABLE, 70],
      [{ ...CAPABLE, methods: ['email'] }, 4],
      [{ ...CAPABLE, enabled: false, capable: false }, 20],
      [{ ...CAPABLE, registered: false, capable: false, methods: [] }, 9],
    ]);

    const { answer, enabled, two, registered } = await asked(lease);

    expect(answer.day).toBe(DAY);
    expect(enabled).toMatchObject({ state: 'fail', people: { part: 83, whole: 103 } });
    expect(two).toMatchObject({
      state: 'cannot_be_seen',
      advice: expect.stringContaining('4 people who can reset today'),
      filters: { atRisk: DAY, required: '2', admin: 'false' },
    });
    expect(registered).toMatchObject({ state: 'fail', people: { part: 94, whole: 103 } });
    for (const one of [enabled, two, registered])
      expect(PeopleQuery.safeParse(one?.filters).error).toBeUndefined();
  });

  test('know two required methods from one that nobody has typed in, be it the default', async () => {
    const lease = await tenantOn(await emptyStore());
    const { store, tenantId } = lease;
    await putSnapshot(lease, [[CAPABLE, 70]]);
    const typed = async (required_methods: string) => {
      await changeSettings(store, tenantId, { required_methods }, 1000);
      return (await asked(lease)).two?.state;
    };

    expect((await asked(lease)).two?.state).toBe('cannot_be_seen');
    expect(await typed('2')).toBe('pass');
    expect(await typed('1')).toBe('fail');
    expect(await typed('')).toBe('cannot_be_seen');
  });
});
