import { dayCutter } from '../../../domain/day.ts';
import type { Alert, AlertResponse } from '../../../server/contract/alerts.ts';
import { count, counted, dayLong, instantText, NONE, timeText } from '../../format.ts';
import { hrefWithPeriod } from '../../state/period.svelte.ts';

export type AlertEvidence = Alert['evidence'];
export type Level = Alert['level'];

/** Words of a level, and the class of its colour. */
export const LEVEL: Record<Level, { word: string; look: 'crit' | 'warn' | 'mute' }> = {
  critical: { word: 'Critical', look: 'crit' },
  alert: { word: 'Alert', look: 'warn' },
  watch: { word: 'Watch', look: 'mute' },
};

export const STATE_WORD: Record<Alert['state'], string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  excluded: 'Kept quiet',
  closed: 'Closed',
  withdrawn: 'Withdrawn',
};

export const QUEUE_WORD: Record<Alert['queue'], string> = {
  security: 'Security',
  helpdesk: 'Helpdesk',
  admin: 'Administrators of self-service reset',
};

export const CAUSE_WORD: Record<AlertEvidence['cause'], string> = {
  attack: 'Looks like an attack',
  broken_method: 'Looks like a method that is out of order',
  policy_change: 'Looks like the effect of a policy change',
  writeback: 'Looks like password writeback',
  unclear: 'The cause is unclear',
};

export const EVENT_WORD: Record<AlertResponse['history'][number]['kind'], string> = {
  raised: 'Raised',
  level_raised: 'Level raised',
  closed: 'Closed',
  reopened: 'Open again',
  withdrawn: 'Withdrawn',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  excluded: 'Kept quiet',
  exclusion_ended: 'No longer kept quiet',
};

/** The page of one alert. */
export const alertHref = (id: string) =>
  hrefWithPeriod(`/security/alerts/${encodeURIComponent(id)}`);

/** How long it has lasted, for people: `22 Nov, 02:00 until 05:00`, with the day where it ended on another one. */
export function spanText(
  { startedAt, endedAt }: Pick<Alert, 'startedAt' | 'endedAt'>,
  timeZone: string,
): string {
  const from = instantText(startedAt, timeZone);
  if (endedAt === null) return `since ${from}, and it lasts`;
  const { dayOf } = dayCutter(timeZone);
  const isOneDay = dayOf(Date.parse(startedAt)) === dayOf(Date.parse(endedAt));
  return `${from} until ${(isOneDay ? timeText : instantText)(endedAt, timeZone)}`;
}

/** How an alert stands, in a sentence. */
export function stateText(alert: Alert, timeZone: string): string {
  const at = (instant: string | null) => instantText(instant, timeZone);
  if (alert.state === 'acknowledged')
    return `Acknowledged ${at(alert.acknowledgedAt)}${alert.acknowledgedBy ? ` by ${alert.acknowledgedBy}` : ''}: nothing more is sent unless its level rises.`;
  if (alert.state === 'snoozed') return `Snoozed until ${at(alert.snoozedUntil)}.`;
  if (alert.state === 'excluded') return 'An exclusion keeps it quiet: it is listed, not sent.';
  if (alert.state === 'closed') return `Over since ${at(alert.endedAt)}.`;
  if (alert.state === 'withdrawn')
    return 'Withdrawn: records that came later no longer bear it out.';
  return 'Nobody has acknowledged it yet.';
}

/** Whether somebody can still acknowledge or snooze it. */
export const isLasting = ({ state }: Alert) => state !== 'closed' && state !== 'withdrawn';

const tenths = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** A mean as people say it: `0.3`, `12`; a dash for none. */
export function usualText(expected: number | null): string {
  if (expected === null) return NONE;
  if (expected > 0 && expected < 0.05) return 'under 0.1';
  return tenths(expected) === Math.round(expected) ? count(expected) : String(tenths(expected));
}

/** A chance as `1 in 2,000`; two digits are as much as it is good for. */
export function chanceText(p: number | null): string {
  if (p === null) return NONE;
  if (p <= 1e-9) return 'under 1 in a billion';
  const times = 1 / p;
  if (times < 10) return `1 in ${count(Math.round(times))}`;
  const digits = 10 ** (Math.floor(Math.log10(times)) - 1);
  return `1 in ${count(Math.round(times / digits) * digits)}`;
}

/** What is seen against what is usual, in a sentence. */
export function seenText({ observed, expected, upper, p }: AlertEvidence): string {
  if (expected === null) return `${count(observed)} seen.`;
  const chance = p === null ? '' : `; by chance alone ${chanceText(p)}`;
  const from = upper === null ? '' : `, unusual from ${count(upper)}`;
  return `${count(observed)} seen, ${usualText(expected)} usual${from}${chance}.`;
}

/** Where a threshold comes from. */
export function thresholdText({
  learnedOn,
}: Pick<AlertEvidence['rules'][number], 'learnedOn'>): string {
  return learnedOn === null
    ? 'typed in, or the floor for want of history'
    : `learned to ${dayLong(learnedOn)}`;
}

/** `12 people and 3 addresses`. */
export const whoText = ({ people, addresses }: Pick<AlertEvidence, 'people' | 'addresses'>) =>
  `${counted(people, 'person', 'people')} and ${counted(addresses, 'address', 'addresses')}`;

/** Whether it is about what the registration report says of people, who themselves did nothing. */
export const isAboutReport = ({ rule }: Pick<Alert, 'rule'>) => rule === 'capability_lost';

/** Whom it is about, in words that go with `Who`. */
export function whoSentence({ rule, evidence }: Pick<Alert, 'rule' | 'evidence'>): string {
  return isAboutReport({ rule })
    ? 'People of the registration report: the list that What to do next leads to names them'
    : `${whoText(evidence)} with failed verifications within it`;
}

/** What a value of an explanation is called. */
export function partName(
  by: AlertEvidence['explainedBy'][number]['by'],
  { value, name }: AlertEvidence['explainedBy'][number]['parts'][number],
): string {
  return name ?? value ?? (by === 'country' ? 'Country not known' : `No ${by} in the log`);
}
