import { compareIds } from '../audit-record.ts';
import { DAY_MS, type DayCutter } from '../day.ts';
import type { AlertLevel } from './alert-level.ts';
import { connected, inOrder, overlaps } from './connected-findings.ts';
import { isOfTotal, limited, type Part, spanOf, wholeSpan } from './episode-span.ts';
import type { Finding } from './finding.ts';
import { highest } from './raised-level.ts';
import type { AlertRule } from './rule-list.ts';

/** What one alert is about: everything unusual that belongs together in time. */
export interface Episode {
  rule: AlertRule;
  /** The code of a reason for `configuration_stops`; '' for all others, whoever they are about. */
  subject: string;
  /** The highest of its findings'. */
  level: AlertLevel;
  /** UTC milliseconds: of hours and records, where they tell it finer than days do. */
  startedAt: number;
  /** End of the last finding; after as-of where it is that of a day that is not over. */
  lastAt: number;
  /** `lastAt`, once as-of is 24 hours past it; null: it lasts. */
  endedAt: number | null;
  /** What makes it, oldest first; carried ones make nothing. */
  findings: Finding[];
}

/** Once so long nothing belonged to it, it is over. */
export const QUIET_MS = DAY_MS;

/** Rules whose values belong to an unusual series of the same time; else they are episodes of their own. */
const JOINING: Partial<Record<AlertRule, AlertRule>> = {
  blocked_attempts: 'failed_verifications',
  one_address_many_people: 'failed_verifications',
  one_person_many_methods: 'failed_verifications',
  many_resets_by_one_operator: 'admin_resets',
};

/**
 * The episodes that findings make, oldest first: one for everything that belongs together, so that one event is one
 * alert. The same whatever order the findings came in. No two of one rule and subject overlap, and each finding that is
 * not carried is part of exactly one.
 *
 * Findings of a rule and subject belong together where hours are at most 6 hours apart, or days follow each other. Rules
 * that measure what an unusual total consists of join its episode where they overlap it.
 */
export function episodes(
  findings: readonly Finding[],
  { asOf, cutter }: { asOf: number; cutter: DayCutter },
): Episode[] {
  const alive = findings.filter(({ carried }) => !carried).sort(inOrder);
  const joining = alive.filter(({ rule }) => rule in JOINING);
  const groups = Map.groupBy(
    alive.filter(({ rule }) => !(rule in JOINING)),
    ({ rule, subject }) => (rule === 'configuration_stops' ? `${rule} ${subject}` : rule),
  );
  const parts = [...groups.values()].flatMap((group) => partsOf(group, cutter));
  const left = joining.filter((one) => !join(one, parts));
  const alone = [...Map.groupBy(left, ({ rule }) => rule).values()].flatMap((group) =>
    partsOf(group, cutter),
  );
  return [...parts, ...alone]
    .flatMap((part) => episodeOf(part, { asOf, cutter }))
    .sort(
      (one, other) =>
        one.startedAt - other.startedAt ||
        compareIds(one.rule, other.rule) ||
        compareIds(one.subject, other.subject),
    );
}

/** The parts of one rule and subject that are apart in time. */
function partsOf(group: readonly Finding[], cutter: DayCutter): Part[] {
  return connected(group, cutter).flatMap((together) => apartByTotals(together, cutter));
}

/**
 * A breakdown that stays unusual for days must not hide a second outbreak of a total: where totals are apart, so are the
 * episodes, and each takes the breakdowns from its own start on to the start of the next.
 */
function apartByTotals(together: Finding[], cutter: DayCutter): Part[] {
  const totals = connected(together.filter(isOfTotal), cutter);
  if (totals.length < 2) return [{ own: together, joined: [], until: null }];
  const starts = totals.map((one) => wholeSpan(one).startAt);
  return starts.map((startAt, i) => {
    const since = i === 0 ? Number.NEGATIVE_INFINITY : startAt;
    const until = starts[i + 1] ?? null;
    const own = together.filter(
      (one) => one.startAt >= since && (until === null || one.startAt < until),
    );
    return { own, joined: [], until };
  });
}

/** Whether a finding found an episode to join, and is part of it now: of the first that it overlaps. */
function join(one: Finding, parts: Part[]): boolean {
  const rule = JOINING[one.rule];
  const taker = parts
    .filter(({ own }) => own[0]?.rule === rule && takes(own))
    .sort((a, b) => wholeSpan(a.own).startAt - wholeSpan(b.own).startAt)
    .find((part) => overlaps(one, limited(wholeSpan(part.own), part.until)));
  taker?.joined.push(one);
  return taker !== undefined;
}

/** Of failed verifications, breakdowns alone take nothing in. */
function takes(own: readonly Finding[]): boolean {
  return own[0]?.rule !== 'failed_verifications' || own.some(isOfTotal);
}

function episodeOf(part: Part, { asOf, cutter }: { asOf: number; cutter: DayCutter }): Episode[] {
  const findings = [...part.own, ...part.joined].sort(inOrder);
  const [first] = part.own;
  const level = highest(findings.map((one) => one.level));
  if (!first || !level) return [];
  const { rule } = first;
  const { startAt, endAt } = spanOf(part, cutter);
  return [
    {
      ...{ rule, level, findings, startedAt: startAt, lastAt: endAt },
      subject: rule === 'configuration_stops' ? first.subject : '',
      endedAt: asOf - endAt >= QUIET_MS ? endAt : null,
    },
  ];
}
