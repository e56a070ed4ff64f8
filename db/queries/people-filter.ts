import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Reason } from '../../domain/registration.ts';
import { fold } from '../../domain/text.ts';
import type { Store } from '../store-types.ts';

/** Which people of the last published snapshot; what is left out does not filter. */
export interface PeopleFilter {
  tenantId: number;
  /** member includes people of unknown type. */
  userType: 'member' | 'guest';
  reason?: Reason | undefined;
  capable?: boolean | undefined;
  registered?: boolean | undefined;
  enabled?: boolean | undefined;
  admin?: boolean | undefined;
  /** '' asks for people without one. */
  department?: string | undefined;
  country?: string | undefined;
  /** Substring of name or user principal name, in any case. */
  search?: string | undefined;
}

/** Up to so many hits of a search are looked up one by one; beyond that the list is walked in order. */
const HITS_MOST = 500;

/**
 * Where to read people from, and the condition that filters them. A search that few
 * match reads just those, found by trigrams; any other filter walks an index that is
 * in the order of the list.
 */
export async function filteredPeople(store: Store, filter: PeopleFilter) {
  const { person } = store.t;
  const needle = filter.search ? fold(filter.search) : '';
  const ids =
    needle === ''
      ? null
      : await store.dialect.nameSearch.candidates(store.read, {
          tenantId: filter.tenantId,
          needle,
          most: HITS_MOST,
        });
  const found =
    ids &&
    store.read
      .select()
      .from(person)
      .where(
        and(
          eq(person.tenantId, filter.tenantId),
          sql`${person.id} in ${store.dialect.inList(ids.length > 0 ? ids : [0])}`,
        ),
      )
      // A limit keeps the engines from merging this into the outer query and choosing another index.
      .limit(HITS_MOST)
      .as('person');
  return {
    from: (found ?? person) as typeof person,
    where: and(...(await conditions(store, filter, needle))) as SQL,
    few: ids !== null,
  };
}

async function conditions(store: Store, filter: PeopleFilter, needle: string): Promise<SQL[]> {
  const { person } = store.t;
  const all: (SQL | undefined)[] = [
    eq(person.tenantId, filter.tenantId),
    eq(person.kind, filter.userType),
    filter.reason === undefined ? undefined : eq(person.reason, filter.reason),
    filter.admin === undefined ? undefined : eq(person.isAdmin, filter.admin),
    dimension(person.department, filter.department),
    dimension(person.country, filter.country),
    await stateCondition(store, filter),
    needle === '' ? undefined : store.dialect.nameSearch.holds(needle),
  ];
  return all.filter((condition) => condition !== undefined);
}

function dimension(
  column: Store['t']['person']['department'],
  value: string | undefined,
): SQL | undefined {
  if (value === undefined) return undefined;
  return value === '' ? isNull(column) : eq(column, value);
}

/** The flags live in the dictionary of states: a flag picks a few hundred states, and they pick people. */
async function stateCondition(store: Store, filter: PeopleFilter): Promise<SQL | undefined> {
  const { registrationState: state, person } = store.t;
  const { capable, registered, enabled } = filter;
  const asked = Object.entries({ capable, registered, enabled }).filter(
    (flag): flag is [FlagName, boolean] => flag[1] !== undefined,
  );
  if (asked.length === 0) return undefined;
  const states = await store.read.select().from(state).where(eq(state.tenantId, filter.tenantId));
  // A flag Graph did not send is not set.
  const ids = states
    .filter((row) => asked.every(([flag, value]) => (row[flag] ?? false) === value))
    .map(({ id }) => id);
  return sql`${person.stateId} in ${store.dialect.inList(ids.length > 0 ? ids : [0])}`;
}

type FlagName = 'capable' | 'registered' | 'enabled';
