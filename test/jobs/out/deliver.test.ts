import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../db/open.ts';
import { acquireLease, LEASE_MS } from '../../../db/store/lease.ts';
import type { Store } from '../../../db/store-types.ts';
import { DELIVER_JOB, type Delivered, deliverDue } from '../../../jobs/out/deliver.ts';
import { sendersBy } from '../../../jobs/out/senders.ts';
import { delivering, SIGNING_KEY, webhookTo } from '../../build/delivering.ts';
import { addedChannel, enqueued, OUTBOX_NOW, outboxOf } from '../../build/outbox.ts';
import {
  RECEIVER,
  receiverIdentity,
  receiverRules,
  syslogReceiver,
  webReceiver,
} from '../../build/receivers.ts';
import { emptyFolder } from '../../build/server.ts';
import { ENGINES } from '../../build/stores.ts';

const MINUTE_MS = 60_000;

/** The store, where the next transactions fail, as many as `broken` says. */
const breaking = (store: Store, outage: { broken: number }): Store => ({
  ...store,
  async tx(work) {
    if (outage.broken > 0) {
      outage.broken -= 1;
      throw new Error('The database is away.');
    }
    return store.tx(work);
  },
});

describe.each(ENGINES)('sending what is due on %s', (_, emptyStore) => {
  test('signs it, notes it as sent, and never sends it again', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver();
    await webhookTo(store, receiver);
    await enqueued(store);
    const deps = await delivering(store);

    expect(await deliverDue(deps)).toEqual({ sent: 1, failed: 0, dead: 0 });
    expect(await deliverDue(deps)).toBeNull();

    const [row] = await outboxOf(store);
    expect(row).toMatchObject({ state: 'sent', attempts: 1, sentAt: OUTBOX_NOW, lastError: null });
    expect(receiver.received).toHaveLength(1);
    const [one] = receiver.received;
    const body = one?.body ?? '';
    const signed = `${row?.id}.${OUTBOX_NOW / 1000}.${body}`;
    expect(one?.headers['webhook-id']).toBe(row?.id);
    expect(one?.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', Buffer.alloc(32, 'k')).update(signed).digest('base64')}`,
    );
    expect(JSON.parse(body)).toMatchObject({
      type: 'alert.raised',
      data: { deliveryId: row?.id, alertId: '7', link: 'https://page.example/security/alerts/7' },
    });
  });

  test('names people and addresses only where the channel may', async () => {
    const store = await emptyStore();
    const quiet = await webReceiver();
    const told = await webReceiver();
    await webhookTo(store, quiet);
    await webhookTo(store, told, true);
    await enqueued(store);

    await deliverDue(await delivering(store));

    expect(quiet.received[0]?.body).not.toMatch(/person-1|203\.0\.113\.7|"people"|"addresses"/);
    expect(JSON.parse(told.received[0]?.body ?? '{}').data).toMatchObject({
      people: [
        { id: 'person-1', name: null },
        { id: 'person-2', name: null },
      ],
      addresses: ['203.0.113.7'],
    });
  });

  test('tries ten times over a day and a half, under one id, and then gives up until it is asked again', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver((res) => res.writeHead(500).end());
    await webhookTo(store, receiver);
    await enqueued(store);
    const time = { now: OUTBOX_NOW };
    const deps = await delivering(store, { clock: () => time.now });
    const waits: number[] = [];
    for (;;) {
      await deliverDue(deps);
      const [row] = await outboxOf(store);
      if (row?.state !== 'waiting') break;
      waits.push((row.nextAt - time.now) / MINUTE_MS);
      time.now = row.nextAt - 1;
      expect(await deliverDue(deps)).toBeNull();
      time.now = row.nextAt;
    }

    const [row] = await outboxOf(store);
    expect(row).toMatchObject({
      state: 'dead',
      attempts: 10,
      lastError: 'The receiver answered with status 500.',
    });
    expect(waits).toEqual([1, 3, 10, 30, 90, 240, 360, 720, 720]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([row?.id]),
    );
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  test('waits as long as the receiver asks, up to an hour', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver((res) => res.writeHead(429, { 'retry-after': '900' }).end());
    await webhookTo(store, receiver);
    await enqueued(store);

    expect(await deliverDue(await delivering(store))).toEqual({ sent: 0, failed: 1, dead: 0 });
    const [row] = await outboxOf(store);
    expect(row).toMatchObject({ state: 'waiting', nextAt: OUTBOX_NOW + 15 * MINUTE_MS });
  });

  test('gives up at once on a refusal that waiting cannot mend', async () => {
    const store = await emptyStore();
    await webhookTo(store, await webReceiver((res) => res.writeHead(410).end()));
    await addedChannel(store, {
      secrets: { url: 'https://169.254.169.254/s3cr3t', key: SIGNING_KEY },
    });
    await addedChannel(store, { kind: 'mail', body: { to: ['desk@example.org'] } });
    await enqueued(store);

    expect(await deliverDue(await delivering(store))).toEqual({ sent: 0, failed: 0, dead: 3 });
    const rows = await outboxOf(store);
    expect(rows.map(({ state, attempts }) => [state, attempts])).toEqual(
      Array(3).fill(['dead', 1]),
    );
    expect(JSON.stringify(rows)).not.toContain('s3cr3t');
  });

  test('lets a slow channel hold up no other', async () => {
    const store = await emptyStore();
    const slow = await webReceiver(() => undefined);
    const quick = await webReceiver();
    const syslog = await syslogReceiver('tls');
    await webhookTo(store, slow);
    await webhookTo(store, quick);
    await addedChannel(store, {
      kind: 'syslog',
      body: { host: RECEIVER, port: syslog.port, transport: 'tls' },
    });
    await addedChannel(store, { kind: 'teams', secrets: { url: quick.url } });
    for (let i = 0; i < 2; i++) await enqueued(store, { now: OUTBOX_NOW - i });

    expect(await deliverDue(await delivering(store))).toEqual({ sent: 6, failed: 2, dead: 0 });
    expect(quick.received).toHaveLength(4);
    expect(syslog.connections).toHaveLength(2);
  });

  test('is done once by two senders at once', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver((res) => setTimeout(() => res.end(), 100));
    await webhookTo(store, receiver);
    await enqueued(store);

    const both = await Promise.all([
      deliverDue(await delivering(store)),
      deliverDue(await delivering(store)),
    ]);

    expect(both.filter((one) => one !== null)).toEqual([
      { sent: 1, failed: 0, dead: 0 } satisfies Delivered,
    ]);
    expect(receiver.received).toHaveLength(1);
  });

  test('writes nothing under a lease that was lost: it is sent again under its id', async () => {
    const store = await emptyStore();
    const time = { now: OUTBOX_NOW };
    const receiver = await webReceiver(async (res) => {
      time.now += LEASE_MS * 2;
      await acquireLease(store, {
        tenantId: 1,
        job: DELIVER_JOB,
        holder: 'another',
        now: time.now,
      });
      res.end();
    });
    await webhookTo(store, receiver);
    await enqueued(store);
    const deps = await delivering(store, { clock: () => time.now });

    await deliverDue(deps);
    expect(await outboxOf(store)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    expect(deps.bugs).toEqual([]);
  });

  test('is not done again where it arrived and the database was away: it is noted as soon as that is back', async () => {
    const store = await emptyStore();
    const outage = { broken: 0 };
    const receiver = await webReceiver((res) => {
      outage.broken = 2;
      res.end();
    });
    await webhookTo(store, receiver);
    await enqueued(store);
    const deps = await delivering(breaking(store, outage), { noteAgainMs: [1, 1] });

    expect(await deliverDue(deps)).toEqual({ sent: 1, failed: 0, dead: 0 });

    expect(await outboxOf(store)).toMatchObject([
      { state: 'sent', attempts: 1, sentAt: OUTBOX_NOW, lastError: null },
    ]);
    expect(receiver.received).toHaveLength(1);
  });

  test('is not done again by this process either where the database stays away for longer', async () => {
    const store = await emptyStore();
    const outage = { broken: 0 };
    const receiver = await webReceiver((res) => {
      outage.broken = Number.POSITIVE_INFINITY;
      res.end();
    });
    await webhookTo(store, receiver);
    await enqueued(store);
    const time = { now: OUTBOX_NOW };
    const given = { noteAgainMs: [1, 1], clock: () => time.now };
    const deps = await delivering(breaking(store, outage), given);

    await expect(deliverDue(deps)).rejects.toThrow('The database is away.');
    outage.broken = 0;
    time.now += LEASE_MS * 2; // it could not be given back
    expect(await outboxOf(store)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    expect(await deliverDue(deps)).toEqual({ sent: 1, failed: 0, dead: 0 });

    expect(await outboxOf(store)).toMatchObject([{ state: 'sent', sentAt: OUTBOX_NOW }]);
    expect(receiver.received).toHaveLength(1);
  });

  test('stops at once when it is told to, and leaves what was under way as it was', async () => {
    const store = await emptyStore();
    const stop = new AbortController();
    let stoppedAt = 0;
    const receiver = await webReceiver(() => {
      stoppedAt = performance.now();
      stop.abort();
    });
    await webhookTo(store, receiver);
    await enqueued(store);
    await enqueued(store);

    await deliverDue(await delivering(store, { signal: stop.signal }));

    expect(performance.now() - stoppedAt).toBeLessThan(500);
    expect(await outboxOf(store)).toMatchObject(
      Array(2).fill({ state: 'waiting', attempts: 0, lastError: null }),
    );
    expect(receiver.received).toHaveLength(1);
  });

  test('does not end an attempt in quiet hours with another one in them', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver((res) => res.writeHead(500).end());
    await addedChannel(store, {
      body: { quiet: { from: 13, until: 15 } },
      secrets: { url: receiver.url, key: SIGNING_KEY },
    });
    const now = Date.parse('2026-03-10T11:59:30Z'); // 12:59:30 in Vienna
    await enqueued(store, { now });

    await deliverDue(await delivering(store, { clock: () => now }));
    expect(await outboxOf(store)).toMatchObject([{ nextAt: Date.parse('2026-03-10T14:00:00Z') }]);
  });

  test('survives what nobody foresaw: it is a bug in the log, and a failed attempt', async () => {
    const store = await emptyStore();
    const receiver = await webReceiver();
    await webhookTo(store, receiver);
    await enqueued(store);
    const broken = async () => {
      throw new TypeError('s3cr3t');
    };
    const senders = { ...sendersBy(await receiverRules()), webhook: broken };
    const deps = await delivering(store, { senders });

    expect(await deliverDue(deps)).toEqual({ sent: 0, failed: 1, dead: 0 });
    expect(deps.bugs).toHaveLength(1);
    expect(JSON.stringify(await outboxOf(store))).not.toContain('s3cr3t');
  });
});

test('a sender killed between acknowledgement and note sends again, under the same id', async () => {
  const folder = emptyFolder();
  const { cert } = await receiverIdentity();
  const [database, certificate] = [`file:${join(folder, 'test.db')}`, join(folder, 'ca.pem')];
  writeFileSync(certificate, cert);
  const store = await openStore(database);
  onTestFinished(() => store.close());
  const receiver = await webReceiver();
  await webhookTo(store, receiver);
  await enqueued(store);

  const script = new URL('../../build/dies-after-sending.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, database, certificate, RECEIVER], {
    stdio: 'inherit',
  });
  const [, signal] = await once(child, 'exit');

  expect(signal).toBe('SIGKILL');
  expect(await outboxOf(store)).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  expect(await deliverDue(await delivering(store))).toEqual({ sent: 1, failed: 0, dead: 0 });
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});
