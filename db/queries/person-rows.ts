import { and, eq, sql } from 'drizzle-orm';
import { isoTextOrNull } from '../../domain/instant.ts';
import { callsOfOrder } from '../../domain/priority/call-order.ts';
import type { Reason } from '../../domain/registration.ts';
import type { Db, Store } from '../store-types.ts';

/** A person as the list knows them. */
export interface PersonRow {
  /** Object id. */
  id: string;
  sortName: string;
  name: string | null;
  userPrincipalName: string | null;
  department: string | null;
  country: string | null;
  managerId: string | null;
  /** Null: none, or no record names them. */
  managerName: string | null;
  admin: boolean | null;
  enabled: boolean | null;
  registered: boolean | null;
  capable: boolean | null;
  methods: readonly string[] | null;
  reason: string;
  stateDay: string | null;
  callOrder: number;
  lastSignInAt: number | null;
  excluded: boolean | null;
  note: string | null;
  done: boolean | null;
}

/** The people with these numbers (`person.id`), in their order; without those who are in no snapshot. */
export async function personRows(
  store: Store,
  db: Db,
  tenantId: number,
  ids: readonly number[],
): Promise<PersonRow[]> {
  if (ids.length === 0) return [];
  const { person, registrationState: state, personNote: note } = store.t;
  const rows = await db
    .select({
      number: person.id,
      id: person.objectId,
      sortName: person.sortName,
      name: person.name,
      userPrincipalName: person.userPrincipalName,
      department: person.department,
      country: person.country,
      managerId: person.managerId,
      admin: state.admin,
      enabled: state.enabled,
      registered: state.registered,
      capable: state.capable,
      methods: state.methods,
      reason: state.reason,
      stateDay: person.stateDay,
      callOrder: person.callOrder,
      lastSignInAt: person.lastSignInAt,
      excluded: person.excluded,
      note: note.note,
      done: note.done,
    })
    .from(person)
    .innerJoin(state, and(eq(state.tenantId, person.tenantId), eq(state.id, person.stateId)))
    .leftJoin(note, and(eq(note.tenantId, person.tenantId), eq(note.personId, person.id)))
    .where(
      and(eq(person.tenantId, tenantId), sql`${person.id} in ${store.dialect.inList([...ids])}`),
    );
  const managers = await personNames(store, db, tenantId, [
    ...new Set(rows.flatMap(({ managerId }) => managerId ?? [])),
  ]);
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return ids.flatMap((id) => {
    const row = byNumber.get(id);
    return row ? [{ ...row, managerName: managers.get(row.managerId ?? '') ?? null }] : [];
  });
}

/** Names by object id, of those whom a record names. */
export async function personNames(
  { t: { person }, dialect }: Store,
  db: Db,
  tenantId: number,
  objectIds: string[],
): Promise<Map<string, string | null>> {
  if (objectIds.length === 0) return new Map();
  const rows = await db
    .select({ id: person.objectId, name: person.name })
    .from(person)
    .where(
      and(eq(person.tenantId, tenantId), sql`${person.objectId} in ${dialect.inList(objectIds)}`),
    );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A row as the API shows a person. */
export function toPerson(row: PersonRow) {
  return {
    id: row.id,
    name: row.name,
    userPrincipalName: row.userPrincipalName,
    department: row.department,
    country: row.country,
    admin: row.admin,
    enabled: row.enabled,
    registered: row.registered,
    capable: row.capable,
    methods: row.methods && [...row.methods],
    reason: row.reason as Reason,
    priority: callsOfOrder(row.callOrder),
    excluded: row.excluded === true,
    manager: row.managerId === null ? null : { id: row.managerId, name: row.managerName },
    lastSignInAt: isoTextOrNull(row.lastSignInAt),
    stateSince: row.stateDay,
    note: row.note,
    done: row.done === true,
  };
}
