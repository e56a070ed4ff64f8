import { expect } from 'vitest';
import type { OracleEnds } from './at-risk.ts';
import type { Chance } from './chance.ts';
import { csvRows, formulaSafe } from './csv.ts';
import { allPeople, type PersonSeen } from './dump.ts';
import { folded } from './expect-registration.ts';
import type { Lab } from './lab.ts';
import { filterDraws, type ListFilter, standingFilters } from './list-filters.ts';
import type { ListedPerson } from './listed.ts';

type Asks = Pick<Lab, 'ask' | 'answer'>;

export interface Tried {
  combinations: number;
  /** Those that let somebody through. */
  withPeople: number;
  people: number;
}

/** `count` combinations of filters, orders and lengths of pages, each held to `people`. */
export async function expectLists(
  it: Asks,
  people: readonly ListedPerson[],
  wish: { random: Chance; count: number; ends: OracleEnds; exclusionIds: readonly string[] },
): Promise<Tried> {
  const { random } = wish;
  const draws = filterDraws(random, people, wish);
  const ranks = await ranksOf(it, people);
  const tried: Tried = { combinations: 0, withPeople: 0, people: 0 };
  while (tried.combinations < wish.count) {
    const like = random.one(people);
    const chosen = random.shuffled(draws).slice(0, random.one([0, 1, 1, 2, 2, 2, 3, 3, 4, 6]));
    const filters = [...standingFilters(random, like), ...chosen.map((draw) => draw(like))];
    const matched = people.filter((person) => filters.every(({ matches }) => matches(person)));
    tried.combinations += 1;
    tried.withPeople += Number(matched.length > 0);
    tried.people += matched.length;
    const sort = random.is(0.6) ? 'name' : 'priority';
    await expectOneList(it, { filters, matched, ranks, sort, random });
    if (tried.combinations % 2 === 0) await expectFacetsOf(it, { filters, people });
    if (tried.combinations % 8 === 0) await expectManagers(it, { filters, matched });
  }
  return tried;
}

interface OneList {
  filters: ListFilter[];
  matched: readonly ListedPerson[];
  /** Place of everybody by priority. */
  ranks: ReadonlyMap<string, number>;
  sort: 'name' | 'priority';
  random: Chance;
}

async function expectOneList(it: Asks, { filters, matched, ranks, sort, random }: OneList) {
  const query = queryOf(filters) + (sort === 'name' && random.is(0.5) ? '' : `&sort=${sort}`);
  const few = matched.length < 30;
  const limit = random.one(few ? [1, 2, 7, 200] : [23, 50, 199, 200]);
  const { people: seen, total } = await allPeople(it, query, limit);
  expect.soft(total, `total of ${query}`).toBe(matched.length);
  if (total !== matched.length) return;
  const byRank = (a: ListedPerson, b: ListedPerson) =>
    (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0);
  const expected = matched.toSorted(sort === 'name' ? byName : byRank).map(shown);
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);
  expect.soft(ids(seen), `order of ${query} by ${limit}`).toEqual(ids(expected));
  expect.soft(seen.map(comparable), `people of ${query} by ${limit}`).toEqual(expected);
  expect.soft(await csvPeople(it, query), `CSV of ${query}`).toEqual(seen.map(asCells));
}

function queryOf(filters: readonly ListFilter[]): string {
  return filters
    .flatMap(({ parameters }) => parameters)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join('');
}

/** By folded name, letter by letter by number, no name being the shortest; then by id. */
export function byName(a: ListedPerson, b: ListedPerson): number {
  const [own, other] = [[...folded(a.name ?? '')], [...folded(b.name ?? '')]];
  for (const [index, letter] of own.entries()) {
    const difference = (letter.codePointAt(0) ?? 0) - (other[index]?.codePointAt(0) ?? -1);
    if (difference !== 0) return difference;
  }
  if (own.length !== other.length) return own.length - other.length;
  return a.id < b.id ? -1 : 1;
}

/** The whole order by priority: calls fall, and equal ones go by name and id. */
async function ranksOf(it: Asks, people: readonly ListedPerson[]): Promise<Map<string, number>> {
  const ranks = new Map<string, number>();
  const byId = new Map(people.map((person) => [person.id, person]));
  for (const kind of ['member', 'guest']) {
    const { people: seen } = await allPeople(it, `&userType=${kind}&excluded=true&sort=priority`);
    const calls = seen.map(({ priority }) => (priority as number | null) ?? -1);
    expect.soft(calls, `${kind} by priority`).toEqual(calls.toSorted((a, b) => b - a));
    for (const [index, { id, priority }] of seen.entries()) {
      ranks.set(id, index);
      const [own, before] = [byId.get(id), byId.get(seen[index - 1]?.id ?? '')];
      if (priority === null && seen[index - 1]?.priority === null && own && before)
        expect.soft(byName(before, own), `${before.name} before ${own.name}`).toBeLessThan(0);
      if (kind === 'guest') expect.soft(priority, `guest ${id} ranked`).toBeNull();
    }
  }
  return ranks;
}

