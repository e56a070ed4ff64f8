import type { PeopleFilters } from '../api/client.ts';
import { REASON_NAMES } from './labels.ts';

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
  'excluded',
  'search',
  'sort',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

const ALLOWED: Partial<Record<FilterName, readonly string[]>> = {
  reason: REASON_NAMES,
  capable: ['true', 'false'],
  registered: ['true', 'false'],
  enabled: ['true', 'false'],
  admin: ['true', 'false'],
  userType: ['member', 'guest'],
  excluded: ['true', 'false'],
  sort: ['name', 'priority'],
};

/**
 * The filters an address says. What the server would refuse (an old link, a slip) is left out; an empty
 * department or country means people without one, an empty search means none.
 */
export function filtersOf(query: URLSearchParams): PeopleFilters {
  const filters: Record<string, string> = {};
  for (const name of FILTER_NAMES) {
    const value = query.get(name);
    const isAllowed = value !== null && (ALLOWED[name]?.includes(value) ?? true);
    if (isAllowed && !(name === 'search' && value === '')) filters[name] = value;
  }
  return filters;
}

/** Takes every filter away, and with them the page one was on. */
export const NO_FILTERS: Record<FilterName | 'cursor' | 'page', null> = {
  reason: null,
  capable: null,
  registered: null,
  enabled: null,
  admin: null,
  userType: null,
  department: null,
  country: null,
  excluded: null,
  search: null,
  sort: null,
  cursor: null,
  page: null,
};
