import { expect } from 'vitest';
import { dayAfter, dayAt } from './days.ts';
import { allPeople, type PersonSeen } from './dump.ts';
import type { Lab } from './lab.ts';
import {
  countsBy,
  countsOf,
  DIMENSIONS,
  depthCounts,
  methodCounts,
  type OraclePerson,
  peopleOf,
  populationOf,
  type SnapshotSeen,
} from './registration.ts';

type Asks = Pick<Lab, 'ask'>;

/** Coverage of the days around one snapshot, whole and by every value of every dimension. */
export async function expectCoverage({ ask }: Asks, snapshot: SnapshotSeen, timeZone: string) {
  const population = populationOf(peopleOf(snapshot));
  const day = dayAt(snapshot.takenAt, timeZone);
  const [first, last] = [dayAfter(day, -2), dayAfter(day, 1)];
  const asked = async (rest: string) => {
    const answer = (await ask(`/registration/coverage?first=${first}&last=${last}${rest}`)) as {
      days: { day: string; counts: unknown }[];
    };
    const [before, earlier, on, after] = answer.days;
    expect.soft([before?.counts, earlier?.counts, after?.counts], rest).toEqual([null, null, null]);
    return on?.counts;
  };
  expect.soft(await asked('')).toEqual(countsOf(population));
  for (const dimension of DIMENSIONS) {
    const groups = countsBy(population, dimension);
    const by = (await ask(`/registration/by/${dimension}`)) as { day: string; rows: Row[] };
    expect.soft(by.day).toBe(day);
    expect
      .soft(byValue(by.rows), `by ${dimension}`)
      .toEqual(byValue([...groups].map(([value, counts]) => ({ value, counts }))));
    for (const [value, counts] of groups) {
      const named = value === null ? '' : `&value=${encodeURIComponent(value)}`;
      expect
        .soft(await asked(`&dimension=${dimension}${named}`), `${dimension} ${value}`)
        .toEqual(counts);
    }
  }
}

interface Row {
  value: string | null;
  counts: unknown;
}

function byValue(rows: Row[]): Row[] {
  return rows.toSorted((a, b) => (JSON.stringify(a.value) < JSON.stringify(b.value) ? -1 : 1));
}

export async function expectMethods({ ask }: Asks, snapshot: SnapshotSeen) {
  const population = populationOf(peopleOf(snapshot));
  const answer = (await ask('/registration/methods')) as {
    methods: { method: string; people: number }[];
    depth: { families: number; people: number }[];
  };
  const methods = new Map(answer.methods.map(({ method, people }) => [method, people]));
  expect.soft(methods, 'methods').toEqual(methodCounts(population));
  const depth = new Map(
    answer.depth
      .filter(({ people }) => people > 0)
      .map(({ families, people }) => [families, people]),
  );
  expect.soft(depth, 'depth').toEqual(depthCounts(population));
}

export async function expectReconciliation({ ask }: Asks, snapshot: SnapshotSeen) {
  const answer = (await ask('/registration/reconciliation')) as {
    rows: { class: string; people: number }[];
    classes: { class: string; people: number }[];
    unknownAdmin: number;
    graph: { userTypes: string; totalUserCount: number; features: unknown[] }[];
  };
  const people = peopleOf(snapshot);
  for (const name of ['member', 'unknown_type', 'guest', 'other'] as const) {
    const { population, ...counts } = countsOf(people.filter((person) => person.class === name));
    const row = (answer.classes ?? answer.rows).find((one) => one.class === name);
    expect
      .soft(row ?? null, `class ${name}`)
      .toEqual({ class: name, people: population, ...counts });
  }
  const unknown = populationOf(people).filter(({ admin }) => admin === null).length;
  expect.soft(answer.unknownAdmin, 'unknown admins').toBe(unknown);
  for (const { userTypes, totalUserCount } of answer.graph) {
    const rows = snapshot.report.filter((row) => userTypes === 'all' || row.userType === userTypes);
    expect.soft(totalUserCount, `Graph's total of ${userTypes}`).toBe(rows.length);
  }
}

type Filter = [name: string, matches: (person: OraclePerson) => boolean];

function filtersOf(population: OraclePerson[]): Filter[][] {
  const flags = (['capable', 'registered', 'enabled', 'admin'] as const).map((name): Filter[] => [
    [`&${name}=true`, (person) => person[name] === true],
    [`&${name}=false`, (person) => person[name] !== true],
  ]);
  const values = (['department', 'country'] as const).map((name) =>
    [...new Set(population.map((person) => person[name]))].map(
      (value): Filter => [
        `&${name}=${encodeURIComponent(value ?? '')}`,
        (person) => person[name] === value,
      ],
    ),
  );
  const reasons = [...new Set(population.map(({ reason }) => reason))];
  return [
    reasons.map((reason) => [`&reason=${reason}`, (person) => person.reason === reason]),
    ...flags,
    ...values,
    SEARCHES.map((text) => [
      `&search=${encodeURIComponent(text)}`,
      (person) => found(person, text),
    ]),
  ];
}

