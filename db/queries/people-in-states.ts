import { setImmediate as others } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { SQL, Store } from '../store-types.ts';

/** Properties of people by which they are told apart here. */
export type PersonDimension = 'department' | 'country' | 'office' | 'company';

export interface PeopleInStates {
  tenantId: number;
  /** How the last published snapshot counts them. */
  kind: 'member' | 'guest';
  /** Ids of `registration_state`; null: all. */
  states: readonly number[] | null;
  /** People whom an exclusion leaves out on this day are taken off. */
  day: Day;
  /** Tells them apart by this; without it `value` is null. */
  by?: PersonDimension | undefined;
}

export interface StatePeople {
  stateId: number;
  /** Null also where a person has none. */
  value: string | null;
  people: number;
}

/**
 * How many people of the last published snapshot are in each of some states. A state and value may come more than
 * once; with the excluded ones as a negative number, so that sums are right. Departments and countries
 * stand in the index that is read; offices and companies are looked up person by person, state by state, so
 * that a large tenant's do not hold up everybody else.
 */
export async function peopleInStates(store: Store, input: PeopleInStates): Promise<StatePeople[]> {
  if (input.states?.length === 0) return [];
  const rows = await excludedInStates(store, input);
  if (input.by !== 'office' && input.by !== 'company')
    return [...rows, ...(await counted(store, input, input.states))];
  for (const stateId of input.states ?? []) {
    rows.push(...(await counted(store, input, [stateId])));
    await others();
  }
  return rows;
}

const COLUMN: Record<PersonDimension, SQL> = {
  department: sql`department`,
  country: sql`country`,
  office: sql`office`,
  company: sql`company`,
};

function counted(
  store: Store,
  { tenantId, kind, by }: PeopleInStates,
  states: readonly number[] | null,
): Promise<StatePeople[]> {
  const value = by ? COLUMN[by] : sql`null`;
  // In the order of the index: a country alone would be sorted.
  const inOrder = by === 'country' ? sql`, department, country` : by ? sql`, ${value}` : sql``;
  return store.dialect.rows<StatePeople>(
    store.read,
    sql`select state_id as "stateId", ${value} as value, count(*) as people
        from person
        where tenant_id = ${tenantId} and kind = ${kind} and kind is not null
          ${among(store, states)}
        group by state_id ${inOrder}`,
  );
}

/** Negative numbers. Reads who is excluded, and looks them up. */
function excludedInStates(
  store: Store,
  { tenantId, kind, states, day, by }: PeopleInStates,
): Promise<StatePeople[]> {
  const value = by ? COLUMN[by] : sql`null`;
  return store.dialect.rows<StatePeople>(
    store.read,
    sql`select state_id as "stateId", ${value} as value, -count(*) as people
        from (
          select distinct person_id
          from person_exclusion
          where tenant_id = ${tenantId} and first_day <= ${day}
            and (end_day is null or end_day > ${day})
        ) as out_of_it
        join person on person.tenant_id = ${tenantId} and person.id = out_of_it.person_id
        where kind = ${kind} ${among(store, states)}
        group by state_id ${by ? sql`, ${value}` : sql``}`,
  );
}

const among = (store: Store, states: readonly number[] | null): SQL =>
  states ? sql`and state_id in ${store.dialect.inList([...states])}` : sql``;
