import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { withStopsOfAttacks } from '../../db/queries/stops-of-attacks.ts';
import { HOUR_MS } from '../../domain/day.ts';
import type { Episode } from '../../domain/surveillance/episodes.ts';
import { AlertWorld, at, spray } from '../build/alert-world.ts';
import { aFinding } from '../build/findings.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const ATTACKER = '203.0.113.9';
const HOME = '198.51.100.7';

function episode(told: Pick<Episode, 'rule' | 'subject' | 'startedAt'>): Episode {
  const lastAt = told.startedAt + HOUR_MS;
  return { ...told, level: 'watch', lastAt, endedAt: lastAt, findings: [aFinding(0, 1)] };
}

const failures = episode({ rule: 'failed_verifications', subject: '', startedAt: at(29, 20) });
const stops = (hour: number) =>
  episode({ rule: 'configuration_stops', subject: 'no_licence', startedAt: at(29, hour) });

describe.each(ENGINES)('flows stopped by configuration in an attack, on %s', (_, emptyStore) => {
  async function attacked(stopped: readonly string[]) {
    const world = new AlertWorld(await tenantOn(await emptyStore()));
    const { store, tenantId } = world.lease;
    await world.failed(spray(29, 20));
    for (const [i, address] of stopped.entries()) {
      const id = `stopped-${i}`;
      await world.flow({ id, at: at(29, 20) + 1000 * i, person: `stopped-${i}`, address });
    }
    const { flow } = store.t;
    await store.tx(async (db) => {
      const told = { outcome: 'not_entitled' as const, reason: 'no_licence' };
      for (const i of stopped.keys())
        await db
          .update(flow)
          .set(told)
          .where(eq(flow.id, `stopped-${i}`));
    });
    return { world, store, tenantId };
  }

  test('are part of its alert where most came from its addresses', async () => {
    const { store, tenantId } = await attacked([ATTACKER, ATTACKER, HOME]);

    const [one, ...others] = await withStopsOfAttacks(store, tenantId, [failures, stops(20)]);

    expect(others).toEqual([]);
    expect(one).toMatchObject({ rule: 'failed_verifications', startedAt: at(29, 20) });
    expect(one?.findings).toHaveLength(2);
  });

  test('are an alert of their own where most came from elsewhere, or at another time', async () => {
    const { store, tenantId } = await attacked([ATTACKER, HOME, HOME]);

    expect(await withStopsOfAttacks(store, tenantId, [failures, stops(20)])).toHaveLength(2);
    expect(await withStopsOfAttacks(store, tenantId, [failures, stops(22)])).toHaveLength(2);
  });

  test('are an alert of their own where somebody succeeded from that address before', async () => {
    const { world, store, tenantId } = await attacked([ATTACKER, ATTACKER]);
    await world.flow({ at: at(10), person: 'person-1', address: ATTACKER });

    expect(await withStopsOfAttacks(store, tenantId, [failures, stops(20)])).toHaveLength(2);
  });
});
