import type { AlertMessage } from '../../domain/alerting/message.ts';

/** Someone a notice may name. */
export interface NoticePerson {
  /** Object id in Entra. */
  id: string;
  /** Null: no record tells. */
  name: string | null;
  userPrincipalName: string | null;
}

/** One delivery as senders get it: names are in it only where the channel may tell them. */
export interface Notice {
  /** Of the delivery: the same in every repeat. */
  id: string;
  message: Omit<AlertMessage, 'people' | 'addresses'>;
  /** When it was put into the outbox, UTC milliseconds. */
  createdAt: number;
  /** Null: the channel may not name anybody; likewise addresses. */
  people: NoticePerson[] | null;
  addresses: string[] | null;
  /** Address of the alert's page; null: PUBLIC_URL is not set. */
  link: string | null;
}

/** Rules whose numbers are failed verifications, which are an inference. */
const INFERRED = new Set(['failed_verifications', 'one_person_many_methods']);

export const INFERENCE = 'Failed verifications are inferred: Microsoft logs no wrong code.';
export const SAMPLE = 'Sample data: none of this happened.';

/** One line of text without anything that controls how it is shown: line ends, control and direction characters become blanks. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
}

/** What the notice is about, as the beginning of a sentence: `Critical`, `Over`, `Test`. */
export function noticeWord({ kind, level }: Pick<AlertMessage, 'kind' | 'level'>): string {
  if (kind === 'test') return 'Test';
  if (kind === 'closed') return 'Over';
  const word = { watch: 'Watch', alert: 'Alert', critical: 'Critical' }[level];
  return kind === 'level_raised' ? `Now ${word.toLowerCase()}` : word;
}

/** The one line that says it all: subject of a mail, heading of a card, message of syslog. */
export function headline({ message }: Notice): string {
  const sample = message.sample ? '[Sample data] ' : '';
  return oneLine(`${sample}${noticeWord(message)}: ${message.title}`);
}

/** When, in UTC, to the minute. */
export function duration({ startedAt, endedAt, kind }: Notice['message']): string | null {
  if (kind === 'test') return null;
  return endedAt === null
    ? `Since ${minute(startedAt)}`
    : `${minute(startedAt)} to ${minute(endedAt)}`;
}

/** What must be said of its numbers. */
export function caveats({ message }: Notice): string[] {
  const inferred = message.rule !== null && INFERRED.has(message.rule) ? [INFERENCE] : [];
  return message.sample ? [SAMPLE, ...inferred] : inferred;
}

export function personText({ id, name, userPrincipalName }: NoticePerson): string {
  if (name === null) return oneLine(userPrincipalName ?? id);
  return oneLine(userPrincipalName === null ? name : `${name} (${userPrincipalName})`);
}

function minute(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
