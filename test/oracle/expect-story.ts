import { expect } from 'vitest';
import type { Chronicle, OracleExclusion } from './chronicle.ts';
import { dayAfter } from './days.ts';
import type { Lab } from './lab.ts';
import { listedAt } from './listed.ts';

interface Told {
  id: string;
  firstDay: string;
  lastDay: string | null;
}

interface Story {
  person: { note: string | null; done: boolean; excluded: boolean; stateSince: string | null };
  exclusions: Told[];
  inSnapshot: boolean;
}

/** The note, the mark and the exclusions in the stories of some people. */
export async function expectNotesAndExclusions(
  { ask }: Pick<Lab, 'ask'>,
  chronicle: Chronicle,
  { now, ids }: { now: number; ids: readonly string[] },
) {
  const listed = new Map(listedAt(chronicle, now).map((person) => [person.id, person]));
  const today = chronicle.dayOf(now);
  for (const id of ids) {
    const person = listed.get(id);
    if (!person) continue;
    const story = (await ask(`/people/${id}`)) as Story;
    const { note, done, excluded, stateSince } = person;
    expect.soft(story.inSnapshot).toBe(true);
    expect.soft(story.person, id).toMatchObject({ note, done, excluded, stateSince });
    // One that was ended on the day it was set holds on no day.
    const told = story.exclusions.filter(
      ({ firstDay, lastDay }) => lastDay === null || lastDay >= firstDay,
    );
    const expected = chronicle.exclusions.flatMap((one) => intervalsOf(chronicle, one, id, today));
    const inOrder = (all: Told[]) =>
      all.map(({ id: own, firstDay, lastDay }) => `${own}: ${firstDay} to ${lastDay}`).toSorted();
    expect.soft(inOrder(told), `exclusions of ${id}`).toEqual(inOrder(expected));
    const firsts = story.exclusions.map(({ firstDay }) => firstDay);
    expect.soft(firsts, 'newest first').toEqual(firsts.toSorted().toReversed());
  }
}

/** Stretches of days on which an exclusion held, and will hold by what is known today. */
function intervalsOf(
  chronicle: Chronicle,
  exclusion: OracleExclusion,
  id: string,
  today: string,
): Told[] {
  const stretches: Told[] = [];
  const { until } = exclusion;
  let open: Told | null = null;
  for (let day = exclusion.firstDay; day <= today; day = dayAfter(day)) {
    if (!chronicle.holds(exclusion, id, day)) open = null;
    else if (open) open.lastDay = day;
    else {
      open = { id: exclusion.id, firstDay: day, lastDay: day };
      stretches.push(open);
    }
  }
  if (open) open.lastDay = until === null ? null : dayAfter(until, -1);
  return stretches;
}
