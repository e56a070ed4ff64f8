import { and, eq, sql } from 'drizzle-orm';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import type { HeldLease } from './lease.ts';
import { personText } from './person-text.ts';
import { nextPersonId } from './snapshot.ts';

/** One person of /users. Dimension values are trimmed; null is missing. */
export interface UserRow {
  id: string;
  name: string | null;
  userPrincipalName: string | null;
  department: string | null;
  country: string | null;
  office: string | null;
  company: string | null;
  createdAt: number | null;
  accountEnabled: boolean | null;
  passwordChangedAt: number | null;
  passwordPolicies: string | null;
  onPremisesSynced: boolean | null;
}

const ATTRIBUTES = [
  'department',
  'country',
  'office',
  'company',
  'createdAt',
  'accountEnabled',
  'passwordChangedAt',
  'passwordPolicies',
  'onPremisesSynced',
  'inDirectory',
] as const;

/**
 * Stores people of /users, in the caller's transaction. The name is taken from the
 * registration report where the person is in it: two sources would take turns.
 */
export async function storePeople(
  lease: HeldLease,
  db: Db,
  users: UserRow[],
): Promise<{ added: number; changed: number }> {
  const { store, tenantId } = lease;
  const { person } = store.t;
  const byId = new Map(users.map((user) => [user.id, { ...user, inDirectory: true }]));
  const found = await db
    .select()
    .from(person)
    .where(
      and(
        eq(person.tenantId, tenantId),
        sql`${person.objectId} in ${store.dialect.inList([...byId.keys()])}`,
      ),
    );
  const known = new Map(found.map((row) => [row.objectId, row]));
  let next = await nextPersonId(lease, db);
  const rows = [...byId.values()].flatMap((user) => {
    const old = known.get(user.id);
    const named = old && old.stateId !== null ? old : user;
    const same =
      old &&
      old.name === named.name &&
      old.userPrincipalName === named.userPrincipalName &&
      ATTRIBUTES.every((attribute) => old[attribute] === user[attribute]);
    if (same) return [];
    const { id: objectId, name: _, userPrincipalName: __, ...attributes } = user;
    const id = old?.id ?? next++;
    const text = personText(named.name, named.userPrincipalName);
    return [{ tenantId, id, objectId, ...text, ...attributes }];
  });
  await bulkInsert(store, db, person, rows, {
    target: ['tenantId', 'id'],
    update: ['name', 'userPrincipalName', 'sortName', 'searchText', ...ATTRIBUTES],
  });
  const added = [...byId.keys()].filter((id) => !known.has(id)).length;
  return { added, changed: rows.length - added };
}
