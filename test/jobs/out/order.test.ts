import { describe, expect, test } from 'vitest';
import { deliveryCounts } from '../../../db/queries/deliveries.ts';
import { KEY_NOT_HERE } from '../../../db/store/channel-secrets.ts';
import { removeChannel } from '../../../db/store/channels.ts';
import { retryDelivery } from '../../../db/store/retry-delivery.ts';
import type { Store } from '../../../db/store-types.ts';
import { deliverDue } from '../../../jobs/out/deliver.ts';
import { delivering, SIGNING_KEY, webhookTo } from '../../build/delivering.ts';
import { addedChannel, enqueued, OUTBOX_NOW, outboxOf } from '../../build/outbox.ts';
import { type WebReceiver, webReceiver } from '../../build/receivers.ts';
import { ENGINES } from '../../build/stores.ts';

const MINUTE_MS = 60_000;

const toldTo = ({ received }: WebReceiver): string[] =>
  received.map(({ body }) => JSON.parse(body).type.replace('alert.', ''));

const states = async (store: Store) =>
  (await outboxOf(store)).map(({ kind, state }) => `${kind} ${state}`);

describe.each(ENGINES)('what a channel is told of one alert, on %s', (_, emptyStore) => {
  test('comes in the order in which it happened', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver();
    await webhookTo(store, receiver);
    await enqueued(store, { kind: 'closed', now: OUTBOX_NOW, alertId: 8 });
    await enqueued(store, { kind: 'raised', now: OUTBOX_NOW });
    await enqueued(store, { kind: 'closed', now: OUTBOX_NOW });
    await enqueued(store, { kind: 'level_raised', now: OUTBOX_NOW });

    await deliverDue(await delivering(store));

    expect(toldTo(receiver)).toEqual(['raised', 'level_raised', 'closed']);
  });

  test('is never its end before its beginning, however often that has to be tried', async () => {
    const store = await emptyStore();
    let status = 503;
    const receiver = await webReceiver((res) => res.writeHead(status).end());
    await webhookTo(store, receiver);
    const time = { now: OUTBOX_NOW };
    const deps = await delivering(store, { clock: () => time.now });
    await enqueued(store);
    await deliverDue(deps);
    time.now += 1;
    await enqueued(store, { kind: 'closed', now: time.now });

    expect(await deliverDue(deps)).toBeNull();
    status = 200;
    time.now += 2 * MINUTE_MS;
    await deliverDue(deps);

    expect(toldTo(receiver)).toEqual(['raised', 'raised', 'closed']);
  });

  test('is not its end where its beginning was given up, until that was sent after all', async () => {
    const store = await emptyStore();
    let status = 410;
    const receiver = await webReceiver((res) => res.writeHead(status).end());
    await webhookTo(store, receiver);
    await enqueued(store);
    const deps = await delivering(store);
    await deliverDue(deps);
    await enqueued(store, { kind: 'closed' });
    const [raised] = await outboxOf(store);
    const again = async () => {
      await retryDelivery(store, { tenantId: 1, id: raised?.id ?? '' }, OUTBOX_NOW);
      return deliverDue(deps);
    };

    await deliverDue(deps);
    expect(await states(store)).toEqual(['raised dead', 'closed dropped']);
    expect(await deliveryCounts(store, 1)).toMatchObject({ waiting: 0, dead: 1, dropped: 1 });
    expect(await again()).toEqual({ sent: 0, failed: 0, dead: 1 });
    expect(await states(store)).toEqual(['raised dead', 'closed dropped']);
    status = 200;
    expect(await again()).toEqual({ sent: 2, failed: 0, dead: 0 });

    expect(await states(store)).toEqual(['raised sent', 'closed sent']);
    expect(toldTo(receiver)).toEqual(['raised', 'raised', 'raised', 'closed']);
  });

  test('is not its end where its beginning is given up while the end waits', async () => {
    const store = await emptyStore();
    await webhookTo(store, await webReceiver((res) => res.writeHead(410).end()));
    await enqueued(store, { now: OUTBOX_NOW - 1 });
    await enqueued(store, { kind: 'closed' });

    expect(await deliverDue(await delivering(store))).toEqual({ sent: 0, failed: 0, dead: 1 });

    expect(await states(store)).toEqual(['raised dead', 'closed dropped']);
  });

  test('is not its beginning by hand after its end', async () => {
    const store = await emptyStore();
    let status = 410;
    const receiver = await webReceiver((res) => res.writeHead(status).end());
    await webhookTo(store, receiver);
    const deps = await delivering(store);
    await enqueued(store, { now: OUTBOX_NOW - 2 });
    await deliverDue(deps);
    const [raised] = await outboxOf(store);
    status = 200;
    await enqueued(store, { kind: 'level_raised', now: OUTBOX_NOW - 1 });
    await enqueued(store, { kind: 'closed' });
    await deliverDue(deps);

    const retried = await retryDelivery(store, { tenantId: 1, id: raised?.id ?? '' }, OUTBOX_NOW);

    expect(retried).toBe('overtaken');
    expect(toldTo(receiver)).toEqual(['raised', 'level_raised', 'closed']);
  });

  test('is no longer what something newer has overtaken: a critical level in quiet hours', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver();
    const time = { now: Date.parse('2026-03-10T23:30:00Z') };
    await addedChannel(store, {
      body: { quiet: { from: 22, until: 7 } },
      secrets: { url: receiver.url, key: SIGNING_KEY },
    });
    await enqueued(store, { now: time.now - 1 });
    await enqueued(store, { now: time.now - 1, alertId: 8 });
    await enqueued(store, { now: time.now, kind: 'level_raised', message: { level: 'critical' } });
    const deps = await delivering(store, { clock: () => time.now });

    await deliverDue(deps);
    expect(toldTo(receiver)).toEqual(['level_raised']);
    expect((await states(store)).sort()).toEqual([
      'level_raised sent',
      'raised dropped',
      'raised waiting',
    ]);
    time.now = Date.parse('2026-03-11T06:00:00Z');
    await deliverDue(deps);
    expect(receiver.received.map(({ body }) => JSON.parse(body).data.alertId)).toEqual(['7', '8']);
  });
});

