import { eq } from 'drizzle-orm';
import type { Store } from '../store-types.ts';

/**
 * Answers how many days a password of the domain of a user principal name is valid; 2147483647 means never. Null: no name, a
 * domain /domains did not tell of, or one of which it did not say.
 */
export async function domainValidity({ t: { domain }, read }: Store, tenantId: number) {
  const rows = await read
    .select({ name: domain.name, days: domain.passwordValidityDays })
    .from(domain)
    .where(eq(domain.tenantId, tenantId));
  const byName = new Map(rows.map(({ name, days }) => [name.toLowerCase(), days]));
  return (userPrincipalName: string | null): number | null => {
    const name = userPrincipalName?.split('@').at(-1)?.toLowerCase();
    return name === undefined ? null : (byName.get(name) ?? null);
  };
}
