import { and, eq, isNull, or } from 'drizzle-orm';
import { passwordExpiresAt } from '../../domain/priority/password-expiry.ts';
import { domainValidity } from '../rollups/domain-validity.ts';
import type { Store } from '../store-types.ts';

/**
 * How many passwords of the population reach their age limit in each stretch of time (UTC milliseconds, end not included). Null: of nobody
 * is it known when, or that it never does.
 */
export async function expiringPasswords(
  store: Store,
  tenantId: number,
  stretches: readonly { since: number; until: number }[],
): Promise<number[] | null> {
  const { person } = store.t;
  const validityOf = await domainValidity(store, tenantId);
  const people = await store.read
    .select({
      userPrincipalName: person.userPrincipalName,
      changedAt: person.passwordChangedAt,
      policies: person.passwordPolicies,
      synced: person.onPremisesSynced,
    })
    .from(person)
    .where(
      and(
        eq(person.tenantId, tenantId),
        eq(person.kind, 'member'),
        or(isNull(person.excluded), eq(person.excluded, false)),
      ),
    );
  const at = stretches[0]?.since ?? 0;
  const limits = people
    .map(({ userPrincipalName, ...facts }) =>
      passwordExpiresAt(facts, validityOf(userPrincipalName), at),
    )
    .filter((limit) => limit !== null);
  if (limits.length === 0) return null;
  return stretches.map(
    ({ since, until }) =>
      limits.filter((limit) => limit !== 'never' && limit >= since && limit < until).length,
  );
}
