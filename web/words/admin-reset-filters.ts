import type { ListFilters } from '../api/resets.ts';
import { adminResetKind } from './labels.ts';
import {
  type Allowed,
  type Chip,
  FLAG,
  filtersIn,
  objectId,
  oneOf,
  textOrNone,
} from './list-filters.ts';

/** Why a reset by an admin counts or does not: the kinds there are besides counted ones. */
const OTHER_KINDS = ['first_password', 'mass', 'unknown_initiator', 'automation', 'self'];

/** Kinds to choose from, with their words. */
export const KIND_CHOICES = OTHER_KINDS.map((kind) => [kind, adminResetKind(kind)] as const);

const ALLOWED: Allowed = {
  kind: oneOf(['counted', ...OTHER_KINDS]),
  bypass: FLAG,
  settling: FLAG,
  operator: objectId,
  agent: textOrNone,
};

/** The filters of the list of admin resets that an address says. */
export function adminResetFiltersOf(query: URLSearchParams): ListFilters {
  const { settling, ...filters } = filtersIn(query, ALLOWED);
  return settling !== undefined && filters.bypass === 'true' ? { ...filters, settling } : filters;
}

/** Every filter in words. `operator` is the name of the one in the address, where an answer knows it. */
export function adminResetChips(filters: ListFilters, operator: string | null): Chip[] {
  const { kind, bypass, settling, agent } = filters;
  return [
    ...(kind && kind !== 'counted' ? [{ text: adminResetKind(kind), names: ['kind'] }] : []),
    ...(bypass === undefined
      ? []
      : [{ text: bypassWords(bypass, settling), names: ['bypass', 'settling'] }]),
    ...(filters.operator === undefined
      ? []
      : [{ text: `By ${operator ?? filters.operator}`, names: ['operator'] }]),
    ...(agent === undefined
      ? []
      : [{ text: agent === '' ? 'No agent named' : `Agent: ${agent}`, names: ['agent'] }]),
  ];
}

function bypassWords(bypass: string, settling: string | undefined): string {
  if (bypass === 'false') return 'Ended an incident';
  return settling === 'true'
    ? 'Straight to the desk, still settling'
    : 'Straight to the desk, the first of each';
}
