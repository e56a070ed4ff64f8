import type { DeliveryKind } from '../alerting/channel.ts';
import type { AlertMessage } from '../alerting/message.ts';
import type { AlertLevel } from './alert-level.ts';
import { alertTitle } from './alert-title.ts';
import type { Evidence } from './evidence.ts';
import { nextSteps } from './next-steps.ts';
import { type AlertRule, type Queue, ruleTitle } from './rule-list.ts';
import { seriesTitle } from './series-title.ts';

/** What is known of an alert when something is to be said of it. */
export interface ToldAlert {
  id: number;
  rule: AlertRule;
  subject: string;
  level: AlertLevel;
  queue: Queue;
  startedAt: number;
  endedAt: number | null;
  withdrawnAt: number | null;
  evidence: Evidence;
}

const SUBJECTS_TOLD = 20;
const SERIES_TOLD = 5;

/** What a channel says of an alert, in words that name nobody. `why`: a sentence on why it is withdrawn. */
export function alertMessage(
  alert: ToldAlert,
  { kind, sample, why = null }: { kind: DeliveryKind; sample: boolean; why?: string | null },
): AlertMessage {
  const { id, rule, subject, level, queue, startedAt, evidence } = alert;
  return {
    ...{ kind, alertId: id, rule, ruleTitle: ruleTitle(rule), level, queue, startedAt },
    endedAt: alert.endedAt ?? alert.withdrawnAt,
    title: alertTitle({ rule, subject, evidence }),
    facts: [
      ...(alert.withdrawnAt === null ? [] : [['It is withdrawn.', why].filter(Boolean).join(' ')]),
      ...factsOf(evidence),
    ],
    next: kind === 'closed' ? [] : nextSteps({ rule, cause: evidence.cause, evidence }),
    people: subjectsOf(evidence, 'person'),
    addresses: subjectsOf(evidence, 'address'),
    path: `/security/alerts/${id}`,
    sample,
  };
}

function factsOf({ because, series, rules, through }: Evidence): string[] {
  const counts = series
    .slice(0, SERIES_TOLD)
    .map(
      (one) =>
        `${seriesTitle(one.series)}: ${one.observed}, against ${rounded(one.expected)} usually.`,
    );
  const fired = [...Map.groupBy(rules, ({ rule }) => rule).values()].flatMap(([top]) =>
    top === undefined || top.rule === 'new_address_reset'
      ? []
      : [`${ruleTitle(top.rule)}: ${top.value}, where ${top.threshold} is unusual.`],
  );
  const fresh = through.filter(({ newAddress }) => newAddress === true).length;
  const went = fresh === 1 ? 'reset or unlock went' : 'resets or unlocks went';
  const from = `${fresh} self-service ${went} through from an address never seen for the person.`;
  return [...because, ...counts, ...fired, ...(fresh === 0 ? [] : [from])];
}

const rounded = (expected: number) => (expected < 10 ? expected.toFixed(1) : expected.toFixed(0));

/** Those that explain it, or that a rule fired for. */
function subjectsOf({ explainedBy, rules }: Evidence, kind: 'person' | 'address') {
  const explained = explainedBy
    .filter(({ by }) => by === kind)
    .flatMap(({ parts }) => parts.map(({ value }) => value));
  const fired = rules.map(({ subject }) => (subject?.kind === kind ? subject.id : null));
  const known = [...explained, ...fired].filter((value) => value !== null);
  return [...new Set(known)].slice(0, SUBJECTS_TOLD);
}
