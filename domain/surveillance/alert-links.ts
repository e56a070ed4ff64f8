import { addDays, type Day, type DayCutter } from '../day.ts';
import { isoText } from '../instant.ts';
import type { Evidence } from './evidence.ts';
import { explainedSpan } from './explained-span.ts';
import type { AlertRule } from './rule-list.ts';

export interface AlertLink {
  title: string;
  /** Of the page, with its filters. */
  path: string;
}

interface LinkedAlert {
  rule: AlertRule;
  subject: string;
  evidence: Evidence;
}

const VALUES_LINKED = 3;

/**
 * Where in the page the numbers of an alert are, filtered to it. A number in a title is the number of the list it leads to,
 * as far as no later record has changed it.
 */
export function alertLinks(alert: LinkedAlert, cutter: DayCutter): AlertLink[] {
  const { evidence } = alert;
  const span = explainedSpan(evidence);
  const days = {
    period: 'own',
    first: cutter.dayOf(span.startAt),
    last: cutter.dayOf(span.endAt - 1),
  };
  const to = (path: string, more: Record<string, string> = {}) =>
    `${path}?${new URLSearchParams({ ...days, ...more })}`;
  const time = { since: isoText(span.startAt), until: isoText(span.endAt) };
  const failures = (title: string, filter: Record<string, string> = {}): AlertLink => ({
    title,
    path: to('/security/failures', { ...time, ...filter }),
  });
  const incidents = (title: string, filter: Record<string, string>): AlertLink => ({
    title,
    path: to('/resets/incidents', filter),
  });
  const admin = (title: string, filter: Record<string, string> = {}): AlertLink => ({
    title,
    path: to('/resets/admin-resets', filter),
  });
  const chart: AlertLink = { title: 'The chart of these days', path: to('/security') };
  const subjects = evidence.rules
    .filter(({ rule, subject }) => rule === alert.rule && subject !== null)
    .map(({ subject }) => subject?.id ?? '')
    .slice(0, VALUES_LINKED);
  switch (alert.rule) {
    case 'failed_verifications':
      return [
        failures('All failed verifications of this time'),
        ...partLinks(evidence, failures),
        chart,
      ];
    case 'one_person_many_methods':
      return subjects.map((person) =>
        failures('Failed verifications of the person in this time', { person }),
      );
    case 'one_address_many_people':
      return subjects.map((address) =>
        failures(`Failed verifications from ${address} in this time`, { address }),
      );
    case 'blocked_attempts':
      return [incidents('The blocked flows of these days', { flowOutcome: 'blocked' }), chart];
    case 'configuration_stops':
      return [incidents('The flows it stopped on these days', { reason: alert.subject })];
    case 'capability_lost':
      return [{ title: 'The people, and what changed of them', path: movesPath(days) }];
    case 'rejected_passwords':
      return subjects.map((person) => incidents('The person’s needs on these days', { person }));
    case 'admin_self_reset':
      return [
        incidents('Completed resets of these days, of everybody', { flowOutcome: 'completed' }),
        incidents('Unlocks of these days, of everybody', { flowOutcome: 'unlocked' }),
      ];
    case 'phone_only_reset':
    case 'security_info_near_reset':
      return [
        incidents('Completed resets of these days, of everybody', { flowOutcome: 'completed' }),
      ];
    case 'many_resets_by_one_operator':
      return subjects.flatMap((operator) => [
        admin('The operator’s admin resets of these days', { operator }),
        admin('The operator’s mass resets of these days', { operator, kind: 'mass' }),
      ]);
    case 'admin_resets':
    case 'reset_after_failure':
      return [admin('Admin resets of these days')];
  }
}

/** The list of those who lost capability. It begins with the snapshot before, whose own moves are of an earlier day. */
function movesPath({ first, last }: { first: Day; last: Day }): string {
  const next = addDays(first, 1);
  const days = { period: 'own', first: next > last ? last : next, last };
  return `/coverage/changes?${new URLSearchParams({ ...days, move: 'lost' })}`;
}

/** The largest values that explain an excess, those of the address first. */
function partLinks(
  { explainedBy }: Evidence,
  link: (title: string, filter: Record<string, string>) => AlertLink,
): AlertLink[] {
  return explainedBy.flatMap(({ by, parts }) => {
    if (by === 'person') return [];
    const known = parts.filter(({ value }) => value !== null).slice(0, VALUES_LINKED);
    return known.map(({ value, observed }) => {
      const failed = observed === 1 ? 'failed verification' : 'failed verifications';
      return link(`${observed} ${failed} ${PREPOSITION[by]} ${value}`, { [by]: value ?? '' });
    });
  });
}

const PREPOSITION = { method: 'by', country: 'of people in', address: 'from' };
