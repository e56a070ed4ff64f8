import type { Episode } from './episodes.ts';
import { highest } from './raised-level.ts';
import type { AlertRule } from './rule-list.ts';

interface SettledAlert {
  rule: AlertRule;
  subject: string;
  startedAt: number;
  lastAt: number;
}

/**
 * What episodes are beyond alerts that are settled: over, and never changed again. One that ends within such an alert of
 * its rule and subject is told by it; of one that goes on, what comes after the alert's end is an episode of its own.
 */
export function afterSettled(
  episodes: readonly Episode[],
  settled: readonly SettledAlert[],
): Episode[] {
  return episodes.flatMap((episode) => {
    const { rule, subject, startedAt, lastAt } = episode;
    const told = settled
      .filter((one) => one.rule === rule && one.subject === subject)
      .filter((one) => one.startedAt < lastAt && startedAt < one.lastAt)
      .reduce((until, one) => Math.max(until, one.lastAt), startedAt);
    if (told === startedAt) return [episode];
    const findings = episode.findings.filter(({ endAt }) => endAt > told);
    const level = highest(findings.map((one) => one.level));
    return told >= lastAt || level === null
      ? []
      : [{ ...episode, startedAt: told, level, findings }];
  });
}
