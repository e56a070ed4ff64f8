import type { PeopleResponse } from '../../server/contract/people.ts';
import type { PeopleFilters } from '../api/client.ts';
import { counted, dayLong } from '../format.ts';
import { withoutSort } from './people-filters.ts';

/** The list in a sentence. */
export function peopleFinding(
  { total, day }: Pick<PeopleResponse, 'total' | 'day'>,
  filters: PeopleFilters,
): string {
  const on = day ? `, snapshot of ${dayLong(day)}` : '';
  const names = Object.keys(withoutSort(filters));
  if (names.length === 1 && filters.capable === 'false') {
    const size = counted(total, 'person', 'people');
    return `${size} cannot reset their own password${on}.`;
  }
  if (total === 0 && names.length > 0) return `Nobody matches these filters${on}.`;
  const isGuests = filters.userType === 'guest';
  const size = isGuests ? counted(total, 'guest', 'guests') : counted(total, 'person', 'people');
  return names.length > 0
    ? `${size} match${total === 1 ? 'es' : ''} these filters${on}.`
    : `${size}${on}.`;
}
