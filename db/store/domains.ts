import { eq } from 'drizzle-orm';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import type { Stored } from './feed-runs.ts';
import type { HeldLease } from './lease.ts';

/** One domain of the tenant, from /domains. */
export interface DomainRow {
  name: string;
  /** Days; 2147483647 means never; null: Graph did not say. */
  passwordValidityDays: number | null;
  isDefault: boolean | null;
  isVerified: boolean | null;
}

/** Replaces the list of domains with what Graph says now, in the caller's transaction. */
export async function storeDomains(
  { store, tenantId }: HeldLease,
  db: Db,
  domains: DomainRow[],
): Promise<Stored> {
  const { domain } = store.t;
  const old = await db.select().from(domain).where(eq(domain.tenantId, tenantId));
  const known = new Map(old.map((row) => [row.name, row]));
  const rows = [...new Map(domains.map((row) => [row.name, { tenantId, ...row }])).values()];
  await db.delete(domain).where(eq(domain.tenantId, tenantId));
  await bulkInsert(store, db, domain, rows);
  const changed = rows.filter((row) => {
    const before = known.get(row.name);
    return before && JSON.stringify(before) !== JSON.stringify({ ...before, ...row });
  });
  return { added: rows.filter(({ name }) => !known.has(name)).length, changed: changed.length };
}