/** What the oracle knows of a person, in the words of the list. */
function shown(person: ListedPerson) {
  const { office, company, mfaCapable, depth, class: kind, exclusions, families, ...rest } = person;
  return { ...rest, methods: inOrder(rest.methods) };
}

function comparable({ priority, ...person }: PersonSeen) {
  return { ...person, methods: inOrder(person.methods as string[] | null) };
}

/** Nobody promises an order, or that Graph says a method only once. */
function inOrder(methods: string[] | null): string[] | null {
  return methods && [...new Set(methods)].toSorted();
}

const COLUMNS: [title: string, field: (person: PersonSeen) => unknown][] = [
  ['Object id', ({ id }) => id],
  ['Name', ({ name }) => name],
  ['User principal name', ({ userPrincipalName }) => userPrincipalName],
  ['Department', ({ department }) => department],
  ['Country', ({ country }) => country],
  ['Manager', ({ manager }) => (manager as ListedPerson['manager'])?.name],
  ['Manager id', ({ manager }) => (manager as ListedPerson['manager'])?.id],
  ['Admin', ({ admin }) => admin],
  ['Enabled', ({ enabled }) => enabled],
  ['Registered', ({ registered }) => registered],
  ['Capable', ({ capable }) => capable],
  ['Reason code', ({ reason }) => reason],
  ['Methods', ({ methods }) => (methods as string[] | null)?.join('; ')],
  ['Expected calls in 90 days', ({ priority }) => priority],
  ['Last sign-in', ({ lastSignInAt }) => lastSignInAt],
  ['State since', ({ stateSince }) => stateSince],
  ['Excluded', ({ excluded }) => excluded],
  ['Note', ({ note }) => note],
  ['Done', ({ done }) => done],
];

function asCells(person: PersonSeen): Record<string, string> {
  return Object.fromEntries(
    COLUMNS.map(([title, field]) => [title, formulaSafe(String(field(person) ?? ''))]),
  );
}

async function csvPeople({ answer }: Asks, query: string): Promise<Record<string, string>[]> {
  const { status, text } = await answer(`/people.csv?${query.replace(/^&/, '')}`);
  expect.soft(status, `CSV of ${query}: ${text.slice(0, 200)}`).toBe(200);
  expect.soft(text.startsWith('\uFEFF'), 'byte order mark').toBe(true);
  const [titles = [], ...rows] = csvRows(text);
  return rows.map((row) => {
    expect.soft(row.length, 'cells of a row').toBe(titles.length);
    return Object.fromEntries(COLUMNS.map(([title]) => [title, row[titles.indexOf(title)] ?? '']));
  });
}

const FACETS: [name: string, of: (person: ListedPerson) => string | null][] = [
  ['reason', ({ reason }) => reason],
  ['capable', ({ capable }) => String(capable === true)],
  ['registered', ({ registered }) => String(registered === true)],
  ['enabled', ({ enabled }) => String(enabled === true)],
  ['admin', ({ admin }) => String(admin === true)],
  ['userType', ({ class: kind }) => (kind === 'unknown_type' ? 'member' : kind)],
  ['department', ({ department }) => department],
  ['country', ({ country }) => country],
  ['excluded', ({ excluded }) => String(excluded)],
];

interface Facet {
  value: string | null;
  people: number;
}

async function expectFacetsOf(
  { ask }: Asks,
  { filters, people }: { filters: ListFilter[]; people: readonly ListedPerson[] },
) {
  const query = queryOf(filters);
  const { facets } = (await ask(`/people?limit=1&facets=true${query}`)) as {
    facets: Record<string, Facet[]>;
  };
  for (const [name, of] of FACETS) {
    const others = filters.filter((filter) => filter.name !== name);
    const left = people.filter(
      (person) => person.class !== 'other' && others.every(({ matches }) => matches(person)),
    );
    const expected = [...Map.groupBy(left, of)].map(([value, { length }]) => [value, length]);
    const counted = (facets[name] ?? []).filter((facet) => facet.people > 0);
    expect
      .soft(
        new Map(counted.map(({ value, people: count }) => [value, count])),
        `facet ${name} of ${query}`,
      )
      .toEqual(new Map(expected as [string | null, number][]));
    expect.soft(counted.length, `facet ${name} names each value once`).toBe(expected.length);
  }
}

async function expectManagers(
  { ask }: Asks,
  { filters, matched }: { filters: ListFilter[]; matched: readonly ListedPerson[] },
) {
  const query = queryOf(filters);
  const { managers } = (await ask(`/managers?${query.replace(/^&/, '')}`)) as {
    managers: { id: string | null; name: string | null; people: number }[];
  };
  const groups = Map.groupBy(matched, ({ manager }) => manager?.id ?? null);
  const expected = [...groups].map(([id, team]) => [
    id,
    { id, name: team[0]?.manager?.name ?? null, people: team.length },
  ]);
  expect
    .soft(new Map(managers.map((one) => [one.id, one])), `managers of ${query}`)
    .toEqual(new Map(expected as [string | null, object][]));
  const counts = managers.map(({ people }) => people);
  expect.soft(counts, 'most first').toEqual(counts.toSorted((a, b) => b - a));
}
