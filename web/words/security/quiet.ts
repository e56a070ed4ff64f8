import { addDays, type Day, dayCutter, HOUR_MS, isDay } from '../../../domain/day.ts';
import { excludableKinds } from '../../../domain/surveillance/excludable-kinds.ts';
import type { AlertExclusionRequest, AlertResponse } from '../../../server/contract/alerts.ts';
import { nameOf } from '../person.ts';
import { CAUSE_WORD, partName } from './alerts.ts';

type Subject = NonNullable<AlertExclusionRequest['subject']>;

/** On the clocks of the tenant. */
const MORNING_HOUR = 7;

/** When an alert speaks again, by the choice of the form. */
export const SNOOZES = [
  { value: '1h', label: 'For an hour' },
  { value: '4h', label: 'For 4 hours' },
  { value: 'morning', label: `Until tomorrow morning, ${MORNING_HOUR}:00` },
  { value: 'day', label: 'Until the start of a day' },
] as const;
export type SnoozeChoice = (typeof SNOOZES)[number]['value'];

/** First instant of a day in the tenant's zone, ISO in UTC; null: no day was given. */
export function startOfDay(day: string, timeZone: string): string | null {
  return isDay(day) ? new Date(dayCutter(timeZone).startOf(day)).toISOString() : null;
}

/** The day that is `days` after now, in the tenant's zone. */
export const dayIn = (days: number, nowMs: number, timeZone: string): Day =>
  addDays(dayCutter(timeZone).dayOf(nowMs), days);

/** The instant of a choice, ISO in UTC; null: it needs a day, and none was given. */
export function snoozedUntil(
  choice: SnoozeChoice,
  { day, nowMs, timeZone }: { day: string; nowMs: number; timeZone: string },
): string | null {
  if (choice === 'day') return startOfDay(day, timeZone);
  if (choice === '1h') return new Date(nowMs + HOUR_MS).toISOString();
  if (choice === '4h') return new Date(nowMs + 4 * HOUR_MS).toISOString();
  const tomorrow = dayCutter(timeZone).startOf(dayIn(1, nowMs, timeZone));
  return new Date(tomorrow + MORNING_HOUR * HOUR_MS).toISOString();
}

export interface SubjectChoice {
  /** What the form sends back. */
  key: string;
  subject: Subject;
  text: string;
}

const KIND_WORD: Record<Subject['kind'], string> = {
  address: 'Address',
  person: 'Person',
  operator: 'Operator',
  method: 'Method',
  country: 'Country',
  reason: 'Reason',
};

/** Most subjects that a form offers. */
const MOST = 30;

/** What of an alert can be kept quiet by itself: what its rules and the excess are about, then its addresses and people. */
export function subjectsOf({ alert, addresses, people }: AlertResponse): SubjectChoice[] {
  const { rules, explainedBy } = alert.evidence;
  const found: [Subject, string][] = [
    ...rules.flatMap(({ subject }): [Subject, string][] =>
      subject ? [[{ kind: subject.kind, id: subject.id }, subject.name ?? subject.id]] : [],
    ),
    ...explainedBy.flatMap(({ by, parts }) =>
      parts.flatMap((part): [Subject, string][] =>
        part.value === null ? [] : [[{ kind: by, id: part.value }, partName(by, part)]],
      ),
    ),
    ...addresses.map(({ address }): [Subject, string] => [
      { kind: 'address', id: address },
      address,
    ]),
    ...people.map(({ person }): [Subject, string] => [
      { kind: 'person', id: person.id },
      nameOf(person),
    ]),
  ];
  const choices = new Map<string, SubjectChoice>();
  const kinds = excludableKinds(alert.rule);
  for (const [subject, name] of found.filter(([{ kind }]) => kinds.includes(kind))) {
    const key = `${subject.kind}:${subject.id}`;
    if (!choices.has(key))
      choices.set(key, { key, subject, text: `${KIND_WORD[subject.kind]}: ${name}` });
  }
  return [...choices.values()].slice(0, MOST);
}

/** What an exclusion keeps quiet, for people. */
export function quietText(
  ruleTitle: string | null,
  subject: { kind: Subject['kind']; id: string; name: string | null } | null,
): string {
  const about = subject
    ? `${KIND_WORD[subject.kind].toLowerCase()} ${subject.name ?? subject.id}`
    : null;
  if (ruleTitle === null) return `Every rule, ${about ?? 'everything'}`;
  return about === null ? ruleTitle : `${ruleTitle}: ${about}`;
}

/** The cause and what it rests on, in one sentence: `Looks like an attack, because …`. */
export function causeSentence(cause: keyof typeof CAUSE_WORD, because: readonly string[]): string {
  const [first] = because;
  if (!first) return `${CAUSE_WORD[cause]}.`;
  const reason = `${first.charAt(0).toLowerCase()}${first.slice(1)}`.replace(/\.$/, '');
  return `${CAUSE_WORD[cause]}, because ${reason}.`;
}