describe.each(ENGINES)('channels on %s', (_, emptyStore) => {
  test('get at once what becomes due while a slow one is still at work', async () => {
    const store = await emptyStore();
    const ends: string[] = [];
    const slow = await webReceiver((res) => {
      setTimeout(() => {
        ends.push('slow');
        res.end();
      }, 400);
    });
    const quick = await webReceiver((res) => {
      ends.push('quick');
      res.end();
    });
    await webhookTo(store, slow);
    await enqueued(store);
    const sending = deliverDue(await delivering(store));
    await expect.poll(() => slow.received.length).toBe(1);
    await webhookTo(store, quick);
    await enqueued(store, { alertId: 8 });

    expect(await sending).toEqual({ sent: 3, failed: 0, dead: 0 });

    expect(ends).toEqual(['quick', 'slow', 'slow']);
  });

  test('that were removed while something was put there for them leave nothing that waits for ever', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver();
    const { id } = await webhookTo(store, receiver);
    await enqueued(store);
    await removeChannel(store, { tenantId: 1, id }, OUTBOX_NOW);
    // As a transaction leaves it that read the channel before it was removed, and ends after.
    await store.tx(async (db) => {
      await db.update(store.t.delivery).set({ state: 'waiting' });
    });

    expect(await deliverDue(await delivering(store))).toEqual({ sent: 0, failed: 0, dead: 0 });

    expect(await states(store)).toEqual(['raised dropped']);
    expect(receiver.received).toEqual([]);
  });

  test('whose key is gone wait and say so; others are sent to, and the key may come back', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver();
    await webhookTo(store, receiver);
    await enqueued(store);
    const time = { now: OUTBOX_NOW };
    const deps = await delivering(store, { clock: () => time.now });

    for (const found of [() => null, () => Buffer.alloc(32, 'another')]) {
      expect(await deliverDue({ ...deps, secretsKey: { found } })).toMatchObject({ failed: 1 });
      const [row] = await outboxOf(store);
      expect(row).toMatchObject({ state: 'waiting', lastError: KEY_NOT_HERE });
      time.now = row?.nextAt ?? 0;
    }
    expect(await deliverDue(deps)).toMatchObject({ sent: 1 });
    expect(deps.bugs).toEqual([]);
  });
});
