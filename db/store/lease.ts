import { and, eq, gt, sql } from 'drizzle-orm';
import type { Db, Store } from '../store-types.ts';

/** A run that died is taken over after this; a living one renews well before. */
export const LEASE_MS = 30_000;

/** Somebody else holds the lease now: nothing more may be written under this one. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

export interface LeaseClaim {
  tenantId: number;
  job: string;
  /** Who asks: unique per process and connection. */
  holder: string;
  now: number;
}

/**
 * Takes the lease if it is free, expired or already ours. Answers its fencing
 * token, which grows with each holder, or null while somebody else holds it.
 */
export async function acquireLease(store: Store, claim: LeaseClaim): Promise<number | null> {
  const { lease } = store.t;
  const { tenantId, job, holder, now } = claim;
  const expiresAt = now + LEASE_MS;
  return store.tx(async (db) => {
    const rows = await db
      .insert(lease)
      .values({ tenantId, job, holder, fence: 1, expiresAt, doing: null, doneOf1000: null })
      .onConflictDoUpdate({
        target: [lease.tenantId, lease.job],
        set: {
          holder,
          expiresAt,
          fence: sql`${lease.fence} + case when ${lease.holder} = ${holder} then 0 else 1 end`,
          doing: null,
          doneOf1000: null,
        },
        setWhere: sql`${lease.holder} = ${holder} or ${lease.expiresAt} < ${now}`,
      })
      .returning({ fence: lease.fence });
    return rows[0]?.fence ?? null;
  });
}

/** Who holds the lease, or null when it is free. */
export async function leaseHolder(
  { t: { lease }, read }: Store,
  { tenantId, job, now }: Omit<LeaseClaim, 'holder'>,
): Promise<string | null> {
  const [row] = await read
    .select()
    .from(lease)
    .where(and(eq(lease.tenantId, tenantId), eq(lease.job, job)));
  return row && row.expiresAt >= now ? row.holder : null;
}

/** Frees the lease of a holder known to be gone, so that the next run need not wait. */
export async function endLease(
  store: Store,
  { tenantId, job, holder }: Omit<LeaseClaim, 'now'>,
): Promise<void> {
  const { lease } = store.t;
  await store.tx(async (db) => {
    await db
      .update(lease)
      .set({ expiresAt: 0, doing: null, doneOf1000: null })
      .where(and(eq(lease.tenantId, tenantId), eq(lease.job, job), eq(lease.holder, holder)));
  });
}

/** A held lease: every transaction of a job goes through it. */
export class HeldLease {
  readonly store: Store;
  readonly tenantId: number;
  readonly fence: number;
  private readonly job: string;
  private readonly clock: () => number;

  constructor(
    store: Store,
    held: { tenantId: number; job: string; fence: number; clock: () => number },
  ) {
    this.store = store;
    this.tenantId = held.tenantId;
    this.job = held.job;
    this.fence = held.fence;
    this.clock = held.clock;
  }

  /** A write transaction that is refused (LeaseLost) once somebody else took over. Renews the lease. */
  tx<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.store.tx(async (db) => {
      await this.renewIn(db, {});
      return work(db);
    });
  }

  /** Renews, and says what is being done: `share` null where the end is not known. */
  async report(doing: string | null, share: number | null = null): Promise<void> {
    const doneOf1000 = share === null ? null : Math.round(share * 1000);
    await this.store.tx((db) => this.renewIn(db, { doing, doneOf1000 }));
  }

  /** Keeps the lease while nothing is written. */
  async renew(): Promise<void> {
    await this.store.tx((db) => this.renewIn(db, {}));
  }

  private async renewIn(db: Db, set: { doing?: string | null; doneOf1000?: number | null }) {
    const { lease } = this.store.t;
    const rows = await db
      .update(lease)
      .set({ ...set, expiresAt: this.clock() + LEASE_MS })
      .where(
        and(
          eq(lease.tenantId, this.tenantId),
          eq(lease.job, this.job),
          eq(lease.fence, this.fence),
          gt(lease.expiresAt, 0), // given back: a late sign of life must not take it again
        ),
      )
      .returning({ fence: lease.fence });
    if (rows.length === 0) throw new LeaseLost('Another run has taken over; this one stops.');
  }
}
