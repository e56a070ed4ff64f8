import type { Days } from '../api/client.ts';
import { collection } from './collection.svelte.ts';
import { follow } from './follow.ts';
import { type Loader, loader } from './loader.svelte.ts';
import { period } from './period.svelte.ts';

type Ask<T> = (days: Days, signal: AbortSignal) => Promise<T>;

/** Loads what a period says; again when the period changes, and when something new has been collected. */
export function loadPeriod<T>(ask: Ask<T>): Loader<T> {
  return loader((signal) => {
    follow(collection.edition);
    const { days } = period;
    return days && ask(days, signal);
  });
}

/** The same for the comparison period: null where nothing is compared. */
export function loadCompared<T>(ask: Ask<T>): Loader<T | null> {
  return loader((signal) => {
    follow(collection.edition);
    const { days, compared } = period;
    if (!days) return null;
    return compared ? ask(compared, signal) : Promise.resolve(null);
  });
}
