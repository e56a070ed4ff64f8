import type { Family } from '../../domain/method.ts';
import { methodLabel } from '../../domain/method.ts';
import type { PeopleFilters } from '../api/client.ts';
import { dayLong } from '../format.ts';
import { FAMILY_LABEL } from './labels.ts';
import type { FilterName } from './people-filters.ts';

export interface FilterChip {
  text: string;
  /** Parameters that the chip stands for: they go together. */
  names: FilterName[];
}

const FLAG_WORDS: Partial<Record<FilterName, [yes: string, no: string]>> = {
  registered: ['Registered', 'Not registered'],
  enabled: ['Enabled', 'Not enabled'],
  admin: ['Admins', 'No admins'],
};

const FAMILIES_WORDS: Record<string, string> = {
  '0': 'No family of reset methods',
  '1': 'One family of reset methods',
  '2': 'Two families of reset methods',
  '3': 'Three or more families of reset methods',
};

/**
 * The filters that no field in sight shows, each as a chip that takes it away. `managerName` is the name of the manager
 * in the address, where somebody on screen knows it.
 */
export function filterChips(filters: PeopleFilters, managerName: string | null): FilterChip[] {
  const chips: FilterChip[] = [];
  const add = (text: string, ...names: FilterName[]) => chips.push({ text, names });

  // With a reason beside it no chip of the list of reasons says so.
  if (filters.capable && filters.reason)
    add(filters.capable === 'true' ? 'Covered' : 'Not covered', 'capable');
  for (const [name, [yes, no]] of Object.entries(FLAG_WORDS)) {
    const value = filters[name];
    if (value) add(value === 'true' ? yes : no, name as FilterName);
  }
  if (filters.userType === 'guest') add('Guests', 'userType');
  if (filters.manager !== undefined) add(managerWords(filters.manager, managerName), 'manager');
  if (filters.exclusion) add(`Left out by exclusion ${filters.exclusion}`, 'exclusion', 'excluded');
  else if (filters.excluded === 'true') add('Excluded too', 'excluded');
  if (filters.method) add(`Has ${methodLabel(filters.method)}`, 'method');
  if (filters.families) add(FAMILIES_WORDS[filters.families] ?? '', 'families');
  if (filters.onlyFamily)
    add(`Only ${FAMILY_LABEL[filters.onlyFamily as Family].toLowerCase()}`, 'onlyFamily');
  if (filters.atRisk) add(atRiskWords(filters), 'atRisk', 'required', 'without');
  return chips;
}

function managerWords(manager: string, name: string | null): string {
  return manager === '' ? 'No manager' : `Manager: ${name ?? manager}`;
}

function atRiskWords({ atRisk = '', required, without }: PeopleFilters): string {
  const gone = (without ?? '')
    .split(',')
    .map((method) => method.trim())
    .filter(Boolean)
    .map(methodLabel);
  const methods = required === '1' ? 'one method required' : 'two methods required';
  return [
    `Falls out on ${dayLong(atRisk)}`,
    ...(gone.length > 0 ? [`without ${gone.join(', ')}`] : []),
    ...(required ? [methods] : []),
  ].join(', ');
}
