import { expect, test } from 'vitest';
import { acquireLease, endLease } from '../../../db/store/lease.ts';
import { DAY_MS } from '../../../domain/day.ts';
import { DELIVER_JOB, deliverDue } from '../../../jobs/out/deliver.ts';
import { pruneOutbox } from '../../../jobs/out/prune-outbox.ts';
import { delivering, webhookTo } from '../../build/delivering.ts';
import { enqueued, OUTBOX_NOW, outboxOf } from '../../build/outbox.ts';
import { webReceiver } from '../../build/receivers.ts';
import { sqliteStore } from '../../build/stores.ts';

test('the sender removes what it sent long ago, and leaves that to another one that is sending', async () => {
  const store = await sqliteStore();
  await webhookTo(store, await webReceiver());
  await enqueued(store);
  const { signal, ...deps } = await delivering(store);
  await deliverDue({ ...deps, signal });
  const later = { store, tenantId: 1, clock: () => OUTBOX_NOW + 91 * DAY_MS, signal };
  const other = { tenantId: 1, job: DELIVER_JOB, holder: 'another' };

  await acquireLease(store, { ...other, now: later.clock() });
  expect(await pruneOutbox(later)).toBeNull();
  expect(await outboxOf(store)).toHaveLength(1);
  await endLease(store, other);
  expect(await pruneOutbox({ ...later, clock: () => OUTBOX_NOW })).toBe(0);
  expect(await pruneOutbox(later)).toBe(1);
  expect(await outboxOf(store)).toEqual([]);
});
