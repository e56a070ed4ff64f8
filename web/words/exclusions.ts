import type { Exclusion, ExclusionRule } from '../../server/contract/exclusions.ts';
import { counted, dayLong, NONE } from '../format.ts';
import { nameOf } from './person.ts';
import type { Table } from './table.ts';

export const RULE_FIELD_LABEL: Record<ExclusionRule['field'], string> = {
  userPrincipalName: 'Sign-in name',
  name: 'Name',
  department: 'Department',
  country: 'Country',
  office: 'Office',
  company: 'Company',
};

export const RULE_MATCH_LABEL: Record<ExclusionRule['match'], string> = {
  starts_with: 'starts with',
  ends_with: 'ends with',
  contains: 'contains',
  equals: 'is',
};

export const EXCLUSION_STATE_LABEL: Record<Exclusion['state'], string> = {
  active: 'Active',
  expired: 'Expired',
  ended: 'Ended',
};

/** A rule as a sentence: `Sign-in name starts with “svc-”`. */
export const ruleText = ({ field, match, value }: ExclusionRule) =>
  `${RULE_FIELD_LABEL[field]} ${RULE_MATCH_LABEL[match]} “${value}”`;

/** Whom an exclusion leaves out. */
export function excludedText({ person, rule }: Exclusion): string {
  if (person) return nameOf(person);
  return rule ? ruleText(rule) : NONE;
}

/** The last day on which it holds, or held, in words. */
export function untilText({ until, endedOn }: Exclusion): string {
  const day = endedOn ?? until;
  return day === null ? 'no expiry' : `counts again from ${dayLong(day)}`;
}

/** What the exclusions leave out, in a sentence. */
export function exclusionsFinding(exclusions: readonly Exclusion[], people: number): string {
  const active = exclusions.filter(({ state }) => state === 'active').length;
  if (active === 0) return 'Nobody is excluded';
  const left = counted(people, 'person is', 'people are');
  return `${left} left out of the population by ${counted(active, 'exclusion', 'exclusions')}`;
}

/** The list as a table, for its CSV. */
export function exclusionsTable(exclusions: readonly Exclusion[]): Table {
  return {
    columns: [
      'Who',
      'Sign-in name',
      'Why',
      'Author',
      'Set',
      'First day',
      'Until',
      'Ended on',
      'State',
      'People',
    ],
    rows: exclusions.map((one) => ({
      cells: [
        excludedText(one),
        one.person?.userPrincipalName ?? null,
        one.reason,
        one.author,
        one.setAt,
        one.firstDay,
        one.until,
        one.endedOn,
        EXCLUSION_STATE_LABEL[one.state],
        one.people,
      ],
    })),
  };
}
