import { addDays, type Day, dayCount, isDay } from '../../domain/day.ts';
import type { Days } from '../api/client.ts';
import { collection } from './collection.svelte.ts';
import { route } from './route.svelte.ts';

/** Longest period the server answers; a test holds it to the contract, which would bring Zod along. */
export const PERIOD_DAYS_MAX = 3660;

export const PRESETS = ['4w', '13w', '12m', 'all', 'own'] as const;
export type Preset = (typeof PRESETS)[number];
export const COMPARISONS = ['before', 'year', 'none'] as const;
export type Comparison = (typeof COMPARISONS)[number];

const DEFAULT_PRESET = '13w';
const DEFAULT_COMPARISON: Comparison = 'before';

/** Parameters of the address that say the period: they go along from page to page. */
export const PERIOD_PARAMETERS = ['period', 'first', 'last', 'compare'] as const;

/** The days of a preset, which ends on the last collected day, not on the reader's today. */
export function presetDays(preset: Exclude<Preset, 'own'>, history: Days): Days {
  const { last } = history;
  if (preset === 'all') return { first: longestBefore(history), last };
  if (preset === '12m') return { first: addDays(yearBefore(last), 1), last };
  return { first: addDays(last, preset === '4w' ? -27 : -90), last };
}

/** As many days just before, or the same days a year ago; null: nothing is compared. */
export function comparisonDays({ first, last }: Days, comparison: Comparison): Days | null {
  if (comparison === 'none') return null;
  if (comparison === 'year') return { first: yearBefore(first), last: yearBefore(last) };
  const before = addDays(first, -1);
  return { first: addDays(before, 1 - dayCount(first, last)), last: before };
}

/** The period of an address; own days that are none, or backwards, are taken for the default. */
export function periodOf(query: URLSearchParams, history: Days): Days {
  const preset = presetOf(query);
  return preset === 'own' ? ownDays(query, history) : presetDays(preset, history);
}

export function presetOf(query: URLSearchParams): Preset {
  return PRESETS.find((preset) => preset === query.get('period')) ?? DEFAULT_PRESET;
}

export function comparisonOf(query: URLSearchParams): Comparison {
  return COMPARISONS.find((name) => name === query.get('compare')) ?? DEFAULT_COMPARISON;
}

/** The parameters for a choice; defaults stay out of the address. */
export function periodQuery(
  preset: Preset,
  comparison: Comparison,
  own?: Days,
): Record<(typeof PERIOD_PARAMETERS)[number], string | null> {
  const isOwn = preset === 'own' && own !== undefined;
  return {
    period: preset === DEFAULT_PRESET ? null : preset,
    first: isOwn ? own.first : null,
    last: isOwn ? own.last : null,
    compare: comparison === DEFAULT_COMPARISON ? null : comparison,
  };
}

/** `path` with the present period, and whatever else it should say. */
export function hrefWithPeriod(path: string, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(more);
  for (const name of PERIOD_PARAMETERS) {
    const value = route.query.get(name);
    if (value !== null && !query.has(name)) query.set(name, value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The period on screen; null until something has been collected. */
export const period = {
  get days(): Days | null {
    const { history } = collection;
    return history && periodOf(route.query, history);
  },
  get preset(): Preset {
    return presetOf(route.query);
  },
  get comparison(): Comparison {
    return comparisonOf(route.query);
  },
  /** Null: nothing is compared. */
  get compared(): Days | null {
    const { days } = period;
    return days && comparisonDays(days, comparisonOf(route.query));
  },
};

function ownDays(query: URLSearchParams, history: Days): Days {
  const first = query.get('first') ?? '';
  const last = query.get('last') ?? '';
  const fits =
    isDay(first) && isDay(last) && first <= last && dayCount(first, last) <= PERIOD_DAYS_MAX;
  return fits ? { first, last } : presetDays(DEFAULT_PRESET, history);
}

function longestBefore({ first, last }: Days): Day {
  const earliest = addDays(last, 1 - PERIOD_DAYS_MAX);
  return first > earliest ? first : earliest;
}

/** The same day a year ago; 29 February becomes the 28th. */
function yearBefore(day: Day): Day {
  const text = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return isDay(text) ? text : (`${text.slice(0, 8)}28` as Day);
}
