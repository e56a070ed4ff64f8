import type { Day } from '../../domain/day.ts';
import { addDays, parseDay } from '../../domain/day.ts';
import type { DailyHistory } from '../../domain/forecast/counts/daily-counts.ts';
import { uniformRandom } from '../../domain/random.ts';
import { drawsOf } from '../../domain/statistics/draws.ts';

/** Daily counts whose future is known. */
export interface MadeUpDays {
  history: DailyHistory;
  /** What comes on the days of `history.future`. */
  came: number[];
}

const FIRST = parseDay('2024-01-01'); // a Monday
const WALKS = [0, 0.005, 0.01, 0.02] as const;

/**
 * Counts of a made-up tenant: weekdays, holidays, a yearly wave, a slight trend, a level that wanders (by 0 to 2 % a
 * day, by the seed), and negative binomial chance; every fiftieth day was not collected.
 */
export function madeUpDays(
  seed: number,
  { past, ahead }: { past: number; ahead: number },
): MadeUpDays {
  const draws = drawsOf(uniformRandom(seed));
  const base = Math.exp(1 + 4 * draws.uniform());
  const dispersion = 1 + 2 * draws.uniform();
  const [wave, phase] = [0.25 * draws.uniform(), 6 * draws.uniform()];
  const trend = (draws.uniform() - 0.5) * 0.002;
  const weekend = 0.1 + 0.5 * draws.uniform();
  const walk = WALKS[seed % WALKS.length] ?? 0;
  let level = 0;
  const days = Array.from({ length: past + ahead }, (_, t) => {
    level = 0.998 * level + walk * draws.normal();
    const holiday = draws.uniform() < 0.03;
    const weekday = t % 7;
    const usual = holiday ? 0.8 * weekend : weekday >= 5 ? weekend : weekday === 0 ? 1.3 : 1;
    const slow = level + wave * Math.sin((2 * Math.PI * t) / 365.25 + phase) + trend * t;
    const count = draws.negativeBinomial(base * usual * Math.exp(slow), dispersion);
    return { day: addDays(FIRST, t) as Day, count, holiday };
  });
  const known = days.slice(0, past).map((one, t) => (t % 50 === 3 ? { ...one, count: null } : one));
  const coming = days.slice(past);
  return {
    history: {
      days: known,
      future: coming.map(({ day, holiday }) => ({ day, holiday })),
      random: uniformRandom(seed + 1),
    },
    came: coming.map(({ count }) => count),
  };
}
