import { sql } from 'drizzle-orm';
import { CELL_BITS } from '../cell-bits.ts';
import type { Db, SQL, Store } from '../store-types.ts';
import type { CursorPlace, PeopleSort } from './people-cursor.ts';
import type { PeopleQuestion } from './people-question.ts';

export interface PagePlace {
  sort: PeopleSort;
  /** After this one; null: from the beginning. */
  after: CursorPlace | null;
  limit: number;
}

/**
 * The numbers of the people of one page, in the order of the list. What is cheaper by the counts is done:
 * the list is walked from its place, testing cells in the index alone, or the few people of the cells,
 * or the few hits, are read and sorted. Names and filters go together (people with one first name
 * stand together), so a walk that finds too few on its first stretch gives way to the other.
 */
export async function pageOfPeople(
  store: Store,
  db: Db,
  question: PeopleQuestion,
  place: PagePlace,
  plan: Plan = cheapest(question, place),
): Promise<number[]> {
  if (question.total === 0) return [];
  const { gather, walk } = plan;
  if (walk === null || walk < question.kindPeople) {
    const ids = walk === null ? null : await firstStretch(store, db, question, place, walk);
    if (ids) return ids;
    if (gather)
      return idsOf(await store.dialect.rows(db, gathered(store, question, place, gather)));
  }
  return walkOn(store, db, question, place, rangesOf(place));
}

/** How a page is found. */
export interface Plan {
  /** What to read whole; null: nothing is small enough. */
  gather: 'cells' | 'hits' | null;
  /** How many entries of the list to walk before; null: none. */
  walk: number | null;
}

/** About what one of them takes, in microseconds: a person looked up, a hit read in the index of names, an entry walked. */
const LOOK_UP = 4;
const HIT = 1.5;
const WALK = 0.2;
/** Up to so many hits of a search are read rather than walked to: they stand together. */
const SEARCHED_MOST = 30_000;
/** How much longer than expected a walk may get. */
const PATIENCE = 3;

function cheapest(question: PeopleQuestion, { sort, limit }: PagePlace): Plan {
  const { total, hits, hitPeople, kindPeople, cellPeople, cells } = question;
  const ways: ['cells' | 'hits', number][] = [];
  if (cells) ways.push(['cells', cellPeople * LOOK_UP]);
  if (hits && !hits.others)
    ways.push(['hits', hitPeople * (hits.bySearch && sort === 'name' ? HIT : LOOK_UP)]);
  const [gather, cost] = ways.reduce<[Plan['gather'], number]>(
    (best, way) => (way[1] < best[1] ? way : best),
    [null, Number.POSITIVE_INFINITY],
  );
  const share = Math.min(1, limit / total);
  const walked = share * kindPeople * WALK + (hits ? share * cellPeople : limit) * LOOK_UP;
  if (cost <= walked || (hits?.bySearch && hitPeople <= SEARCHED_MOST))
    return { gather, walk: null };
  const walk = gather && sort === 'name' ? Math.ceil(PATIENCE * share * kindPeople) : kindPeople;
  return { gather, walk };
}

/** A page from the next `entries` of the list by name; null where they do not fill it. */
async function firstStretch(
  store: Store,
  db: Db,
  question: PeopleQuestion,
  place: PagePlace,
  entries: number,
): Promise<number[] | null> {
  const ranges = rangesOf(place);
  const last = ranges.at(-1) ?? EVERYBODY;
  const [edge] = await store.dialect.rows<{ name: string }>(
    db,
    sql`select person.sort_name as name ${listed(question, [last])}
        order by ${ORDER[place.sort]} limit 1 offset ${entries}`,
  );
  if (!edge) return null;
  const stretch = [...ranges.slice(0, -1), sql`${last} and person.sort_name <= ${edge.name}`];
  const ids = await walkOn(store, db, question, place, stretch);
  return ids.length === place.limit ? ids : null;
}

async function walkOn(
  store: Store,
  db: Db,
  question: PeopleQuestion,
  { sort, limit }: PagePlace,
  ranges: SQL[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const range of ranges) {
    const left = limit - ids.length;
    if (left === 0) break;
    const tests = [range, ...walkTests(store, question)];
    const page = sql`select person.id ${listed(question, tests)} order by ${ORDER[sort]} limit ${left}`;
    ids.push(...idsOf(await store.dialect.rows(db, page)));
  }
  return ids;
}

