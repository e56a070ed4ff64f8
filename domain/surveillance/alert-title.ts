import { reasonText } from '../lost-reason.ts';
import { counted, figure, lengthInWords, usually } from './alert-words.ts';
import type { Cause, Evidence, UnusualSeries } from './evidence.ts';
import type { AlertRule, ThresholdRule } from './rule-list.ts';
import { isPlainTotal, isTotal } from './series.ts';
import { seriesTitle } from './series-title.ts';

/** The part of the evidence that a title is made of. */
export type TitleEvidence = Pick<
  Evidence,
  'observed' | 'expected' | 'series' | 'rules' | 'people' | 'addresses' | 'explainedBy' | 'cause'
>;

/** What an alert says in one sentence, with figures, that names neither person nor address. */
export function alertTitle({
  rule,
  subject,
  evidence,
}: {
  rule: AlertRule;
  subject: string;
  evidence: TitleEvidence;
}): string {
  return `${whatHappened(rule, subject, evidence)}${looksLike(evidence)}`;
}

function whatHappened(rule: AlertRule, subject: string, evidence: TitleEvidence): string {
  if (rule === 'failed_verifications') return failures(evidence);
  if (rule === 'admin_resets') return unusual(evidence) ?? 'More admin resets than usual';
  const fired = evidence.rules.filter((one) => one.rule === rule);
  const most = fired.reduce((top, { value }) => Math.max(top, value), 0);
  const least = fired.find(({ value }) => value === most)?.threshold;
  const limit = least === undefined ? '' : `, threshold ${least}`;
  if (rule === 'configuration_stops') return stops(subject, { most, limit, evidence });
  return `${RULE_TITLE[rule](most, fired.length)}${limit}`;
}

function stops(
  code: string,
  { most, limit, evidence }: { most: number; limit: string; evidence: TitleEvidence },
): string {
  const head = headSeries(evidence);
  const told = head
    ? `${counted(head.observed, 'flow', 'flows')} stopped by configuration ${lengthInWords(head)}, ${usually(head.expected)}`
    : `${counted(most, 'flow', 'flows')} stopped by configuration in a day${limit}`;
  return `${told} (${reasonText(code).reason})`;
}

function failures(evidence: TitleEvidence): string {
  const { people, addresses } = evidence;
  const who = `${counted(people, 'person', 'people')} failed`;
  const where = addresses > 0 ? ` from ${counted(addresses, 'address', 'addresses')}` : '';
  const head = headSeries(evidence);
  // Where the most unusual count is that of all people, one comparison says it.
  if (head?.series === 'people' && head.observed === people)
    return `${who}${where}, ${usually(head.expected)}`;
  const told = unusual(evidence) ?? 'More failed verifications than usual';
  return people > 0 ? `${who}${where}; ${lowerFirst(told)}` : told;
}

/** The most unusual total, else the most unusual series. */
function headSeries({ series }: TitleEvidence): UnusualSeries | undefined {
  const least = (some: readonly UnusualSeries[]) =>
    some.reduce<UnusualSeries | undefined>(
      (top, one) => (top && top.p <= one.p ? top : one),
      undefined,
    );
  return (
    least(series.filter((one) => isPlainTotal(one.series))) ??
    least(series.filter((one) => isTotal(one.series))) ??
    least(series)
  );
}

const COUNTED: Partial<Record<string, readonly [one: string, many: string]>> = {
  failed: ['failed verification', 'failed verifications'],
  people: ['person with failed verifications', 'people with failed verifications'],
  addresses: ['address with failed verifications', 'addresses with failed verifications'],
  admins: ['failed verification of admins’ accounts', 'failed verifications of admins’ accounts'],
  blocked: ['blocked flow', 'blocked flows'],
  options_only: ['flow shown the options and left', 'flows shown the options and left'],
  admin_resets: ['admin reset', 'admin resets'],
};

function unusual(evidence: TitleEvidence): string | null {
  const head = headSeries(evidence);
  if (!head) return null;
  const nouns = COUNTED[head.series];
  const against = `${lengthInWords(head)}, ${usually(head.expected)}`;
  if (nouns) return `${counted(head.observed, ...nouns)} ${against}`;
  return `${seriesTitle(head.series)}, ${figure(head.observed)} ${against}`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

type TitledRule = Exclude<ThresholdRule, 'configuration_stops'>;

/** What a rule measured at most on a day, and for how many it fired. */
const RULE_TITLE: Record<TitledRule, (most: number, subjects: number) => string> = {
  blocked_attempts: (most) => `${counted(most, 'flow was', 'flows were')} blocked in a day`,
  one_address_many_people: (most, addresses) =>
    addresses > 1
      ? `Many people without success from each of ${addresses} addresses, up to ${most} in a day`
      : `${counted(most, 'person', 'people')} without success from one address in a day`,
  one_person_many_methods: (most, people) =>
    people > 1
      ? `Up to ${most} methods failed in a day for each of ${people} people`
      : `${counted(most, 'method', 'methods')} failed for one person in a day`,
  admin_self_reset: (most) =>
    `${counted(most, 'admin’s account was', 'admins’ accounts were')} reset or unlocked by self-service in a day`,
  phone_only_reset: (most) =>
    `${counted(most, 'person', 'people')} reset a password by telephone alone in a day`,
  security_info_near_reset: (most) =>
    `${counted(most, 'person', 'people')} changed security info around a reset in a day`,
  many_resets_by_one_operator: (most, operators) =>
    operators > 1
      ? `${operators} operators reset up to ${most} people’s passwords each in a day`
      : `One operator reset ${counted(most, 'person’s password', 'people’s passwords')} in a day`,
  reset_after_failure: (most) =>
    `An admin reset followed failed self-service for ${counted(most, 'person', 'people')} in a day`,
  rejected_passwords: (most, people) =>
    people > 1
      ? `${people} people had new passwords rejected, up to ${most} of one person in a day`
      : `${counted(most, 'new password', 'new passwords')} of one person rejected in a day`,
  capability_lost: (most) =>
    `${counted(most, 'person', 'people')} can no longer reset their own password since the snapshot before`,
};

const LOOKS_LIKE: Record<Cause, string> = {
  attack: ': looks like an attack',
  broken_method: ': looks like a method out of order',
  policy_change: ': looks like a change of policy',
  writeback: ': looks like a change of password writeback',
  unclear: '',
};

function looksLike({ cause, explainedBy }: TitleEvidence): string {
  if (cause !== 'broken_method') return LOOKS_LIKE[cause];
  const method = explainedBy.find(({ by }) => by === 'method')?.parts[0]?.value;
  return method ? `: looks like ${method} is out of order` : LOOKS_LIKE[cause];
}
