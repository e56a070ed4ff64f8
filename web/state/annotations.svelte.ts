import { type Day, isDay } from '../../domain/day.ts';
import type { Annotation } from '../../server/contract/annotations.ts';
import { type Days, fetchAnnotations } from '../api/client.ts';
import { collection } from './collection.svelte.ts';
import { type Loader, loader } from './loader.svelte.ts';

const KEY = 'annotations';

let shown = $state(isShown());
let edition = $state(0);

/** Whether dated notes are drawn on the charts; kept in this browser. */
export const annotations = {
  get shown(): boolean {
    return shown;
  },
  set shown(value: boolean) {
    shown = value;
    try {
      localStorage.setItem(KEY, value ? 'shown' : 'hidden');
    } catch {
      // A private window may refuse: the choice then lasts as long as the page.
    }
  },
  /** A note was written or taken away: charts ask again. */
  changed(): void {
    edition += 1;
  },
};

function isShown(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'hidden';
  } catch {
    return true;
  }
}

/** The last question and its answer: the charts of a page ask the same. */
let asked: { key: string; answer: Promise<Annotation[]> } | null = null;

function askOnce(key: string, days: Days): Promise<Annotation[]> {
  if (asked?.key !== key) {
    const answer = fetchAnnotations(days).then(({ annotations: found }) => found);
    asked = { key, answer };
    // A failure is not kept: the next chart asks again.
    answer.catch(() => {
      if (asked?.answer === answer) asked = null;
    });
  }
  return asked.answer;
}

/** Dated notes that touch the days from the first to the last of `days`; none while they are hidden. */
export function loadAnnotations(days: () => Days | null): Loader<Annotation[]> {
  return loader(() => {
    const wanted = days();
    if (!shown || !wanted) return Promise.resolve([]);
    return askOnce(`${edition} ${collection.edition} ${wanted.first} ${wanted.last}`, wanted);
  });
}

/** The days of an axis, where its positions are days. */
export function daysOf(
  starts: readonly string[] | undefined,
  last: string | undefined,
): Days | null {
  const first = starts?.[0];
  return first && last && isDay(first) && isDay(last) ? { first, last: last as Day } : null;
}
