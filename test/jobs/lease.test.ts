import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { eq } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import {
  acquireLease,
  endLease,
  HeldLease,
  LEASE_MS,
  LeaseLost,
  leaseHolder,
} from '../../db/store/lease.ts';
import type { Store } from '../../db/store-types.ts';
import { withLease } from '../../jobs/job-lease.ts';
import { ENGINES } from '../build/stores.ts';

const CLAIM = { tenantId: 1, job: 'collection' };

/** Time that passes only by sleeping, and work that has no outside world. */
function deps(store: Store, start = 1_000_000) {
  const time = { now: start };
  const sleep = async (ms: number) => {
    time.now += ms;
  };
  const { signal } = new AbortController();
  return { store, tenantId: 1, clock: () => time.now, sleep, signal, time };
}

const note = (store: Store, lease: HeldLease, name: string) =>
  lease.tx(async (db) => {
    await db.insert(store.t.setting).values({ tenantId: 1, name, value: '', changedAt: 0 });
  });

const noted = async (store: Store) =>
  (await store.read.select().from(store.t.setting)).map(({ name }) => name).sort();

describe.each(ENGINES)('the lease of jobs on %s', (_, emptyStore) => {
  test('goes to one of three that ask at once', async () => {
    const store = await emptyStore();
    const claims = ['a', 'b', 'c'].map((holder) => ({ ...CLAIM, holder, now: 1000 }));

    const fences = await Promise.all(claims.map((claim) => acquireLease(store, claim)));

    expect(fences.toSorted()).toEqual([1, null, null]);
    const winner = claims[fences.indexOf(1)]?.holder;
    expect(await leaseHolder(store, { ...CLAIM, now: 1000 })).toBe(winner);
  });

  test('is taken over only after it ended, with a higher fence; a tenant’s or job’s own lease is free', async () => {
    const store = await emptyStore();
    await acquireLease(store, { ...CLAIM, holder: 'a', now: 1000 });
    const claim = { ...CLAIM, holder: 'b' };

    expect(await acquireLease(store, { ...claim, now: 1000 + LEASE_MS })).toBeNull();
    expect(await acquireLease(store, { ...claim, tenantId: 2, now: 1000 })).toBe(1);
    expect(await acquireLease(store, { ...claim, job: 'other', now: 1000 })).toBe(1);
    expect(await acquireLease(store, { ...claim, now: 1001 + LEASE_MS })).toBe(2);
    expect(LEASE_MS).toBeLessThanOrEqual(60_000);
  });

  test('taken over: nothing more is written under the old one', async () => {
    const store = await emptyStore();
    const time = { now: 1000 };
    const clock = () => time.now;
    const hold = async (holder: string) => {
      const fence = await acquireLease(store, { ...CLAIM, holder, now: time.now });
      if (fence === null) throw new Error('held');
      return new HeldLease(store, { ...CLAIM, fence, clock });
    };
    const old = await hold('a');
    await note(store, old, 'before');
    time.now += LEASE_MS * 2;
    const now = await hold('b');

    await expect(note(store, old, 'stale')).rejects.toThrow(LeaseLost);
    await expect(old.report('still here')).rejects.toThrow(LeaseLost);
    await expect(old.renew()).rejects.toThrow(LeaseLost);
    await note(store, now, 'after');

    expect(await noted(store)).toEqual(['after', 'before']);
  });

  test('given back is not taken again by a late sign of life', async () => {
    const store = await emptyStore();
    let given: HeldLease | undefined;
    const { time, ...rest } = deps(store);
    await withLease(rest, { wait: false }, async (lease) => {
      given = lease;
    });

    await expect(given?.report('too late')).rejects.toThrow(LeaseLost);

    expect(await leaseHolder(store, { ...CLAIM, now: time.now })).toBeNull();
    expect(await withLease(rest, { wait: false }, async () => 'next')).toBe('next');
  });

  test('is renewed by every transaction, and by a heartbeat while nothing is written', async () => {
    const store = await emptyStore();
    const { time, ...rest } = deps(store);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await withLease(rest, { wait: false }, async (lease) => {
        for (let i = 0; i < 6; i++) {
          time.now += LEASE_MS / 3;
          vi.advanceTimersByTime(LEASE_MS / 3);
          await vi.waitFor(async () => expect(await endOf(store)).toBe(time.now + LEASE_MS));
        }
        time.now += 5;
        await note(store, lease, 'a');
        expect(await endOf(store)).toBe(time.now + LEASE_MS);
        const other = { ...CLAIM, holder: 'b', now: time.now };
        expect(await acquireLease(store, other)).toBeNull();
      });
    } finally {
      vi.useRealTimers();
    }
    expect(await leaseHolder(store, { ...CLAIM, now: time.now })).toBeNull();
  });

  test('is given back when the work fails', async () => {
    const store = await emptyStore();
    const { time, ...rest } = deps(store);

    const failed = withLease(rest, { wait: false }, async () => {
      throw new RangeError('work');
    });

    await expect(failed).rejects.toThrow(RangeError);
    expect(await leaseHolder(store, { ...CLAIM, now: time.now })).toBeNull();
  });

  test('of a living run is waited for when asked to, else not', async () => {
    const store = await emptyStore();
    const { time, ...rest } = deps(store);
    await acquireLease(store, { ...CLAIM, holder: `elsewhere:1:x`, now: time.now });
    const startedAt = time.now;
    const onWait = vi.fn();

    expect(await withLease(rest, { wait: false }, async () => 'ran')).toBeNull();
    expect(await withLease(rest, { wait: true, onWait }, async () => 'ran')).toBe('ran');

    expect(onWait).toHaveBeenCalledOnce();
    expect(time.now - startedAt).toBeGreaterThan(LEASE_MS);
    expect(time.now - startedAt).toBeLessThan(60_000);
  });

  test('of a process of this machine that died is taken at once, of another machine it is not', async () => {
    const store = await emptyStore();
    const { time, ...rest } = deps(store);
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const dead = { ...CLAIM, holder: `${hostname()}:${child.pid}:x`, now: time.now };
    const startedAt = time.now;

    await acquireLease(store, dead);
    expect(await withLease(rest, { wait: false }, async (lease) => lease.fence)).toBe(2);
    expect(time.now).toBe(startedAt);

    await acquireLease(store, { ...dead, holder: `elsewhere:${child.pid}:x` });
    expect(await withLease(rest, { wait: false }, async () => 'ran')).toBeNull();
  });

  test('a dead holder’s lease is ended for that holder alone', async () => {
    const store = await emptyStore();
    await acquireLease(store, { ...CLAIM, holder: 'a', now: 1000 });

    await endLease(store, { ...CLAIM, holder: 'b' });

    expect(await leaseHolder(store, { ...CLAIM, now: 1000 })).toBe('a');
  });
});

async function endOf(store: Store): Promise<number | undefined> {
  const { lease } = store.t;
  const [row] = await store.read.select().from(lease).where(eq(lease.tenantId, 1));
  return row?.expiresAt;
}
