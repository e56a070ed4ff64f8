import type { AlertsResponse } from '../../../server/contract/alerts.ts';
import type { ListFilters } from '../../api/resets.ts';
import { type Allowed, filtersIn, oneOf } from '../list-filters.ts';
import { QUEUE_WORD, STATE_WORD } from './alerts.ts';

/** States, levels and queues to choose from, with their words. */
export const STATE_CHOICES = [['lasting', 'Not over'], ...Object.entries(STATE_WORD)] as const;
/** Besides what is shown where none is chosen: what calls for somebody. */
export const LEVEL_CHOICES = [
  ['critical', 'Critical'],
  ['watch', 'Any level'],
] as const;
export const QUEUE_CHOICES = Object.entries(QUEUE_WORD);

const names = (choices: readonly (readonly [string, string])[]) => choices.map(([name]) => name);

const ALLOWED: Allowed = {
  state: oneOf(names(STATE_CHOICES)),
  level: oneOf(['watch', 'alert', 'critical']),
  queue: oneOf(names(QUEUE_CHOICES)),
};

/** The filters of the list of alerts that an address says. */
export const alertFiltersOf = (query: URLSearchParams): ListFilters => filtersIn(query, ALLOWED);

/** What is asked for: those to be watched outnumber the others, and are shown where somebody asks for them. */
export const alertsAsked = (filters: ListFilters): ListFilters => ({
  ...filters,
  level: filters.level ?? 'alert',
});

/** How many more there are at watch than a list of those above shows; null: not known, or the list shows another level. */
export function leftAtWatch(
  { level }: ListFilters,
  above: AlertsResponse | null,
  all: AlertsResponse | null,
): number | null {
  if (!above || !all || (level ?? 'alert') !== 'alert') return null;
  return Math.max(0, all.total - above.total);
}
