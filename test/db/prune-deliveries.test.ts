import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { acquireLease, HeldLease } from '../../db/store/lease.ts';
import { pruneDeliveries } from '../../db/store/prune-deliveries.ts';
import type { Store } from '../../db/store-types.ts';
import type { DeliveryState } from '../../domain/alerting/channel.ts';
import { DAY_MS } from '../../domain/day.ts';
import { someEvidence } from '../build/evidence.ts';
import { addedChannel, enqueued, OUTBOX_NOW, outboxOf } from '../build/outbox.ts';
import { ENGINES } from '../build/stores.ts';

async function leaseOf(store: Store): Promise<HeldLease> {
  const job = { tenantId: 1, job: 'deliver' };
  const fence = await acquireLease(store, { ...job, holder: 'a test', now: OUTBOX_NOW });
  return new HeldLease(store, { ...job, fence: fence ?? 0, clock: () => OUTBOX_NOW });
}

/** A delivery of alert `alertId` that got there, or was settled otherwise, so many days ago. */
async function settled(store: Store, alertId: number, state: DeliveryState, days: number) {
  const at = OUTBOX_NOW - days * DAY_MS;
  await enqueued(store, { now: at - 1, alertId });
  const { delivery } = store.t;
  const sentAt = state === 'sent' ? at : null;
  await store.tx(async (db) => {
    await db.update(delivery).set({ state, sentAt }).where(eq(delivery.alertId, alertId));
  });
}

const left = async (store: Store) =>
  (await outboxOf(store)).map(({ alertId }) => alertId).sort((a, b) => Number(a) - Number(b));

describe.each(ENGINES)('old deliveries on %s', (_, emptyStore) => {
  test('go after 90 days if they were sent or dropped, after a year if not', async () => {
    const store = await emptyStore();
    await addedChannel(store);
    await settled(store, 1, 'sent', 91);
    await settled(store, 2, 'sent', 89);
    await settled(store, 3, 'dropped', 91);
    await settled(store, 4, 'dropped', 89);
    await settled(store, 5, 'dead', 364);
    await settled(store, 6, 'dead', 366);
    await settled(store, 7, 'waiting', 364);
    await settled(store, 8, 'waiting', 366);

    expect(await pruneDeliveries(await leaseOf(store), OUTBOX_NOW)).toBe(4);

    expect(await left(store)).toEqual([2, 4, 5, 7]);
    expect(await pruneDeliveries(await leaseOf(store), OUTBOX_NOW)).toBe(0);
  });

  test('count from when they arrived, however long they had waited', async () => {
    const store = await emptyStore();
    await addedChannel(store);
    await settled(store, 1, 'sent', 100);
    const { delivery } = store.t;
    await store.tx(async (db) => {
      await db.update(delivery).set({ sentAt: OUTBOX_NOW - DAY_MS });
    });

    expect(await pruneDeliveries(await leaseOf(store), OUTBOX_NOW)).toBe(0);
  });

  test('stay while their alert lasts, so that its end is told to who was told of it', async () => {
    const store = await emptyStore();
    await addedChannel(store);
    for (const id of [1, 2, 3]) await settled(store, id, 'sent', 200);
    await anAlert(store, 1, { endedAt: null });
    await anAlert(store, 2, { endedAt: OUTBOX_NOW - DAY_MS });
    await anAlert(store, 3, { endedAt: null, withdrawnAt: OUTBOX_NOW - DAY_MS });

    expect(await pruneDeliveries(await leaseOf(store), OUTBOX_NOW)).toBe(2);

    expect(await left(store)).toEqual([1]);
    expect(await enqueued(store, { kind: 'closed', alertId: 1 })).toBe(1);
  });

  test('go in small pieces when there are many', async () => {
    const store = await emptyStore();
    await addedChannel(store);
    const at = OUTBOX_NOW - 100 * DAY_MS;
    await settled(store, 1, 'sent', 100);
    const [row] = await outboxOf(store);
    if (row === undefined) throw new TypeError('Nothing was put into the outbox');
    const many = Array.from({ length: 400 }, (_, i) => ({ ...row, id: `copy-${i}`, sentAt: at }));
    await store.tx(async (db) => {
      await db.insert(store.t.delivery).values(many);
    });

    expect(await pruneDeliveries(await leaseOf(store), OUTBOX_NOW)).toBe(401);
    expect(await outboxOf(store)).toEqual([]);
  });
});

async function anAlert(
  store: Store,
  id: number,
  ends: { endedAt: number | null; withdrawnAt?: number },
): Promise<void> {
  const at = OUTBOX_NOW - 200 * DAY_MS;
  await store.tx(async (db) => {
    await db.insert(store.t.alert).values({
      tenantId: 1,
      id,
      rule: 'failed_verifications',
      subject: '',
      level: 'alert',
      queue: 'security',
      startedAt: at,
      lastAt: at,
      raisedAt: at,
      updatedAt: at,
      settingsVersion: 0,
      evidence: someEvidence(),
      madeWith: '',
      ...ends,
    });
  });
}
