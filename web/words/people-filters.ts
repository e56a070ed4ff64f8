import { isDay } from '../../domain/day.ts';
import type { PeopleFilters } from '../api/client.ts';
import { FAMILY_LABEL, REASON_NAMES } from './labels.ts';

/** Parameters of the address that are filters of the list, spelt as the server spells them. */
export const FILTER_NAMES = [
  'reason',
  'capable',
  'registered',
  'enabled',
  'admin',
  'userType',
  'department',
  'country',
  'manager',
  'done',
  'excluded',
  'exclusion',
  'method',
  'families',
  'onlyFamily',
  'atRisk',
  'required',
  'without',
  'search',
  'sort',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

const oneOf = (allowed: readonly string[]) => (value: string) => allowed.includes(value);
const FLAG = oneOf(['true', 'false']);

const ALLOWED: Partial<Record<FilterName, (value: string) => boolean>> = {
  reason: oneOf(REASON_NAMES),
  capable: FLAG,
  registered: FLAG,
  enabled: FLAG,
  admin: FLAG,
  userType: oneOf(['member', 'guest']),
  done: FLAG,
  excluded: FLAG,
  exclusion: (value) => /^\d{1,15}$/.test(value),
  method: (value) => value !== '',
  families: oneOf(['0', '1', '2', '3']),
  onlyFamily: oneOf(Object.keys(FAMILY_LABEL)),
  atRisk: isDay,
  required: oneOf(['1', '2']),
  search: (value) => value !== '',
  sort: oneOf(['name', 'priority']),
};

/**
 * The filters an address says. What the server would refuse (an old link, a slip) is left out; an empty
 * department, country or manager means people without one, an empty search means none.
 */
export function filtersOf(query: URLSearchParams): PeopleFilters {
  const filters: Record<string, string> = {};
  for (const name of FILTER_NAMES) {
    const value = query.get(name);
    if (value !== null && (ALLOWED[name]?.(value) ?? true)) filters[name] = value;
  }
  if (filters.atRisk === undefined) {
    // They say what is at risk; alone they say nothing, and are refused.
    delete filters.required;
    delete filters.without;
  }
  return filters;
}

/** Filters without the order, for what has none: counts, managers. */
export function withoutSort({ sort: _, ...filters }: PeopleFilters): PeopleFilters {
  return filters;
}

/** Changes of the address that begin the list anew: another list starts on its first page. */
export const FIRST_PAGE = { cursor: null, page: null } as const;

/** Takes every filter away, and with them the page one was on; the order stays. */
export const NO_FILTERS: Readonly<Record<string, null>> = {
  ...Object.fromEntries(FILTER_NAMES.filter((name) => name !== 'sort').map((name) => [name, null])),
  ...FIRST_PAGE,
};
