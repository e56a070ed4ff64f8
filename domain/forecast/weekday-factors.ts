import type { CoverageHistory } from './coverage-history.ts';

/** Gains that the prior of "no weekday differs" is worth. */
const PRIOR_GAINS = 8;

/** Day number -> 0 (Monday) to 6: 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** How many are gained on each weekday, 1 on average: gamma-Poisson shrinkage, steps left out. */
export function weekdayFactors({ ends, spans, gains, weights }: CoverageHistory): Float64Array {
  const gained = new Float64Array(7);
  const days = new Float64Array(7);
  for (let i = 0; i < ends.length; i++) {
    if (spans[i] !== 1) continue;
    const weekday = weekdayOf(ends[i] as number);
    const weight = weights[i] as number;
    gained[weekday] = (gained[weekday] as number) + weight * (gains[i] as number);
    days[weekday] = (days[weekday] as number) + weight;
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const perDay = sum(gained) / Math.max(1e-9, sum(days));
  const factors = gained.map(
    (value, weekday) => (value + PRIOR_GAINS) / (perDay * (days[weekday] as number) + PRIOR_GAINS),
  );
  const mean = sum(factors) / 7;
  return factors.map((factor) => factor / mean);
}
