import { and, eq, sql } from 'drizzle-orm';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import { eachChunk, Pace } from './chunks.ts';
import type { Stored } from './feed-runs.ts';
import type { HeldLease } from './lease.ts';
import { nextId } from './next-id.ts';
import { beginEdition, recell } from './person-cells.ts';
import { personText } from './person-text.ts';
import { signInToStore } from './sign-in-week.ts';

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
  /** Object id; null: none; undefined: not asked for, what is stored stays. */
  managerId?: string | null | undefined;
  /** UTC milliseconds; null or undefined: not told, what is stored stays. Stored to the week. */
  lastSignInAt?: number | null | undefined;
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
  'managerId',
  'lastSignInAt',
] as const;

/** What a cell counts people by. */
const CELL_COLUMNS = ['department', 'country'] as const;

const KEY = ['tenantId', 'id'] as ('tenantId' | 'id')[];

/** Columns that follow from a name, and are written together. */
const TEXT = ['name', 'userPrincipalName', 'sortName', 'searchText'] as const;

/** Somebody to be written: which columns differ; none of somebody new, whose id is not given yet. */
interface Difference {
  row: Omit<HeldLease['store']['t']['person']['$inferInsert'], 'id'>;
  id: number | null;
  /** Whether the last published snapshot holds them, so that they are counted in a cell. */
  inSnapshot: boolean;
  columns: ((typeof TEXT)[number] | (typeof ATTRIBUTES)[number])[];
}

/**
 * Stores people of /users. The name is taken from the registration report where the
 * person is in it: two sources would take turns. What is stored already is only read;
 * the rest is written in short transactions, whose size `pace` fits from page to page.
 * `now` says whose turn it is to have a sign-in written; without it, it is everybody's.
 */
export async function storePeople(
  lease: HeldLease,
  users: readonly UserRow[],
  { pace = new Pace(), now = null }: { pace?: Pace; now?: number | null } = {},
): Promise<Stored> {
  const different = await differences(lease, users, now);
  await eachChunk(different, pace, (part) => lease.tx((db) => write(lease, db, part)));
  const added = different.filter(({ id }) => id === null).length;
  return { added, changed: different.length - added };
}

async function differences(
  lease: HeldLease,
  users: readonly UserRow[],
  now: number | null,
): Promise<Difference[]> {
  const byId = new Map(users.map((user) => [user.id, { ...user, inDirectory: true }]));
  const known = await stored(lease, [...byId.keys()]);
  return [...byId.values()].flatMap((user): Difference[] => {
    const old = known.get(user.id);
    const named = old && old.stateId !== null ? old : user;
    const { id: objectId, name: _, userPrincipalName: __, ...attributes } = user;
    const text = personText(named.name, named.userPrincipalName);
    const row = {
      ...{ tenantId: lease.tenantId, objectId, ...text, ...attributes },
      managerId: user.managerId === undefined ? (old?.managerId ?? null) : user.managerId,
      lastSignInAt: signInToStore(old, user.lastSignInAt ?? null, now),
    };
    if (!old) return [{ row, id: null, inSnapshot: false, columns: [] }];
    const columns = [...TEXT, ...ATTRIBUTES].filter((column) => old[column] !== row[column]);
    if (columns.length === 0) return [];
    return [{ row, id: old.id, inSnapshot: old.kind !== null, columns }];
  });
}

async function write(lease: HeldLease, db: Db, different: Difference[]): Promise<void> {
  const moved = different.flatMap(({ id, inSnapshot, columns }) =>
    id !== null && inSnapshot && CELL_COLUMNS.some((column) => columns.includes(column))
      ? [id]
      : [],
  );
  // First of all, as whoever excludes people does: two that wait for each other would wait for ever.
  if (moved.length > 0) await beginEdition(lease.store, db, lease.tenantId);
  let next = await nextId(db, lease.store.t.person, lease.tenantId);
  // A column that is named costs the indexes it stands in, also where it stays the same.
  for (const group of Map.groupBy(different, ({ columns }) => columns.join()).values()) {
    const rows = group.map(({ row, id }) => ({ ...row, id: id ?? next++ }));
    const conflict = { target: KEY, update: group[0]?.columns ?? [] };
    await bulkInsert(lease.store, db, lease.store.t.person, rows, conflict);
  }
  await recell(lease.store, db, lease.tenantId, moved);
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