const ORDER: Record<PeopleSort, SQL> = {
  name: sql`person.sort_name, person.object_id`,
  priority: sql`person.call_order, person.sort_name, person.object_id`,
};

function gathered(
  store: Store,
  question: PeopleQuestion,
  { sort, after, limit }: PagePlace,
  way: 'cells' | 'hits',
): SQL {
  const { from, where } = found(store, question, way);
  const later = after ? sql`and (${any(rangesAfter(sort, after))})` : sql``;
  return sql`select person.id from ${from} where ${where} ${later} order by ${ORDER[sort]} limit ${limit}`;
}

/** SQL of the people that cells, or hits, find: `from ${from} where ${where}`. */
function found(
  store: Store,
  { tenantId, cells, hits, cell, segments }: PeopleQuestion,
  way: 'cells' | 'hits',
): { from: SQL; where: SQL } {
  if (way === 'hits' && hits)
    return { from: hits.from, where: all([hits.where, ...cellTests(store, { cell, segments })]) };
  // The join says where to begin, and a column that no index of names has which index to take: SQLite would
  // not find that by itself.
  const numbers = store.dialect.jsonRows(
    (cells ?? []).map((id) => [id]),
    ['int'],
  );
  const inCells = sql`person.tenant_id = ${tenantId} and person.cell_id = cell.c0 and person.state_id is not null`;
  return {
    from: sql`${numbers} as cell cross join person`,
    where: all([inCells, ...(hits ? [hits.condition] : [])]),
  };
}

/** SQL of everybody who matches, in no order. */
export function matching(store: Store, question: PeopleQuestion): { from: SQL; where: SQL } {
  const { tenantId, hits, hitPeople, cells, cellPeople, kindPeople } = question;
  if (hits && !hits.others && hitPeople <= cellPeople) return found(store, question, 'hits');
  // The index of managers holds the cells: beyond some share of everybody, reading all of it is less.
  if (cells && cellPeople * MANY_OF < kindPeople) return found(store, question, 'cells');
  const everybody = sql`person.tenant_id = ${tenantId} and person.cell_id is not null`;
  const tests = walkTests(store, question);
  return { from: sql`person`, where: all([everybody, ...tests]) };
}

const MANY_OF = 10;

/** SQL of those on the list of whom `tests` are true. */
const listed = ({ tenantId, kind }: PeopleQuestion, tests: SQL[]): SQL =>
  sql`from person
      where person.tenant_id = ${tenantId} and person.kind = ${kind} and person.kind is not null and ${all(tests)}`;

function walkTests(store: Store, { hits, cell, segments }: PeopleQuestion): SQL[] {
  return [...cellTests(store, { cell, segments }), ...(hits ? [hits.condition] : [])];
}

/** What is true of a person in a cell that passes; all of it can be seen in the indexes of the list. */
function cellTests(
  { dialect }: Store,
  { cell: { mask, bits }, segments }: Pick<PeopleQuestion, 'cell' | 'segments'>,
): SQL[] {
  const number = (value: number) => sql.raw(String(value));
  const flags = sql`(person.cell_id & ${number(mask)}) = ${number(bits)}`;
  if (!segments) return [flags];
  return [flags, sql`(person.cell_id / ${number(CELL_BITS)}) in ${dialect.inList(segments)}`];
}

const EVERYBODY = sql`1 = 1`;

/** Stretches of the list that follow each other, each found by its beginning in the index. */
function rangesOf({ sort, after }: PagePlace): SQL[] {
  return after ? rangesAfter(sort, after) : [EVERYBODY];
}

function rangesAfter(sort: PeopleSort, { callOrder, sortName, id }: CursorPlace): SQL[] {
  const byName = [
    sql`person.sort_name = ${sortName} and person.object_id > ${id}`,
    sql`person.sort_name > ${sortName}`,
  ];
  if (sort === 'name') return byName;
  return [
    ...byName.map((range) => sql`person.call_order = ${callOrder} and ${range}`),
    sql`person.call_order > ${callOrder}`,
  ];
}

const all = (conditions: SQL[]) => sql.join(conditions, sql` and `);
const any = (conditions: SQL[]) =>
  sql.join(
    conditions.map((condition) => sql`(${condition})`),
    sql` or `,
  );
const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => Number(id));
