import { expect } from 'vitest';
import type { Chronicle } from './chronicle.ts';
import { bucketOf, dayAfter, daysFrom } from './days.ts';
import { changesOf, MOVES, type OracleChange, trendOf } from './history.ts';
import type { Lab } from './lab.ts';
import type { OraclePerson } from './registration.ts';

type Asks = Pick<Lab, 'ask'>;

interface Period {
  first: string;
  last: string;
}

interface Bucket {
  start: string;
  gained: number | null;
  lost: number | null;
  arrived: number | null;
  departed: number | null;
  daysCollected: number;
}

function inPeriod({ first, last }: Period) {
  return ({ day }: { day: string }) => day >= first && day <= last;
}

/** Bars, the people behind them, and that they explain how capable people came to be as many as they are. */
export async function expectMoves(it: Asks, chronicle: Chronicle, period: Period) {
  const taken = chronicle.lastOfDays();
  // Every published snapshot is held against the one before it, several of a day too.
  const changes = changesOf(chronicle, chronicle.snapshots).filter(inPeriod(period));
  const compared = chronicle.snapshots.slice(1).map(({ day }) => day);
  for (const size of ['day', 'week', 'month'] as const) {
    const { first, last } = period;
    const path = `/registration/moves?first=${first}&last=${last}&bucket=${size}`;
    const { buckets } = (await it.ask(path)) as { buckets: Bucket[] };
    const groups = Map.groupBy(daysFrom(first, last), (day) => bucketOf(day, size));
    const expected = [...groups.values()].map((days) => {
      const has = ({ day }: { day: string }) => days.includes(day);
      const known = compared.some((day) => days.includes(day));
      const counts = MOVES.map((move) => [
        move,
        known ? changes.filter((change) => has(change) && change.move === move).length : null,
      ]);
      const daysCollected = taken.filter(has).length;
      return { start: days[0], ...Object.fromEntries(counts), daysCollected };
    });
    expect.soft(buckets, path).toEqual(expected);
    if (size === 'day') await expectIdentity(it, period, buckets);
  }
  for (const move of MOVES) await expectChanges(it, { ...period, move }, changes);
}

/** Capable people of a collected day are those of the one before, and the moves. */
async function expectIdentity({ ask }: Asks, { first, last }: Period, buckets: Bucket[]) {
  const path = `/registration/coverage?first=${first}&last=${last}`;
  const { days } = (await ask(path)) as {
    days: { day: string; counts: { capable: number } | null }[];
  };
  let before: number | null = null;
  for (const [index, { day, counts }] of days.entries()) {
    if (!counts) continue;
    const { gained, lost, arrived, departed } = buckets[index] ?? {};
    if (before !== null)
      expect
        .soft(before + Number(gained) + Number(arrived) - Number(lost) - Number(departed), day)
        .toBe(counts.capable);
    before = counts.capable;
  }
}

interface ToldChange {
  day: string;
  person: { id: string; department: string | null };
  before: State | null;
  after: State | null;
}

interface State {
  methods: string[] | null;
  [flag: string]: unknown;
}

async function expectChanges(
  { ask }: Asks,
  { first, last, move }: Period & { move: string },
  changes: readonly OracleChange[],
) {
  const told: ToldChange[] = [];
  let [cursor, total]: [string | null, number] = [null, 0];
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const path = `/registration/changes?first=${first}&last=${last}&move=${move}&limit=7${next}`;
    const page = (await ask(path)) as {
      changes: ToldChange[];
      nextCursor: string | null;
      total: number;
    };
    told.push(...page.changes);
    total = page.total;
    cursor = page.nextCursor;
  } while (cursor !== null && told.length < 5000);
  const wanted = changes.filter((change) => change.move === move);
  expect.soft(total, `${move} from ${first} to ${last}`).toBe(wanted.length);
  const seen = told.map(({ day, person, before, after }) => ({
    day,
    id: person.id,
    before: before && inOrder(before),
    after: after && inOrder(after),
  }));
  const expected = wanted.map(({ day, id, before, after }) => ({
    day,
    id,
    before: before && stateOf(before),
    after: after && stateOf(after),
  }));
  const sorted = (all: { day: string; id: string }[]) =>
    all.toSorted((a, b) => (a.day + a.id < b.day + b.id ? -1 : 1));
  expect.soft(sorted(seen), `${move} from ${first} to ${last}`).toEqual(sorted(expected));
  const days = seen.map(({ day }) => day);
  expect.soft(days, 'newest first').toEqual(days.toSorted().toReversed());
}

