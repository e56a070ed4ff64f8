import { fraction, type Share } from '../../domain/share.ts';
import type {
  CoverageResponse,
  RegistrationByResponse,
  RegistrationCounts,
} from '../../server/contract/registration.ts';
import { count, counted, dayShort, percent, points, pointsText } from '../format.ts';

export type CoverageDays = CoverageResponse['days'];
export type Measure = 'capable' | 'registered' | 'enabled';

/** A fall between two collected days that deserves a word, in points. */
const NOTABLE_DROP = -1;

/** One measure of a snapshot, of its population. */
export function shareOf(counts: RegistrationCounts | null, measure: Measure): Share | null {
  return counts && { part: counts[measure], whole: counts.population };
}

/** The last collected day; null: none of them was. */
export function lastCollected(days: CoverageDays) {
  for (const { day, counts } of days.toReversed()) if (counts) return { day, counts };
  return null;
}

function firstCollected(days: CoverageDays) {
  for (const { day, counts } of days) if (counts) return { day, counts };
  return null;
}

/** Coverage at the end of a period; null: nothing was collected in it. */
export function coverageAtEnd(days: CoverageDays | null): Share | null {
  const last = days && lastCollected(days);
  return last ? shareOf(last.counts, 'capable') : null;
}

/** What happened to coverage within the period, in a sentence for a title. */
export function coverageFinding(days: CoverageDays): string {
  const first = firstCollected(days);
  const last = lastCollected(days);
  if (!first || !last) return 'No day of this period was collected';
  const now = shareOf(last.counts, 'capable');
  const change = points(now, shareOf(first.counts, 'capable'));
  if (change === null) return 'There is nobody in the population';
  if (first.day === last.day) return `Coverage was ${percent(now)} on ${dayShort(last.day)}`;
  if (change === 0) return `Coverage did not change: ${percent(now)}`;
  const verb = change > 0 ? 'rose' : 'fell';
  return `Coverage ${verb} by ${pointsText(change)} to ${percent(now)}${dropText(days, change)}`;
}

function dropText(days: CoverageDays, change: number): string {
  const drop = steepestDrop(days);
  if (!drop) return '';
  const what = `the fall of ${pointsText(drop.change)} on ${dayShort(drop.day)}`;
  return change > 0 ? `, in spite of ${what}` : `, most of all by ${what}`;
}

/** The day with the steepest notable fall against the collected day before it; null: there is none. */
export function steepestDrop(days: CoverageDays): { day: string; change: number } | null {
  let before: RegistrationCounts | null = null;
  let drop: { day: string; change: number } | null = null;
  for (const { day, counts } of days) {
    if (!counts) continue;
    const change = points(shareOf(counts, 'capable'), shareOf(before, 'capable'));
    if (change !== null && change <= (drop?.change ?? NOTABLE_DROP)) drop = { day, change };
    before = counts;
  }
  return drop;
}

type ByRows = NonNullable<RegistrationByResponse['rows']>;

export const notCovered = ({ population, capable }: RegistrationCounts) => population - capable;

/** Where the people not covered are, in a sentence for a title. `label` names a value. */
export function byFinding(rows: ByRows, label: (value: string | null) => string): string {
  const missing = rows.reduce((sum, { counts }) => sum + notCovered(counts), 0);
  if (rows.length === 0) return 'There is nobody in the population';
  if (missing === 0) return 'Everybody is covered';
  const sorted = rows.toSorted((a, b) => notCovered(b.counts) - notCovered(a.counts));
  const top = sorted.slice(0, rows.length > 3 ? 2 : 1);
  const held = top.reduce((sum, { counts }) => sum + notCovered(counts), 0);
  const names = top.map(({ value }) => label(value)).join(' and ');
  const verb = top.length === 1 ? 'holds' : 'hold';
  return `${names} ${verb} ${count(held)} of the ${count(missing)} people not covered`;
}

interface Depth {
  families: number;
  people: number;
}

/** How deep people are covered, in a sentence for a title. */
export function depthFinding(depth: readonly Depth[]): string {
  const all = depth.reduce((sum, { people }) => sum + people, 0);
  if (all === 0) return 'There is nobody in the population';
  const one = depth.find(({ families }) => families === 1)?.people ?? 0;
  const none = depth.find(({ families }) => families === 0)?.people ?? 0;
  const part = one >= none ? one : none;
  const which = one >= none ? 'only one kind of reset method' : 'no reset method at all';
  const people = counted(part, 'person has', 'people have');
  return `${people} ${which}, ${percent({ part, whole: all })} of the population`;
}

/** The method most people have, in a sentence for a title; `label` names a method. */
export function methodsFinding(
  methods: readonly { method: string; people: number }[],
  population: number | null,
  label: (method: string) => string,
): string {
  const top = methods.toSorted((a, b) => b.people - a.people)[0];
  if (!top || top.people === 0) return 'Nobody has registered a method';
  const share = population === null ? null : fraction({ part: top.people, whole: population });
  const size =
    share === null ? count(top.people) : percent({ part: top.people, whole: population ?? 0 });
  return `${label(top.method)} is the most common method: ${size} of people have it`;
}
