import type { Finding } from './finding.ts';
import type { AlertRule } from './rule-list.ts';

interface Stretch {
  rule: AlertRule;
  subject: string;
  /** UTC milliseconds, the end not included. */
  startedAt: number;
  lastAt: number;
}

interface OfFindings extends Stretch {
  findings: readonly Pick<Finding, 'rule' | 'subject' | 'startAt' | 'endAt'>[];
}

interface Stored extends Stretch {
  id: number;
  withdrawnAt: number | null;
  /** What is not known is none. */
  evidence?: { rules: readonly { rule: string; subject: { id: string } | null }[] };
}

export interface Matches<Alert, Episode> {
  /** Each episode with the alert that it is, the earliest first; null: a new one. */
  pairs: { episode: Episode; alert: Alert | null }[];
  /** Alerts that no episode is any more. */
  left: Alert[];
}

/**
 * Which stored alert each episode is. First choice: one of the same rule and subject that overlaps it in time, the longest
 * overlap first, then the oldest alert; withdrawn ones only where there is no other. Second choice, as an attack often shows
 * itself by one rule before another: an alert that tells of the same findings under another rule, the oldest first. The same
 * whatever order they come in.
 */
export function matchEpisodes<Alert extends Stored, Episode extends OfFindings>(
  episodes: readonly Episode[],
  alerts: readonly Alert[],
): Matches<Alert, Episode> {
  const taken = new Map<Episode, Alert>();
  const free = new Set(alerts);
  const couple = (couples: readonly Couple<Alert, Episode>[]) => {
    for (const { episode, alert } of couples) {
      if (taken.has(episode) || !free.has(alert)) continue;
      taken.set(episode, alert);
      free.delete(alert);
    }
  };
  const all = episodes.flatMap((episode) => alerts.map((alert) => coupleOf(episode, alert)));
  const same = all.filter((one) => isSame(one) && one.overlap > 0);
  const lasting = all.filter(({ alert }) => alert.withdrawnAt === null);
  couple(same.toSorted((a, b) => byWithdrawn(a, b) || byOverlap(a, b) || byAge(a, b)));
  couple(
    lasting.filter(isKin).sort((a, b) => a.alert.id - b.alert.id || byOverlap(a, b) || byAge(a, b)),
  );
  return {
    pairs: episodes
      .toSorted(inOrder)
      .map((episode) => ({ episode, alert: taken.get(episode) ?? null })),
    left: [...free].toSorted((a, b) => a.id - b.id),
  };
}

/** Whether an episode tells of what an alert stands on: under its rule, or as a part of it. */
export function isPartOf(alert: Stored, episode: OfFindings): boolean {
  const couple = coupleOf(episode, alert);
  return (isSame(couple) && couple.overlap > 0) || isKin(couple);
}

interface Couple<Alert, Episode> {
  episode: Episode;
  alert: Alert;
  /** Milliseconds. */
  overlap: number;
}

function coupleOf<Alert extends Stretch, Episode extends Stretch>(
  episode: Episode,
  alert: Alert,
): Couple<Alert, Episode> {
  const first = Math.max(episode.startedAt, alert.startedAt);
  return { episode, alert, overlap: Math.min(episode.lastAt, alert.lastAt) - first };
}

function isSame({ episode, alert }: Couple<Stretch, Stretch>): boolean {
  return episode.rule === alert.rule && episode.subject === alert.subject;
}

/** Whether the findings of the one are among those of the other, although the rule is another. */
function isKin({ episode, alert, overlap }: Couple<Stored, OfFindings>): boolean {
  if (episode.rule === alert.rule) return false;
  const tookIn = episode.findings.some(
    ({ rule, subject, startAt, endAt }) =>
      rule === alert.rule &&
      (alert.subject === '' || subject === alert.subject) &&
      startAt < alert.lastAt &&
      alert.startedAt < endAt,
  );
  const wasIn = alert.evidence?.rules.some(
    ({ rule, subject }) =>
      rule === episode.rule && (episode.subject === '' || subject?.id === episode.subject),
  );
  return tookIn || (wasIn === true && overlap > 0);
}

type Any = Couple<Stored, Stretch>;

const byWithdrawn = (a: Any, b: Any) =>
  Number(a.alert.withdrawnAt !== null) - Number(b.alert.withdrawnAt !== null);
const byOverlap = (a: Any, b: Any) => b.overlap - a.overlap;
const byAge = (a: Any, b: Any) => a.alert.id - b.alert.id || inOrder(a.episode, b.episode);

function inOrder(a: Stretch, b: Stretch): number {
  if (a.startedAt !== b.startedAt) return a.startedAt - b.startedAt;
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1;
  return a.subject < b.subject ? -1 : 1;
}
