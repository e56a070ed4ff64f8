import { and, eq, inArray, sql } from 'drizzle-orm';
import { fold } from '../../domain/text.ts';
import type { Store } from '../store-types.ts';

/** As many people may hold a user principal name within theirs; beyond that an index does not help. */
const HITS_MOST = 500;

/**
 * Our numbers (`person.id`) of the people whom `entries` names: by object id, or by user principal name in any
 * case. Entries that name nobody are passed over. Read by index, one search per user principal name.
 */
export async function globalAdministrators(
  store: Store,
  { tenantId, entries }: { tenantId: number; entries: readonly string[] },
): Promise<number[]> {
  const ids = new Set(await byObjectId(store, tenantId, entries));
  for (const entry of entries.filter((one) => one.includes('@')))
    for (const id of await byPrincipalName(store, tenantId, fold(entry))) ids.add(id);
  return [...ids].sort((a, b) => a - b);
}

async function byObjectId(
  { t: { person }, read }: Store,
  tenantId: number,
  entries: readonly string[],
): Promise<number[]> {
  if (entries.length === 0) return [];
  const asked = [...new Set(entries.flatMap((entry) => [entry, entry.toLowerCase()]))];
  const rows = await read
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.tenantId, tenantId), inArray(person.objectId, asked)));
  return rows.map(({ id }) => id);
}

async function byPrincipalName(store: Store, tenantId: number, name: string): Promise<number[]> {
  const { person } = store.t;
  const search = { tenantId, needle: name, most: HITS_MOST };
  const ids = await store.dialect.nameSearch.candidates(store.read, search);
  const among = ids
    ? sql`${person.id} in ${store.dialect.inList(ids.length > 0 ? ids : [0])}`
    : store.dialect.nameSearch.holds(name);
  const rows = await store.read
    .select({ id: person.id, userPrincipalName: person.userPrincipalName })
    .from(person)
    .where(and(eq(person.tenantId, tenantId), among));
  return rows
    .filter(({ userPrincipalName }) => userPrincipalName && fold(userPrincipalName) === name)
    .map(({ id }) => id);
}
