import { type Day, nextDay } from '../../domain/day.ts';

/** Runs of missing days, each in words of its ends. */
export function missingRuns(
  days: readonly { day: string; missing: boolean }[],
): { first: string; last: string }[] {
  const runs: { first: string; last: string }[] = [];
  for (const { day, missing } of days) {
    if (!missing) continue;
    const run = runs.at(-1);
    if (run && nextDay(run.last as Day) === day) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs;
}
