import { compareIds } from '../../audit-record.ts';
import { THRESHOLD_RULE_FACTS, type ThresholdRule } from '../rule-list.ts';

/** What a rule measured on a day. */
export interface RuleValue {
  rule: ThresholdRule;
  /** An address, a person's or operator's object id, the code of a reason; '' where it is the tenant. */
  subject: string;
  /** 1 or more, in the rule's unit. */
  value: number;
  /** First and last instant of what was counted, both included, UTC milliseconds. */
  startAt: number;
  endAt: number;
}

/** How many subjects of a rule a day keeps, whatever their values are: those with the largest. */
export const SUBJECTS_KEPT = 50;

/**
 * Addresses that are kept besides: which of them are the company's own is known only when alerts are raised, and its
 * offices must not crowd anybody out. One person from an address is everyday: years of them are not worth keeping.
 */
const ADDRESSES = { kept: 1000, least: 2 };

/** The subject of what is counted for the tenant as a whole. */
export const TENANT = '';

/** One thing that a rule counts for a subject; several with the same `item` count once. */
export interface Sighting {
  subject: string;
  item: string;
  /** First and last instant of it, UTC milliseconds. */
  from: number;
  to: number;
}

/**
 * Counts the different items of each subject. The 50 largest subjects stay, of addresses up to 1,000 with a value of 2 or
 * more; of equal ones the first by code unit.
 */
export function countSubjects(rule: ThresholdRule, sightings: readonly Sighting[]): RuleValue[] {
  const bySubject = Map.groupBy(sightings, ({ subject }) => subject);
  return [...bySubject]
    .map(([subject, own]) => ({
      rule,
      subject,
      value: new Set(own.map(({ item }) => item)).size,
      startAt: own.reduce((first, { from }) => Math.min(first, from), Number.POSITIVE_INFINITY),
      endAt: own.reduce((last, { to }) => Math.max(last, to), Number.NEGATIVE_INFINITY),
    }))
    .sort((a, b) => b.value - a.value || compareIds(a.subject, b.subject))
    .filter(
      ({ value }, n) =>
        n < SUBJECTS_KEPT ||
        (THRESHOLD_RULE_FACTS[rule].subject === 'address' &&
          n < ADDRESSES.kept &&
          value >= ADDRESSES.least),
    );
}
