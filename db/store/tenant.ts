import { eq } from 'drizzle-orm';
import type { Db, Store } from '../store-types.ts';

export interface Tenant {
  /** Small number of ours that leads every key. */
  id: number;
  /** Entra tenant id, or the endpoint's origin where none could be learned. */
  key: string;
  origin: string;
  name: string | null;
  /** IANA zone in which every stored day is cut. */
  timeZone: string;
  sample: boolean;
}

/** Data of one tenant must never be stored under another. */
export class TenantMismatch extends Error {
  override name = 'TenantMismatch';
}

/** The tenant this database belongs to, or null before the first collection. */
export async function currentTenant(store: Store): Promise<Tenant | null> {
  return (await tenants(store, store.read))[0] ?? null;
}

/** When this database was first used, UTC milliseconds; null before. */
export async function currentPin({ t: { tenant }, read }: Store): Promise<number | null> {
  const [row] = await read.select({ pinnedAt: tenant.pinnedAt }).from(tenant).limit(1);
  return row?.pinnedAt ?? null;
}

async function tenants({ t }: Store, db: Db): Promise<Tenant[]> {
  return db.select(columnsOf(t.tenant)).from(t.tenant).orderBy(t.tenant.id).limit(1);
}

const columnsOf = (t: Store['t']['tenant']) => ({
  id: t.id,
  key: t.key,
  origin: t.origin,
  name: t.name,
  timeZone: t.timeZone,
  sample: t.sample,
});

export interface TenantSeen {
  /** Tenant id from the token, the setting or /organization; null: none of them told. */
  id: string | null;
  origin: string;
  name: string | null;
  timeZone: string;
  sample: boolean;
}

/**
 * Pins the database to the tenant seen at its first use, and refuses another one
 * later (TenantMismatch, a sentence for people). A tenant first known by its
 * endpoint alone gets its id once Graph tells it.
 */
export async function pinTenant(store: Store, seen: TenantSeen, now: number): Promise<Tenant> {
  const { t } = store;
  return store.tx(async (db) => {
    const key = seen.id ?? seen.origin;
    if ((await tenants(store, db)).length === 0) {
      const { id: _, ...rest } = seen;
      // Replicas that start together all find nothing: the first to write decides, and the others are compared with it.
      await db
        .insert(t.tenant)
        .values({ ...rest, id: 1, key, pinnedAt: now })
        .onConflictDoNothing();
    }
    const [pinned] = await tenants(store, db);
    if (!pinned || !isSame(pinned, seen))
      throw new TenantMismatch(
        `This database holds the data of tenant ${pinned?.key}, but the settings now point to tenant ${key}. Nothing was collected or changed. Use another DATABASE_URL for the other tenant, or put the settings back.`,
      );
    const name = seen.name ?? pinned.name;
    const newKey = pinned.key === pinned.origin ? key : pinned.key;
    if (name !== pinned.name || newKey !== pinned.key || seen.origin !== pinned.origin)
      await db
        .update(t.tenant)
        .set({ name, key: newKey, origin: seen.origin })
        .where(eq(t.tenant.id, pinned.id));
    const [tenant] = await tenants(store, db);
    if (!tenant) throw new Error('The tenant row is gone');
    return tenant;
  });
}

function isSame(pinned: Tenant, seen: TenantSeen): boolean {
  if (pinned.key === pinned.origin || seen.id === null) return pinned.origin === seen.origin;
  return pinned.key === seen.id;
}
