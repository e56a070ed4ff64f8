import type { Annotation } from '../../server/contract/annotations.ts';
import { dayLong, periodText } from '../format.ts';

export const ANNOTATION_LABEL: Record<Annotation['kind'], string> = {
  note: 'Note',
  campaign: 'Campaign',
  policy: 'Policy',
  writeback: 'Writeback',
  microsoft: 'Microsoft',
  gap: 'Not collected',
};

/** Notes that share a position of a chart's axis, and the number they are drawn with. */
export interface PlacedNote {
  index: number;
  to: number;
  label: string;
  notes: Annotation[];
}

/** Marks nearer than this part of the axis would be written over each other: they share one. */
const NEAREST = 1 / 50;

/**
 * Where notes stand on an axis whose positions begin on `days`; `last` is the last day of the last one. Days not
 * collected are left out: charts draw them as gaps.
 */
export function placedNotes(
  annotations: readonly Annotation[],
  days: readonly string[],
  last: string,
): PlacedNote[] {
  const placed = new Map<string, PlacedNote>();
  const [first] = days;
  for (const note of annotations) {
    const end = note.lastDay ?? note.day;
    if (note.kind === 'gap' || !first || end < first || note.day > last) continue;
    const index = Math.max(0, positionOf(days, note.day));
    const to = Math.max(index, positionOf(days, end));
    const key = `${index} ${to}`;
    const one = placed.get(key) ?? { index, to, label: '', notes: [] };
    one.notes.push(note);
    placed.set(key, one);
  }
  const sorted = [...placed.values()].toSorted((a, b) => a.index - b.index || a.to - b.to);
  return joined(sorted, days.length * NEAREST).map((one, number) => ({
    ...one,
    label: String(number + 1),
  }));
}

/** Puts marks together that are nearer than `gap` positions. */
function joined(sorted: readonly PlacedNote[], gap: number): PlacedNote[] {
  const apart: PlacedNote[] = [];
  for (const one of sorted) {
    const before = apart.at(-1);
    if (before && one.index - before.index < gap) {
      before.notes.push(...one.notes);
      before.to = Math.max(before.to, one.to);
    } else apart.push({ ...one });
  }
  return apart;
}

/** The last position that does not begin after `day`; -1: all do. */
function positionOf(days: readonly string[], day: string): number {
  return days.findLastIndex((start) => start <= day);
}

/** When a note holds, for people. */
export function noteDays({ day, lastDay }: Annotation): string {
  return lastDay === null ? dayLong(day) : periodText({ first: day, last: lastDay });
}
