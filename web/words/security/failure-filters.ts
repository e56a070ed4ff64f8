import type { ListFilters } from '../../api/resets.ts';
import { instantText } from '../../format.ts';
import {
  type Allowed,
  type Chip,
  filtersIn,
  objectId,
  oneOf,
  textOrNone,
} from '../list-filters.ts';
import { LOG_METHOD_LABEL, LOG_METHOD_NAMES, type LogMethod } from '../log-methods.ts';

const UNNAMED_METHOD = 'Method not named';

/** Methods and accounts to choose from, with their words. */
export const METHOD_CHOICES = [
  ...LOG_METHOD_NAMES.map((method) => [method, LOG_METHOD_LABEL[method]] as const),
  ['unknown', UNNAMED_METHOD] as const,
];
export const ADMIN_CHOICES = [
  ['true', 'Accounts of admins'],
  ['false', 'Other accounts'],
] as const;

const instant = (value: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));

const ALLOWED: Allowed = {
  since: instant,
  until: instant,
  method: oneOf([...LOG_METHOD_NAMES, 'unknown']),
  country: textOrNone,
  admin: oneOf(['true', 'false', '']),
  address: textOrNone,
  person: objectId,
};

/** The filters of the list of failed verifications that an address says. */
export const failureFiltersOf = (query: URLSearchParams): ListFilters => filtersIn(query, ALLOWED);

/** A method as the log names it, for people. */
export const methodWord = (method: string): string =>
  LOG_METHOD_LABEL[method as LogMethod] ?? (method === 'unknown' ? UNNAMED_METHOD : method);

/** Whose account, in words. */
export const adminWord = (admin: string | null): string =>
  ADMIN_CHOICES.find(([value]) => value === admin)?.[1] ?? 'Not known whose';

/** The filters that no field in sight shows. `person` is the name of the one in the address, where the answer knows it. */
export function failureChips(
  filters: ListFilters,
  { person, timeZone }: { person: string | null; timeZone: string },
): Chip[] {
  const { since, until, country, admin, address } = filters;
  const chips: Chip[] = [];
  const add = (text: string | false | undefined, ...of: string[]) => {
    if (text) chips.push({ text, names: of });
  };
  if (since !== undefined || until !== undefined) {
    const from = since === undefined ? '' : `from ${instantText(since, timeZone)}`;
    const to = until === undefined ? '' : `before ${instantText(until, timeZone)}`;
    add(`${from} ${to}`.trim(), 'since', 'until');
  }
  add(admin === '' && 'Not known whose account', 'admin');
  add(
    country !== undefined && (country === '' ? 'Country not known' : `Country: ${country}`),
    'country',
  );
  add(
    address !== undefined && (address === '' ? 'No address in the log' : `Address: ${address}`),
    'address',
  );
  add(filters.person && `Person: ${person ?? filters.person}`, 'person');
  return chips;
}
