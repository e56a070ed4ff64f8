import type { Day } from '../../domain/day.ts';
import type { Family } from '../../domain/method.ts';
import type { Reason } from '../../domain/registration.ts';
import { type Attribute, bitsOf, CELL_FIELDS } from '../cell-bits.ts';

/** Which people of the last published snapshot; what is left out does not filter. */
export interface PeopleFilter {
  tenantId: number;
  /** member includes people of unknown type. */
  userType: 'member' | 'guest';
  reason?: Reason | undefined;
  capable?: boolean | undefined;
  registered?: boolean | undefined;
  enabled?: boolean | undefined;
  admin?: boolean | undefined;
  /** '' asks for people without one. */
  department?: string | undefined;
  country?: string | undefined;
  /** Excluded people are left out unless it is true. */
  excluded?: boolean | undefined;
  /** Substring of name or user principal name, in any case. */
  search?: string | undefined;
  /** Object id; '' asks for people without one. */
  manager?: string | undefined;
  /** Marked as done. */
  done?: boolean | undefined;
  /** Left out by this exclusion now. */
  exclusion?: number | undefined;
  /** Has registered it, as Graph spells it. */
  method?: string | undefined;
  /** How many families of reset methods; 3 means three or more. */
  families?: '0' | '1' | '2' | '3' | undefined;
  /** Has this family and no other. */
  onlyFamily?: Family | undefined;
  /** Falls out of capability on this day, if so many methods are required and these are gone. */
  atRisk?: Day | undefined;
  required?: number | undefined;
  without?: readonly string[] | undefined;
}

/** The part of a filter that a cell's number decides. */
export interface CellFilter {
  /** A cell passes whose bits under `mask` are `bits`, and whose segment has the values. */
  mask: number;
  bits: number;
  /** Null asks for people without one; undefined does not filter. */
  department: string | null | undefined;
  country: string | null | undefined;
}

export function cellFilter(filter: PeopleFilter): CellFilter {
  const asked: Partial<Record<Attribute, string | boolean | undefined>> = {
    kind: filter.userType,
    reason: filter.reason,
    admin: filter.admin,
    enabled: filter.enabled,
    registered: filter.registered,
    capable: filter.capable,
    excluded: filter.excluded === true ? undefined : false,
  };
  let mask = 0;
  let bits = 0;
  for (const [attribute, value] of Object.entries(asked) as [Attribute, string | undefined][]) {
    if (value === undefined) continue;
    mask |= CELL_FIELDS[attribute].mask;
    bits |= bitsOf(attribute, String(value));
  }
  const { department, country } = filter;
  return { mask, bits, department: valueOrNone(department), country: valueOrNone(country) };
}

const valueOrNone = (value: string | undefined) => (value === '' ? null : value);
