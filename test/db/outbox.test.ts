import { describe, expect, test } from 'vitest';
import { channels } from '../../db/queries/channels.ts';
import { deliveries, deliveryCounts } from '../../db/queries/deliveries.ts';
import { dueChannels, nextDelivery } from '../../db/queries/due-deliveries.ts';
import { type ChannelRow, changeChannel, removeChannel } from '../../db/store/channels.ts';
import { enqueueTest } from '../../db/store/enqueue-test.ts';
import { enqueue } from '../../db/store/outbox.ts';
import { retryDelivery } from '../../db/store/retry-delivery.ts';
import { testMessage } from '../../domain/alerting/test-message.ts';
import { dayCutter } from '../../domain/day.ts';
import type { AlertRule } from '../../domain/surveillance/rule-list.ts';
import { aMessage } from '../build/notices.ts';
import {
  addedChannel,
  enqueued,
  nextUuid,
  OUTBOX_NOW,
  outboxOf,
  TEST_KEY,
} from '../build/outbox.ts';
import { ENGINES } from '../build/stores.ts';

const HOUR_MS = 3_600_000;

describe.each(ENGINES)('the outbox on %s', (_, emptyStore) => {
  test('holds one delivery for every channel that is on and takes level and rule', async () => {
    const store = await emptyStore();
    const all = await addedChannel(store);
    const own = await addedChannel(store, {
      body: { level: 'alert', rules: ['failed_verifications'] },
    });
    await addedChannel(store, { on: false });
    await addedChannel(store, { body: { level: 'critical' } });
    await addedChannel(store, { body: { rules: ['blocked_attempts'] } });
    const { id: removed } = await addedChannel(store);
    await removeChannel(store, { tenantId: 1, id: removed }, OUTBOX_NOW);

    expect(await enqueued(store)).toBe(2);

    const rows = await outboxOf(store);
    expect(rows.map(({ channelId }) => channelId).sort()).toEqual([all.id, own.id]);
    expect(rows[0]).toMatchObject({
      alertId: 7,
      kind: 'raised',
      state: 'waiting',
      attempts: 0,
      nextAt: OUTBOX_NOW,
    });
    expect(rows[0]?.message.title).toContain('240 people');
  });

  test('is written together with the alert, or not at all', async () => {
    const store = await emptyStore();
    await addedChannel(store);
    const broken = store.tx(async (db) => {
      await enqueue(store, db, {
        tenantId: 1,
        alert: { id: 7 },
        kind: 'raised',
        message: aMessage(),
        now: OUTBOX_NOW,
        cutter: dayCutter('UTC'),
        newId: nextUuid,
      });
      throw new Error('the alert could not be written');
    });

    await expect(broken).rejects.toThrow('could not be written');
    expect(await outboxOf(store)).toEqual([]);
    expect(await enqueued(store)).toBe(1);
  });

  test('tells that an alert is over to those alone who were told of it', async () => {
    const store = await emptyStore();
    const told = await addedChannel(store);
    await enqueued(store);
    await addedChannel(store);
    await enqueued(store, { alertId: 8 });

    expect(await enqueued(store, { kind: 'closed' })).toBe(1);
    const closed = (await outboxOf(store)).filter(({ kind }) => kind === 'closed');
    expect(closed.map(({ channelId }) => channelId)).toEqual([told.id]);
  });

  test('tells that an alert is over to whom it was told, whatever its level and the rules of the channel are by now', async () => {
    const store = await emptyStore();
    const high = await addedChannel(store, { body: { level: 'critical' } });
    const turned = await addedChannel(store);
    const off = await addedChannel(store);
    await enqueued(store, { message: { level: 'critical' } });
    const turn = (
      { id, kind, name, on, body, secrets }: ChannelRow,
      change: { on?: boolean; rules?: AlertRule[] },
    ) => {
      const given = { kind, name, on: change.on ?? on, secrets: () => secrets };
      const own = { ...body, rules: change.rules ?? body.rules };
      const at = { tenantId: 1, id };
      return changeChannel(store, at, () => ({ ...given, body: own }), OUTBOX_NOW);
    };
    await turn(turned, { rules: ['blocked_attempts'] });
    await turn(off, { on: false });

    expect(await enqueued(store, { kind: 'closed', message: { level: 'watch' } })).toBe(2);
    const closed = (await outboxOf(store)).filter(({ kind }) => kind === 'closed');
    expect(closed.map(({ channelId }) => channelId).sort()).toEqual([high.id, turned.id]);
  });

  test('holds one test of a channel in ten seconds', async () => {
    const store = await emptyStore();
    const [{ id: one }, { id: other }] = [await addedChannel(store), await addedChannel(store)];
    const tested = (channelId: number, now: number) => {
      const message = testMessage({ now, sample: false });
      const made = { id: nextUuid(), message, now };
      return enqueueTest(store, { tenantId: 1, channelId }, made);
    };

    expect(await tested(one, OUTBOX_NOW)).toBe('waiting');
    expect(await tested(one, OUTBOX_NOW + 9_999)).toBe('too_soon');
    expect(await tested(other, OUTBOX_NOW + 9_999)).toBe('waiting');
    expect(await tested(one, OUTBOX_NOW + 10_000)).toBe('waiting');
    expect(await tested(one, OUTBOX_NOW - HOUR_MS)).toBe('waiting'); // the clock was put back
  });

  test('keeps what falls into quiet hours until they end, but never what is critical', async () => {
    const store = await emptyStore();
    await addedChannel(store, { body: { quiet: { from: 22, until: 7 } } });
    const now = Date.parse('2026-03-10T23:30:00Z');
    await enqueued(store, { now });
    await enqueued(store, { now, kind: 'level_raised', message: { level: 'critical' } });

    const next = await nextDelivery(store, { tenantId: 1, channelId: 1, now });
    expect(next?.message.level).toBe('critical');
    const morning = Date.parse('2026-03-11T06:00:00Z');
    const later = await nextDelivery(store, { tenantId: 1, channelId: 1, now: morning });
    expect(later?.message.level).toBe('alert');
  });

  test('sends nothing for a channel that is off but its tests, and goes on when it is on again', async () => {
    const store = await emptyStore();
    const { id, ...given } = await addedChannel(store);
    await enqueued(store);
    const turn = (on: boolean) =>
      changeChannel(
        store,
        { tenantId: 1, id },
        () => ({ ...given, secrets: () => given.secrets, on }),
        OUTBOX_NOW,
      );
    const next = async () =>
      (await nextDelivery(store, { tenantId: 1, channelId: id, now: OUTBOX_NOW }))?.message.kind;
    await turn(false);
    const message = testMessage({ now: OUTBOX_NOW, sample: false });
    await enqueueTest(
      store,
      { tenantId: 1, channelId: id },
      { id: nextUuid(), message, now: OUTBOX_NOW },
    );

    expect(await next()).toBe('test');
    await turn(true);
    expect(await next()).toBe('raised');
  });

  test('drops what waits for a channel that is removed, with its secrets, and keeps its name', async () => {
    const store = await emptyStore();
    const { id } = await addedChannel(store, {
      secrets: { url: 'https://x.example/s3cr3t', key: 's3cr3t' },
    });
    await enqueued(store);

    expect(await removeChannel(store, { tenantId: 1, id }, OUTBOX_NOW)).toBe(true);
    expect(await removeChannel(store, { tenantId: 1, id }, OUTBOX_NOW)).toBe(false);
    expect(await dueChannels(store, { tenantId: 1, now: OUTBOX_NOW })).toEqual([]);
    expect(await deliveries(store, { tenantId: 1, limit: 10 })).toMatchObject([
      { state: 'dropped', channel: 'a webhook' },
    ]);
    expect(await channels(store, { tenantId: 1, key: TEST_KEY })).toEqual([]);
    const [row] = await store.read.select().from(store.t.channel);
    expect(JSON.stringify(row)).not.toContain('s3cr3t');
    const message = testMessage({ now: 0, sample: false });
    expect(
      await enqueueTest(store, { tenantId: 1, channelId: id }, { id: nextUuid(), message, now: 0 }),
    ).toBe('unknown');
  });

  test('shows channels without their secrets, with what became of their deliveries', async () => {
    const store = await emptyStore();
    const { id } = await addedChannel(store, {
      secrets: { url: 'https://x.example:8443/s3cr3t?k=s3cr3t', key: 's3cr3t' },
    });
    await enqueued(store, { now: OUTBOX_NOW - HOUR_MS });
    await enqueued(store, { kind: 'closed' });
    const { delivery } = store.t;
    const [first] = await outboxOf(store);
    await store.tx(async (db) => {
      await db.update(delivery).set({ state: 'dead', attempts: 10, lastError: 'No.' });
    });
    expect(await retryDelivery(store, { tenantId: 1, id: first?.id ?? '' }, OUTBOX_NOW)).toBe(
      'waiting',
    );
    expect(await retryDelivery(store, { tenantId: 1, id: first?.id ?? '' }, OUTBOX_NOW)).toBe(
      'not_dead',
    );
    expect(await retryDelivery(store, { tenantId: 1, id: nextUuid() }, OUTBOX_NOW)).toBe('unknown');

    const [shown] = await channels(store, { tenantId: 1, key: TEST_KEY });
    expect(shown).toMatchObject({
      id,
      urlHost: 'x.example:8443',
      waiting: 1,
      dead: 1,
      lastSentAt: null,
      lastError: 'No.',
    });
    expect(JSON.stringify(shown)).not.toContain('s3cr3t');
    expect(await deliveryCounts(store, 1)).toEqual({ waiting: 1, dead: 1, sent: 0, dropped: 0 });
    expect(await deliveries(store, { tenantId: 1, state: 'dead', limit: 10 })).toMatchObject([
      { kind: 'closed', nextAt: null },
    ]);
    expect(await deliveries(store, { tenantId: 2, limit: 10 })).toEqual([]);
  });

  test('numbers channels that are added at once', async () => {
    const store = await emptyStore();
    const rows = await Promise.all([1, 2, 3].map(() => addedChannel(store)));

    expect(rows.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  });
});
