import { and, eq, sql } from 'drizzle-orm';
import type { Flow } from '../../domain/reset-flow.ts';
import { LAST_KNOWN_STATE } from '../queries/last-known-state.ts';
import type { HeldLease } from '../store/lease.ts';

/** What is known of somebody with failed verifications. */
export interface FailingPerson {
  /** As /users last told it; null: it did not. */
  country: string | null;
  /** `isAdmin` of the last registration state known, also of those who have left the report; null: not known. */
  admin: boolean | null;
}

/** By object id, the people of `flows` who failed a verification, as far as they are known. */
export async function failingPeople(
  lease: HeldLease,
  flows: readonly Pick<Flow, 'personId' | 'failures'>[],
): Promise<Map<string, FailingPerson>> {
  const ids = flows.flatMap(({ personId, failures }) =>
    personId !== null && failures.length > 0 ? [personId] : [],
  );
  return knownPeople(lease, ids);
}

/** By object id, those of `ids` that are known. */
export async function knownPeople(
  { store, tenantId }: HeldLease,
  ids: readonly string[],
): Promise<Map<string, FailingPerson>> {
  const { person, registrationState: state } = store.t;
  if (ids.length === 0) return new Map();
  const rows = await store.read
    .select({ id: person.objectId, country: person.country, admin: state.admin })
    .from(person)
    .leftJoin(state, and(eq(state.tenantId, person.tenantId), eq(state.id, LAST_KNOWN_STATE)))
    .where(
      and(
        eq(person.tenantId, tenantId),
        sql`${person.objectId} in ${store.dialect.inList([...new Set(ids)])}`,
      ),
    );
  return new Map(
    rows.map(({ id, country, admin }) => [id, { country: country || null, admin: admin ?? null }]),
  );
}