const SEARCHES = [
  'plain',
  'PLAIN JANE',
  'weiss',
  'WEISS',
  'weiß',
  'groß',
  'ødeg',
  'ØDEG',
  'é',
  'E',
  'ßτ',
  'σ',
  'Σ',
  'ς',
  'παπαδ',
  'ΠΑΠΑΔ',
  'ёлкин',
  'ЁЛКИН',
  'елкин',
  '100%',
  '_',
  '%',
  '\\',
  "o'b",
  'ipek',
  'İPEK',
  'ışık',
  'IŞIK',
  'ქეთი',
  'ᲥᲔᲗᲘ',
  '李',
  'full',
  'ｆｕｌｌ',
  'Ｆｕｌｌ',
  '𐐔',
  '𐐼',
  '#ext#',
  'user1',
  'USER1@',
  '@larkfield',
  'sargsyan',
  'ԿԱՐԵՆ',
  'ﬁona',
  'fiona',
  'Ꭰ',
  'ꭰ',
  ' ',
  '"',
  '*',
  'zö',
  'not there',
];

/** Case folded letter by letter, as Unicode's simple folding does; accents as typed. */
export function folded(text: string): string {
  return [...text].map((letter) => letter.toLowerCase().toUpperCase().toLowerCase()).join('');
}

function found({ name, userPrincipalName }: OraclePerson, text: string): boolean {
  return [name, userPrincipalName].some(
    (own) => own !== null && folded(own).includes(folded(text)),
  );
}

/** Every filter alone, and with `pairs` many two by two. */
export async function expectPeople(it: Asks, snapshot: SnapshotSeen, pairs: boolean) {
  const everybody = peopleOf(snapshot);
  const population = populationOf(everybody);
  const filters = filtersOf(population);
  await expectList(it, '', population);
  await expectList(
    it,
    '&userType=guest',
    everybody.filter((person) => person.class === 'guest'),
  );
  for (const [index, alternatives] of filters.entries())
    for (const [text, matches] of alternatives) {
      await expectList(it, text, population.filter(matches));
      const others = pairs ? filters.slice(index + 1).flatMap((all) => all.slice(0, 3)) : [];
      for (const [other, alsoMatches] of others)
        await expectTotal(
          it,
          text + other,
          population.filter((one) => matches(one) && alsoMatches(one)),
        );
    }
}

async function expectTotal({ ask }: Asks, filters: string, people: OraclePerson[]) {
  const { total } = (await ask(`/people?limit=1${filters}`)) as { total: number };
  expect.soft(total, `people${filters}`).toBe(people.length);
}

async function expectList(it: Asks, filters: string, people: OraclePerson[]) {
  const answer = await allPeople(it, filters);
  expect.soft(answer.total, `total of people${filters}`).toBe(people.length);
  const expected = people.map(listed).toSorted(byId);
  expect
    .soft(answer.people.map(withoutPriority).toSorted(byId), `people${filters}`)
    .toEqual(expected);
}

function listed(person: OraclePerson): PersonSeen {
  const { office: _o, company: _c, mfaCapable: _m, depth: _d, class: _k, ...rest } = person;
  return { ...rest, methods: inOrder(rest.methods), excluded: false };
}

/** Without what one snapshot does not tell: expect-list.ts looks at that. */
function withoutPriority(seen: PersonSeen): PersonSeen {
  const { priority, manager, lastSignInAt, stateSince, note, done, ...person } = seen;
  return { ...person, methods: inOrder(person.methods as string[] | null) };
}

/** Nobody promises an order, or that Graph says a method only once. */
function inOrder(methods: string[] | null): string[] | null {
  return methods && [...new Set(methods)].toSorted();
}

function byId(a: PersonSeen, b: PersonSeen): number {
  return a.id < b.id ? -1 : 1;
}

/** Every length of page gives everybody once, in the one order. */
export async function expectPaging(it: Asks, limits: readonly number[]) {
  const { people, total } = await allPeople(it, '');
  expect.soft(new Set(people.map(({ id }) => id)).size).toBe(total);
  for (const limit of limits) {
    const again = await allPeople(it, '', limit);
    expect
      .soft(
        again.people.map(({ id }) => id),
        `pages of ${limit}`,
      )
      .toEqual(people.map(({ id }) => id));
  }
}

/** Facet counts stand beside each value with every other filter applied. */
export async function expectFacets({ ask }: Asks, snapshot: SnapshotSeen) {
  const population = populationOf(peopleOf(snapshot));
  const path = '/people?limit=1&facets=true&reason=capable&country=Austria';
  const { facets } = (await ask(path)) as {
    facets: Record<string, { value: string | null; people: number }[]>;
  };
  const matches: Record<string, (person: OraclePerson) => boolean> = {
    reason: ({ country }) => country === 'Austria',
    country: ({ reason }) => reason === 'capable',
    department: ({ country, reason }) => country === 'Austria' && reason === 'capable',
  };
  for (const [name, isIn] of Object.entries(matches)) {
    const groups = Map.groupBy(population.filter(isIn), (person) => person[name as 'reason']);
    const expected = new Map(
      [...groups].map(([value, people]) => [value as string | null, people.length]),
    );
    const counted = facets[name]
      ?.filter(({ people }) => people > 0)
      .map(({ value, people }): [string | null, number] => [value, people]);
    expect.soft(new Map(counted), `facet ${name}`).toEqual(expected);
  }
}
