import { and, eq, sql } from 'drizzle-orm';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import { eachChunk, Pace } from './chunks.ts';
import type { Stored } from './feed-runs.ts';
import type { HeldLease } from './lease.ts';
import { nextId } from './next-id.ts';
import { personText } from './person-text.ts';

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

const KEY = ['tenantId', 'id'] as ('tenantId' | 'id')[];

/** Columns that follow from a name, and are written together. */
const TEXT = ['name', 'userPrincipalName', 'sortName', 'searchText'] as const;

/** Somebody to be written: which columns differ; none of somebody new, whose id is not given yet. */
interface Difference {
  row: Omit<HeldLease['store']['t']['person']['$inferInsert'], 'id'>;
  id: number | null;
  columns: ((typeof TEXT)[number] | (typeof ATTRIBUTES)[number])[];
}

/**
 * Stores people of /users. The name is taken from the registration report where the
 * person is in it: two sources would take turns. What is stored already is only read;
 * the rest is written in short transactions, whose size `pace` fits from page to page.
 */
export async function storePeople(
  lease: HeldLease,
  users: readonly UserRow[],
  pace = new Pace(),
): Promise<Stored> {
  const different = await differences(lease, users);
  await eachChunk(different, pace, (part) => lease.tx((db) => write(lease, db, part)));
  const added = different.filter(({ id }) => id === null).length;
  return { added, changed: different.length - added };
}

async function differences(lease: HeldLease, users: readonly UserRow[]): Promise<Difference[]> {
  const byId = new Map(users.map((user) => [user.id, { ...user, inDirectory: true }]));
  const known = await stored(lease, [...byId.keys()]);
  return [...byId.values()].flatMap((user): Difference[] => {
    const old = known.get(user.id);
    const named = old && old.stateId !== null ? old : user;
    const { id: objectId, name: _, userPrincipalName: __, ...attributes } = user;
    const text = personText(named.name, named.userPrincipalName);
    const row = { tenantId: lease.tenantId, objectId, ...text, ...attributes };
    if (!old) return [{ row, id: null, columns: [] }];
    const columns = [...TEXT, ...ATTRIBUTES].filter((column) => old[column] !== row[column]);
    return columns.length > 0 ? [{ row, id: old.id, columns }] : [];
  });
}

async function write(lease: HeldLease, db: Db, different: Difference[]): Promise<void> {
  let next = await nextId(db, lease.store.t.person, lease.tenantId);
  // A column that is named costs the indexes it stands in, also where it stays the same.
  for (const group of Map.groupBy(different, ({ columns }) => columns.join()).values()) {
    const rows = group.map(({ row, id }) => ({ ...row, id: id ?? next++ }));
    const conflict = { target: KEY, update: group[0]?.columns ?? [] };
    await bulkInsert(lease.store, db, lease.store.t.person, rows, conflict);
  }
}

async function stored({ store, tenantId }: HeldLease, objectIds: string[]) {
  const { person } = store.t;
  const rows = await store.read
    .select()
    .from(person)
    .where(
      and(
        eq(person.tenantId, tenantId),
        sql`${person.objectId} in ${store.dialect.inList(objectIds)}`,
      ),
    );
  return new Map(rows.map((row) => [row.objectId, row]));
}
