import { addDays, HOUR_MS, parseDay } from '../../domain/day.ts';
import { uniformRandom } from '../../domain/random.ts';
import { drawsOf } from '../../domain/statistics/draws.ts';
import type { DailyCount } from '../../domain/surveillance/daily-series.ts';
import type { HourlyCount } from '../../domain/surveillance/hourly-series.ts';

/** A made-up tenant's rhythm. */
export interface Rhythm {
  seed: number;
  /** Counts of an ordinary day or hour. */
  mean: number;
  /** Variance over mean of a count: 1 is Poisson's. */
  spread: number;
  /** Flat; fewer at weekends and at night; or nothing at weekends and next to nothing at night. */
  shape: 'flat' | 'week' | 'working days';
  /** From the first to the last, the mean grows by so many times. */
  growth: number;
  /** Nothing missing, a tenth of it, or the last ones before the end. */
  gaps: 'none' | 'random' | 'before the end';
  /** Days or hours before the last. */
  length: number;
  /** Where in the week it begins. */
  offset: number;
}

/** What a rhythm brought, and what the one after it usually brings. */
export interface Brought {
  counts: (number | null)[];
  usualNext: number;
}

const WEEKEND = { flat: 1, week: 0.25, 'working days': 0 };
const NIGHT = { flat: 1, week: 0.2, 'working days': 0.02 };
const GAP_MOST = 20;

/** `perDay`: 1 for days, 24 for hours. */
export function brought(rhythm: Rhythm, perDay: 1 | 24): Brought {
  const { seed, mean, spread, shape, growth, gaps, length, offset } = rhythm;
  const draws = drawsOf(uniformRandom(seed));
  const usual = (i: number): number => {
    const at = i + offset;
    const weekend = Math.floor(at / perDay) % 7 >= 5;
    const hour = perDay === 1 ? 12 : at % 24;
    const night = hour < 7 || hour >= 19;
    const grown = growth ** (i / length - 1);
    return mean * (weekend ? WEEKEND[shape] : 1) * (night ? NIGHT[shape] : 1) * grown;
  };
  const gap = Math.min(Math.floor(length / 3), GAP_MOST);
  const counts = Array.from({ length }, (_, i) => {
    const count = draws.negativeBinomial(usual(i), spread);
    const missing =
      (gaps === 'random' && i > 0 && draws.uniform() < 0.1) ||
      (gaps === 'before the end' && i >= length - gap);
    return missing ? null : count;
  });
  return { counts, usualNext: usual(length) };
}

const FIRST = parseDay('2024-01-01');
const FIRST_AT = Date.UTC(2024, 0, 1);

/** Counts as days from a Monday on, `offset` days after it. */
export function asDays(counts: readonly (number | null)[], offset = 0): DailyCount[] {
  return counts.map((count, i) => ({ day: addDays(FIRST, i + offset), count, holiday: false }));
}

/** Counts as hours from a Monday's midnight on, `offset` hours after it. */
export function asHours(counts: readonly (number | null)[], offset = 0): HourlyCount[] {
  return counts.map((count, i) => {
    const hour = i + offset;
    const weekday = Math.floor(hour / 24) % 7;
    return { at: FIRST_AT + hour * HOUR_MS, count, localHour: hour % 24, weekday, holiday: false };
  });
}
