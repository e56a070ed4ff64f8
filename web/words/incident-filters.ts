import type { ListFilters } from '../api/resets.ts';
import { hourText, weekdayName } from './hours.ts';
import { INCIDENT_OUTCOME } from './incidents.ts';
import { OUTCOME_LABEL } from './labels.ts';
import {
  type Allowed,
  anyText,
  type Chip,
  FLAG,
  filtersIn,
  objectId,
  oneOf,
  textOrNone,
  wholeNumber,
} from './list-filters.ts';
import { LOG_METHOD_LABEL, LOG_METHOD_NAMES, type LogMethod } from './log-methods.ts';
import { OWNER_WORDS, type Owner, UNKNOWN_OWNER } from './owners.ts';
import { STAGE_LABEL, type Stage } from './stages.ts';

const OUTCOME_WORDS: Record<string, string> = {
  ...Object.fromEntries(Object.entries(INCIDENT_OUTCOME).map(([name, { word }]) => [name, word])),
  self_served: 'Self-served',
  settling: 'Still settling',
};

/** Outcomes to choose from, with their words. */
export const OUTCOME_CHOICES = Object.entries(OUTCOME_WORDS);

const ALLOWED: Allowed = {
  outcome: oneOf(Object.keys(OUTCOME_WORDS)),
  kind: oneOf(['reset', 'unlock']),
  person: objectId,
  weekday: wholeNumber(1, 7),
  hour: wholeNumber(0, 23),
  outsideOffice: FLAG,
  repeatWithinDays: oneOf(['7', '30']),
  flowOutcome: oneOf(Object.keys(OUTCOME_LABEL)),
  reason: anyText,
  owner: oneOf([...Object.keys(OWNER_WORDS), 'unknown']),
  method: oneOf(LOG_METHOD_NAMES),
  passed: FLAG,
  stage: oneOf(Object.keys(STAGE_LABEL)),
  reached: oneOf(Object.keys(STAGE_LABEL)),
  lost: FLAG,
  over: FLAG,
  switchedFrom: oneOf(['any', ...LOG_METHOD_NAMES]),
  switchedTo: oneOf(LOG_METHOD_NAMES),
  agent: textOrNone,
};

/** Filters that are about tries: with one of them the period is that of the tries. */
const OF_TRIES = [
  'flowOutcome',
  'over',
  'lost',
  'reason',
  'owner',
  'method',
  'passed',
  'stage',
  'reached',
  'switchedFrom',
  'switchedTo',
  'agent',
];

/** The filters of the list of incidents that an address says. */
export function incidentFiltersOf(query: URLSearchParams): ListFilters {
  const { passed, switchedTo, ...filters } = filtersIn(query, ALLOWED);
  // Whether it was passed says nothing without the method, nor to which one switched without the other: refused.
  return {
    ...filters,
    ...(passed !== undefined && filters.method && { passed }),
    ...(switchedTo !== undefined && filters.switchedFrom && { switchedTo }),
  };
}

export const isOfTries = (filters: ListFilters) => OF_TRIES.some((name) => name in filters);

/** Names that the address does not say, where an answer on screen knows them. */
interface Known {
  person: string | null;
  /** Of a code. */
  reason: (code: string) => string | null;
}

/** Every filter in words. */
export function incidentChips(filters: ListFilters, known: Known): Chip[] {
  const chips: Chip[] = [];
  const add = (text: string | false | undefined, ...names: string[]) => {
    if (text) chips.push({ text, names });
  };
  const { outcome, kind, person, weekday, hour, outsideOffice, repeatWithinDays } = filters;
  const { flowOutcome, over, lost, reason, owner, method, passed, stage, reached, agent } = filters;
  const { switchedFrom, switchedTo } = filters;

  add(outcome && OUTCOME_WORDS[outcome], 'outcome');
  add(kind && (kind === 'reset' ? 'Password reset' : 'Account unlocked'), 'kind');
  add(person && `Person: ${known.person ?? person}`, 'person');
  add(weekday && `On a ${weekdayName(Number(weekday))}`, 'weekday');
  add(
    hour && `Began from ${hourText(Number(hour))}:00 to ${hourText(Number(hour) + 1)}:00`,
    'hour',
  );
  add(
    outsideOffice && (outsideOffice === 'true' ? 'Outside office hours' : 'In office hours'),
    'outsideOffice',
  );
  add(repeatWithinDays && `Another within ${repeatWithinDays} days`, 'repeatWithinDays');
  add(flowOutcome && `A try: ${label(OUTCOME_LABEL, flowOutcome)}`, 'flowOutcome');
  add(reason && `Lost by: ${known.reason(reason) ?? reason.replaceAll('_', ' ')}`, 'reason');
  add(owner && `Can be fixed by: ${ownerWord(owner)}`, 'owner');
  add(method && methodWords(method as LogMethod, passed), 'method', 'passed');
  add(over && (over === 'true' ? 'A try that is over' : 'A try in progress'), 'over');
  add(lost && (lost === 'true' ? 'A lost try' : 'A try not lost'), 'lost');
  add(
    switchedFrom && switchWords(switchedFrom, switchedTo as LogMethod | undefined),
    'switchedFrom',
    'switchedTo',
  );
  add(
    reached && `Came at least as far as: ${STAGE_LABEL[reached as Stage].toLowerCase()}`,
    'reached',
  );
  add(stage && `Came as far as: ${STAGE_LABEL[stage as Stage].toLowerCase()}`, 'stage');
  add(agent !== undefined && (agent === '' ? 'No agent named' : `Agent: ${agent}`), 'agent');
  return chips;
}

const label = (labels: Readonly<Record<string, string>>, name: string) =>
  (labels[name] ?? name).toLowerCase();

const ownerWord = (owner: string) =>
  (owner === 'unknown' ? UNKNOWN_OWNER : OWNER_WORDS[owner as Owner].who).toLowerCase();

function switchWords(from: string, to: LogMethod | undefined): string {
  const given = from === 'any' ? 'a method' : LOG_METHOD_LABEL[from as LogMethod];
  return `Gave up ${given} for ${to ? LOG_METHOD_LABEL[to] : 'another'}`;
}

function methodWords(method: LogMethod, passed: string | undefined): string {
  const name = LOG_METHOD_LABEL[method];
  if (passed === undefined) return `Started ${name}`;
  return passed === 'true' ? `Passed ${name}` : `Started and did not pass ${name}`;
}