function stateOf({ admin, enabled, registered, capable, methods, reason }: OraclePerson): State {
  return inOrder({ admin, enabled, registered, capable, methods, reason });
}

function inOrder(state: State): State {
  return { ...state, methods: state.methods && [...new Set(state.methods)].toSorted() };
}

interface MethodsTrend {
  methods: string[];
  families: string[];
  days: {
    day: string;
    population: number | null;
    people: number[] | null;
    depth: number[] | null;
    only: number[] | null;
  }[];
}

export async function expectMethodsTrend({ ask }: Asks, chronicle: Chronicle, period: Period) {
  const path = `/registration/methods/trend?first=${period.first}&last=${period.last}`;
  const { methods, families, days } = (await ask(path)) as MethodsTrend;
  const taken = new Map(chronicle.lastOfDays().map((one) => [one.day, one]));
  expect.soft(days.map(({ day }) => day)).toEqual(daysFrom(period.first, period.last));
  const named = (names: string[], counts: number[]) =>
    new Map(names.map((name, index) => [name, counts[index] ?? 0] as const).filter(([, n]) => n));
  for (const { day, population, people, depth, only } of days) {
    const own = taken.get(day);
    const expected = own ? trendOf(chronicle, own) : null;
    const told = people &&
      only && { population, people: named(methods, people), depth, only: named(families, only) };
    expect.soft(told, `methods of ${day}`).toEqual(expected);
  }
  const last = days.findLast(({ people }) => people)?.people ?? [];
  expect.soft(last, 'most people first').toEqual(last.toSorted((a, b) => b - a));
  const met = [...taken.values()]
    .filter(inPeriod(period))
    .flatMap((one) => [...trendOf(chronicle, one).people.keys()]);
  expect.soft(methods.toSorted()).toEqual([...new Set(met)].toSorted());
}

interface Month {
  start: string;
  joined: number;
  within7: { part: number; whole: number };
  within14: { part: number; whole: number };
  within30: { part: number; whole: number };
}

/** Accounts by the month in which they were made, and who registered within some days. */
export async function expectJoiners({ ask }: Asks, chronicle: Chronicle, period: Period | null) {
  const all = chronicle.snapshots;
  const [oldest, newest] = [all[0]?.day ?? '', all.at(-1)?.day ?? ''];
  const { first, last } = period ?? { first: oldest, last: newest };
  const path = period
    ? `/registration/joiners?first=${first}&last=${last}`
    : '/registration/joiners';
  const answer = (await ask(path)) as { day: string; months: Month[] };
  const joined = [...chronicle.users].flatMap(([id, { createdAt }]) => {
    const day = createdAt === null ? null : chronicle.dayOf(createdAt);
    if (day === null || day < first || day > last) return [];
    return all.some((one) => one.day >= day && chronicle.populationOf(one).has(id))
      ? [{ id, day }]
      : [];
  });
  const within = (people: typeof joined, days: number) => {
    const known = people.filter(({ day }) => dayAfter(day, days) <= newest);
    const registered = known.filter(({ id, day }) =>
      all.some((one) => one.day <= dayAfter(day, days) && one.people.get(id)?.registered === true),
    );
    return { part: registered.length, whole: known.length };
  };
  const months = new Set(daysFrom(first, last).map((day) => bucketOf(day, 'month')));
  const expected = [...months].map((start) => {
    const people = joined.filter(({ day }) => bucketOf(day, 'month') === start);
    return {
      start,
      joined: people.length,
      within7: within(people, 7),
      within14: within(people, 14),
      within30: within(people, 30),
    };
  });
  expect.soft(answer.day).toBe(newest);
  expect.soft(answer.months, path).toEqual(expected);
}
