import { acquireLease, HeldLease } from '../../db/store/lease.ts';
import type { Db, Store } from '../../db/store-types.ts';

/** What a test makes of a tenant; each gets an id of its own, so that many fit into one database. */
export interface TestTenant {
  id?: number;
  timeZone?: string;
  /** UTC milliseconds; the lease ends 30 s after. */
  clock?: () => number;
}

/** A tenant with a row of its own, and the lease of its jobs. */
export async function tenantOn(store: Store, given: TestTenant = {}): Promise<HeldLease> {
  const { id = 1, timeZone = 'UTC', clock = () => Date.UTC(2026, 2, 2) } = given;
  const row = { key: `tenant-${id}`, origin: 'https://graph.example', name: null };
  await store.tx(async (db) => {
    await db
      .insert(store.t.tenant)
      .values({ id, ...row, timeZone, sample: false, pinnedAt: clock() });
  });
  return leaseOf(store, { id, clock });
}

/** The lease of a tenant's jobs, which nobody else may hold. */
export async function leaseOf(
  store: Store,
  { id = 1, clock = () => Date.UTC(2026, 2, 2) }: TestTenant = {},
): Promise<HeldLease> {
  const claim = { tenantId: id, job: 'collection', holder: 'test', now: clock() };
  const fence = await acquireLease(store, claim);
  if (fence === null) throw new Error('Somebody else holds the lease');
  return new HeldLease(store, { tenantId: id, job: 'collection', fence, clock });
}

/** The process was killed. */
export class Killed extends Error {
  override name = 'Killed';
}

/** The lease of a process that is killed before its `n`-th transaction from now, the first being 1. */
export function killedAt(lease: HeldLease, n: number): HeldLease {
  let left = n;
  return watched(lease, async (run) => {
    left -= 1;
    if (left <= 0) throw new Killed(`before transaction ${n}`);
    return run();
  });
}

/** A lease each of whose transactions is run by `around`. */
export function watched(
  lease: HeldLease,
  around: <T>(run: () => Promise<T>) => Promise<T>,
): HeldLease {
  return Object.assign(Object.create(lease) as HeldLease, {
    tx: <T>(work: (db: Db) => Promise<T>) => around(() => lease.tx(work)),
  });
}
