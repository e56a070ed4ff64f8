import { expect } from 'vitest';
import type { Chronicle, OracleExclusion } from './chronicle.ts';
import type { Lab } from './lab.ts';
import { isOfType, listedAt } from './listed.ts';
import { countsBy, countsOf, DIMENSIONS, type OracleCounts } from './registration.ts';

interface Seen {
  id: string;
  firstDay: string;
  until: string | null;
  endedOn: string | null;
  state: string;
  people: number;
}

/** Every exclusion with its state and its people, as of `now`. */
export async function expectExclusions(
  { ask }: Pick<Lab, 'ask'>,
  chronicle: Chronicle,
  now: number,
) {
  const today = chronicle.dayOf(now);
  const answer = (await ask('/exclusions')) as { exclusions: Seen[]; people: number };
  const members = listedAt(chronicle, now).filter(isOfType('member'));
  const expected = chronicle.exclusions.map((one) => {
    const { id, firstDay, until, endedOn } = one;
    const people = members.filter(({ exclusions }) => exclusions.includes(id)).length;
    return { id, firstDay, until, endedOn, state: stateOf(one, today), people };
  });
  const told = answer.exclusions.map(({ id, firstDay, until, endedOn, state, people }) => {
    return { id, firstDay, until, endedOn, state, people };
  });
  const byId = (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id);
  expect.soft(told.toSorted(byId), `exclusions of ${today}`).toEqual(expected.toSorted(byId));
  expect.soft(answer.people).toBe(members.filter(({ excluded }) => excluded).length);
  const over = told.map(({ state }) => state !== 'active');
  expect.soft(over, 'active ones first').toEqual(over.toSorted((a, b) => Number(a) - Number(b)));
}

function stateOf({ until, endedOn }: OracleExclusion, today: string) {
  if (endedOn !== null) return 'ended';
  return until !== null && today >= until ? 'expired' : 'active';
}

/** The classes of every collected day, the excluded among them. */
export async function expectClasses({ ask }: Pick<Lab, 'ask'>, chronicle: Chronicle) {
  for (const taken of chronicle.lastOfDays()) {
    const { classes } = (await ask(`/registration/reconciliation?day=${taken.day}`)) as {
      classes: { class: string }[];
    };
    const population = chronicle.populationOf(taken);
    const groups = Map.groupBy(taken.people.values(), ({ id, class: kind }) =>
      kind === 'guest' || kind === 'other' || population.has(id) ? kind : 'excluded',
    );
    for (const name of ['member', 'unknown_type', 'excluded', 'guest', 'other'] as const) {
      const { population: people, ...counts } = countsOf(groups.get(name) ?? []);
      expect
        .soft(classes.find((one) => one.class === name) ?? null, `${name} of ${taken.day}`)
        .toEqual({ class: name, people, ...counts });
    }
  }
}

/** The counts of every collected day by every dimension. */
export async function expectDimensions({ ask }: Pick<Lab, 'ask'>, chronicle: Chronicle) {
  for (const taken of chronicle.lastOfDays())
    for (const dimension of DIMENSIONS) {
      const path = `/registration/by/${dimension}?day=${taken.day}`;
      const { rows } = (await ask(path)) as { rows: { value: string; counts: OracleCounts }[] };
      // A value all of whose people are excluded may be told, or not.
      const told = rows.filter(({ counts }) => counts.population > 0);
      expect
        .soft(new Map(told.map(({ value, counts }) => [value, counts])), path)
        .toEqual(countsBy([...chronicle.populationOf(taken).values()], dimension));
    }
}
