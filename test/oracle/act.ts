import { expect } from 'vitest';
import type { Chance } from './chance.ts';
import type { Chronicle, OracleRule } from './chronicle.ts';
import type { Lab } from './lab.ts';

/** What an admin does in the product, done to the oracle's chronicle as well. */
export interface Actors {
  it: Lab;
  chronicle: Chronicle;
}

interface Made {
  exclusions: {
    id: string;
    person: { id: string } | null;
    rule: OracleRule | null;
    until: string | null;
    people: number;
  }[];
  people: number;
}

/** Excludes people or whom a rule matches; answers the ids of what was made. */
export async function exclude(
  { it, chronicle }: Actors,
  wish: { people: string[] } | { rule: OracleRule },
  until?: string,
): Promise<string[]> {
  const { now } = it.clock;
  const before = populationNow(chronicle, now);
  const json = { ...wish, reason: 'not a person', author: 'the oracle', ...(until && { until }) };
  const { status, body, text } = await it.send('post', '/exclusions', json);
  expect.soft(status, text).toBe(200);
  const { exclusions, people } = body as Made;
  for (const { id, person, rule, until: end } of exclusions.toReversed())
    chronicle.exclude({ id, person: person?.id ?? null, rule, until: end }, now);
  expect
    .soft(people, `left by ${JSON.stringify(wish).slice(0, 200)}`)
    .toBe(before - populationNow(chronicle, now));
  return exclusions.map(({ id }) => id);
}

export async function endExclusion({ it, chronicle }: Actors, id: string): Promise<void> {
  const { status, text } = await it.send('delete', `/exclusions/${id}`);
  expect.soft(status, text).toBe(200);
  chronicle.end(id, it.clock.now);
}

export async function writeNote(
  { it, chronicle }: Actors,
  id: string,
  { note, done }: { note: string | null; done: boolean },
): Promise<void> {
  const json = { note, done, author: 'the oracle' };
  const { status, body, text } = await it.send('put', `/people/${id}/note`, json);
  expect.soft(status, text).toBe(200);
  const kept = note?.trim() || null;
  expect.soft(body).toMatchObject({ note: kept, done, author: 'the oracle' });
  chronicle.notes.set(id, { note: kept, done });
}

/** Members of the last snapshot who are not excluded today. */
function populationNow(chronicle: Chronicle, now: number): number {
  const last = chronicle.snapshots.at(-1);
  if (!last) return 0;
  return chronicle.populationOf({ ...last, day: chronicle.dayOf(now) }).size;
}

export const HARD_NOTES = [
  '=1+1',
  'called, "no answer"',
  'two\r\nlines',
  '  blank  ',
  '-',
  'Ünïcödé 𝒵',
  null,
  '',
];

/** Rules of every kind, with values that people have, in another case. */
export function someRules(random: Chance): OracleRule[] {
  return random.shuffled<OracleRule>([
    { field: 'userPrincipalName', match: 'starts_with', value: 'UsEr1' },
    { field: 'userPrincipalName', match: 'contains', value: '9@LARK' },
    { field: 'name', match: 'contains', value: 'SS' },
    { field: 'name', match: 'ends_with', value: '7' },
    { field: 'name', match: 'equals', value: 'Plain Jane' },
    { field: 'name', match: 'contains', value: '%' },
    { field: 'department', match: 'equals', value: 'ärzte' },
    { field: 'department', match: 'starts_with', value: "o'" },
    { field: 'country', match: 'equals', value: 'ÖSTERREICH' },
    { field: 'office', match: 'ends_with', value: '3' },
    { field: 'company', match: 'equals', value: 'lark' },
  ]);
}
