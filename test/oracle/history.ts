import type { Chronicle, Taken } from './chronicle.ts';
import { familiesOf, type OraclePerson } from './registration.ts';

export type OracleMove = 'gained' | 'lost' | 'arrived' | 'departed';
export const MOVES: readonly OracleMove[] = ['gained', 'lost', 'arrived', 'departed'];

export interface OracleChange {
  day: string;
  move: OracleMove;
  id: string;
  before: OraclePerson | null;
  after: OraclePerson | null;
}

/** Moves of capability from each of `taken` to the one after it. */
export function changesOf(chronicle: Chronicle, taken: readonly Taken[]): OracleChange[] {
  return taken.slice(1).flatMap((next, index) => {
    const last = taken[index];
    if (!last) throw new RangeError('No snapshot before');
    const [was, is] = [chronicle.populationOf(last), chronicle.populationOf(next)];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
      const move = moveOf(was.get(id), is.get(id));
      if (!move) return [];
      const [before, after] = [last.people.get(id) ?? null, next.people.get(id) ?? null];
      return [{ day: next.day, move, id, before, after }];
    });
  });
}

function moveOf(was?: OraclePerson, is?: OraclePerson): OracleMove | null {
  const [could, can] = [was?.capable === true, is?.capable === true];
  if (was && is) return could === can ? null : can ? 'gained' : 'lost';
  if (is) return can ? 'arrived' : null;
  return could ? 'departed' : null;
}

export interface TrendDay {
  population: number;
  people: Map<string, number>;
  depth: number[];
  only: Map<string, number>;
}

/** Methods, number of families, and people of one family, of one snapshot. */
export function trendOf(chronicle: Chronicle, taken: Taken): TrendDay {
  const population = [...chronicle.populationOf(taken).values()];
  const families = population.map((person) => [...familiesOf(person, person.methods ?? [])]);
  const single = families.filter(({ length }) => length === 1).map(([family = '']) => family);
  return {
    population: population.length,
    people: tally(population.flatMap(({ methods }) => [...new Set(methods ?? [])])),
    depth: [0, 1, 2, 3].map(
      (depth) => families.filter(({ length }) => Math.min(3, length) === depth).length,
    ),
    only: tally(single.map((family) => family.replaceAll(' ', '_'))),
  };
}

function tally(names: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
