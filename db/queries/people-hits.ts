import { sql } from 'drizzle-orm';
import { fold } from '../../domain/text.ts';
import type { SQL, Store } from '../store-types.ts';
import type { PeopleFilter } from './people-filter.ts';
import type { StatesAsked } from './states-asked.ts';

/** What a filter asks for that no cell knows. */
export interface Hits {
  /** SQL of all hits, found by an index: `from ${from} where ${where}`, each a row of `person`. */
  from: SQL;
  where: SQL;
  /** SQL that is true of a `person` who is asked for, by which no engine chooses an index. */
  condition: SQL;
  /** Whether a search found them. */
  bySearch: boolean;
  /** Everybody but the hits is asked for. */
  others: boolean;
  /** Two filters with the same text have the same hits, as long as nothing is written. */
  key: string;
}

/** One filter. */
interface Part {
  condition: SQL;
  /** SQL of a subquery of numbers `id` of people, read by an index; null: it is not found so. */
  numbers: SQL | null;
  /** What is true of the hits: of the people so numbered, or of those whom `person`'s own indexes find by it. */
  where: SQL;
}

/** Null where cells know everything that the filter asks for. */
export function hitsOf(store: Store, filter: PeopleFilter, asked: StatesAsked | null): Hits | null {
  const { search, exclusion, done, manager } = filter;
  const key = JSON.stringify([fold(search ?? ''), exclusion, done, manager, asked]);
  // In the order of how few they usually find.
  const parts = [
    byExclusion(filter),
    done === true ? byMark(filter) : null,
    byText(store, filter),
    byManager(filter),
    byStates(store, asked),
  ].filter((part) => part !== null);
  const unmarked = done === false ? [sql`not ${byMark(filter).condition}`] : [];
  if (parts.length === 0 && done === undefined) return null;
  if (parts.length === 0)
    return {
      ...foundBy(filter, [byMark(filter)], []),
      condition: all(unmarked),
      bySearch: false,
      others: true,
      key,
    };
  const condition = all([...parts.map((part) => part.condition), ...unmarked]);
  const bySearch = (search ?? '') !== '';
  return { ...foundBy(filter, parts, unmarked), condition, bySearch, others: false, key };
}

const all = (conditions: SQL[]) => sql.join(conditions, sql` and `);
/** A condition that no engine looks up in an index. */
const plain = (condition: SQL) => sql`((${condition}) is true)`;

/** People by the first filter that numbers them, else by the first; the others are tested. */
function foundBy(
  { tenantId }: PeopleFilter,
  parts: Part[],
  more: SQL[],
): Pick<Hits, 'from' | 'where'> {
  const [first] = parts;
  if (!first) throw new Error('Nothing is asked for');
  const by = parts.find(({ numbers }) => numbers) ?? first;
  const rest = parts.filter((part) => part !== by).map(({ condition }) => condition);
  const own = sql`person.tenant_id = ${tenantId} and person.cell_id is not null`;
  if (!by.numbers) return { from: sql`person`, where: all([own, by.where, ...rest, ...more]) };
  return {
    // From the hits to the people, which SQLite would not find by itself.
    from: sql`${by.numbers} as hit cross join person`,
    where: all([sql`person.id = hit.id`, own, by.where, ...rest, ...more]),
  };
}

const ANYBODY = sql`1 = 1`;
const NOBODY = sql`1 = 0`;

function byText({ dialect }: Store, { tenantId, search }: PeopleFilter): Part | null {
  const needle = fold(search ?? '');
  if (needle === '') return null;
  // It stands between name and principal name in the stored text, and in no name of Entra.
  if (needle.includes('\n')) return { condition: NOBODY, numbers: null, where: NOBODY };
  const holds = dialect.nameSearch.holds(needle);
  const numbers = dialect.nameSearch.numbers(tenantId, needle);
  return { condition: plain(holds), numbers, where: holds };
}

function byExclusion({ tenantId, exclusion }: PeopleFilter): Part | null {
  if (exclusion === undefined) return null;
  // What holds now was worked out last for `exclusions_day`.
  const numbers = sql`(
    select distinct left_out.person_id as id
    from person_exclusion as left_out
    left join people_edition as edition on edition.tenant_id = left_out.tenant_id
    where left_out.tenant_id = ${tenantId} and left_out.exclusion_id = ${exclusion}
      and (edition.exclusions_day is null or left_out.first_day <= edition.exclusions_day)
      and (left_out.end_day is null or left_out.end_day > edition.exclusions_day))`;
  return { condition: plain(sql`person.id in ${numbers}`), numbers, where: ANYBODY };
}

function byMark({ tenantId }: PeopleFilter): Part {
  const numbers = sql`(
    select person_id as id from person_note where tenant_id = ${tenantId} and done = true)`;
  return { condition: plain(sql`person.id in ${numbers}`), numbers, where: ANYBODY };
}

function byManager({ manager }: PeopleFilter): Part | null {
  if (manager === undefined) return null;
  const where =
    manager === '' ? sql`person.manager_id is null` : sql`person.manager_id = ${manager}`;
  return { condition: plain(where), numbers: null, where };
}

function byStates({ dialect }: Store, asked: StatesAsked | null): Part | null {
  if (!asked) return null;
  const inStates = (states: number[]) =>
    sql`person.state_id in ${dialect.inList(states.length > 0 ? states : [0])}`;
  const found = (states: number[]) =>
    sql`person.kind in ('member', 'guest') and ${inStates(states)}`;
  const { states, otherwise } = asked;
  if (!otherwise)
    return { condition: plain(inStates(states)), numbers: null, where: found(states) };
  const listed = sql`person.id in ${dialect.inList(otherwise.people)}`;
  const condition = plain(
    sql`case when ${listed} then ${inStates(otherwise.states)} else ${inStates(states)} end`,
  );
  const either = [...new Set([...states, ...otherwise.states])];
  return { condition, numbers: null, where: sql`${found(either)} and ${condition}` };
}
