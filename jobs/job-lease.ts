import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { acquireLease, endLease, HeldLease, LEASE_MS, leaseHolder } from '../db/store/lease.ts';
import type { Store } from '../db/store-types.ts';
import type { Sleep } from './graph/settings.ts';

/** The job whose lease a run of collections holds. */
const COLLECTION = 'collection';

export interface LeaseDeps {
  store: Store;
  tenantId: number;
  /** Which job's lease; left out: that of collections. */
  job?: string;
  clock: () => number;
  sleep: Sleep;
  signal: AbortSignal;
}

/**
 * Runs `work` while holding the tenant's lease, so that one run writes at a time,
 * over all processes. Waits for a living holder when told to; a holder of this
 * machine whose process is gone is not waited for. Answers null when somebody else
 * holds it and `wait` is false.
 */
export async function withLease<T>(
  deps: LeaseDeps,
  { wait, onWait }: { wait: boolean; onWait?: () => void },
  work: (lease: HeldLease) => Promise<T>,
): Promise<T | null> {
  const { store, tenantId, clock, job = COLLECTION } = deps;
  const holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  const fence = await take(deps, holder, wait, onWait);
  if (fence === null) return null;
  const lease = new HeldLease(store, { tenantId, job, fence, clock });
  // A run waits for Graph for minutes at times; the lease must not end meanwhile. A lost
  // lease shows at the next transaction, so the heartbeat itself may fail quietly.
  const heartbeat = setInterval(() => lease.renew().catch(() => undefined), LEASE_MS / 3);
  heartbeat.unref();
  try {
    return await work(lease);
  } finally {
    clearInterval(heartbeat);
    await endLease(store, { tenantId, job, holder });
  }
}

async function take(
  { store, tenantId, clock, sleep, signal, job = COLLECTION }: LeaseDeps,
  holder: string,
  wait: boolean,
  onWait?: () => void,
): Promise<number | null> {
  for (let waited = 0; ; waited++) {
    const now = clock();
    const fence = await acquireLease(store, { tenantId, job, holder, now });
    if (fence !== null) return fence;
    const other = await leaseHolder(store, { tenantId, job, now });
    if (other !== null && isGone(other)) {
      await endLease(store, { tenantId, job, holder: other });
      continue;
    }
    if (!wait) return null;
    if (waited === 0) onWait?.();
    await sleep(500, signal);
  }
}

/** Whether a holder was a process of this machine that no longer runs. */
function isGone(holder: string): boolean {
  const [host, pid] = holder.split(':');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0); // sends nothing: asks whether it is there
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
