import { describe, expect, test } from 'vitest';
import { recordWindow } from '../../db/store/windows.ts';
import { AlertWorld, at, spray, unusualHour } from '../build/alert-world.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

describe.each(ENGINES)('after a gap, on %s', (_, emptyStore) => {
  test('what stands out on a day of which some hours were never read is raised all the same', async () => {
    const world = new AlertWorld(await tenantOn(await emptyStore()));
    await world.failed(spray(29, 20));
    await world.judged([unusualHour({ day: 29, hour: 20 })]);
    await world.readUntil(at(29, 22));
    const { store, tenantId } = world.lease;
    await store.tx(async (db) => {
      await db.delete(store.t.feedWindow);
      const feed = { tenantId, feed: 'resets' };
      await recordWindow(store, db, { ...feed, since: at(0), until: at(29, 14) });
      await recordWindow(store, db, { ...feed, since: at(29, 15), until: at(29, 22) });
    });

    expect(await world.raise(at(29, 22))).toEqual({ raised: 1, changed: 0, ended: 0 });
  });
});
