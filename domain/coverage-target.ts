import { type Day, isDay } from './day.ts';

/** What coverage should reach. */
export interface CoverageTarget {
  /** Whole percent of the population, 1 to 100. */
  percent: number;
  /** By when; null: no day set. */
  day: Day | null;
}

/** The target that the settings `target_coverage` and `target_day` hold; null: none set. A day alone is no target. */
export function coverageTarget(settings: Readonly<Record<string, string>>): CoverageTarget | null {
  const { target_coverage: percent = '', target_day: day = '' } = settings;
  if (percent === '') return null;
  return { percent: Number(percent), day: isDay(day) ? day : null };
}
