import { and, eq, sql } from 'drizzle-orm';
import type { Store } from '../store-types.ts';

interface Names {
  name: string | null;
  userPrincipalName: string | null;
}

/** What is known of people by object id, for answers that name them. */
export async function peopleNamed(
  { t: { person }, read, dialect }: Store,
  tenantId: number,
  objectIds: readonly (string | null)[],
): Promise<Map<string, Names>> {
  const ids = [...new Set(objectIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await read
    .select({ id: person.objectId, name: person.name, userPrincipalName: person.userPrincipalName })
    .from(person)
    .where(and(eq(person.tenantId, tenantId), sql`${person.objectId} in ${dialect.inList(ids)}`));
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}

/** Somebody as lists show them; null: no record names anybody. Names are null where no record tells them. */
export function somebody(people: ReadonlyMap<string, Names>, id: string | null) {
  if (id === null) return null;
  const { name = null, userPrincipalName = null } = people.get(id) ?? {};
  return { id, name, userPrincipalName };
}
