import type { Day } from '../../day.ts';
import { dayNumber } from '../coverage-history.ts';
import { weekdayOf } from '../weekday-factors.ts';
import { countForecast } from './count-forecast.ts';
import type { CountSeries } from './count-series.ts';
import { holidayRatio } from './holiday-ratio.ts';

/** What is known of a tenant's daily counts, and the days to tell. */
export interface DailyHistory {
  /** Oldest first, no day left out. `count` null: not collected. */
  days: readonly { day: Day; count: number | null; holiday: boolean }[];
  /** The days to tell, following on. */
  future: readonly { day: Day; holiday: boolean }[];
  /** People in the population per day, history then future: counts are taken to grow with them. Null: not known. */
  population?: readonly (number | null)[];
  /** Uniform numbers in [0, 1). */
  random: () => number;
}

/** Daily counts in the days to come. */
export interface DailyForecast {
  /** 2,000 futures, each as long as `future`: whole counts. Sums over days are the sums within one future. */
  paths: readonly Float64Array[];
  /** What the forecast is made of, in words, and what each weighs: 1 together. */
  members: { name: string; weight: number }[];
  /** Variance of a single day's count over its mean, the level being right: 1 for counts of independent people. */
  dispersion: number;
  /** Collected days that it is made from. */
  historyDays: number;
}

/** Four weeks: with fewer collected days a weekday cannot be told from chance. */
export const DAILY_DAYS_LEAST = 28;

const YEAR_DAYS = 365.25;
/** What a trend keeps of its slope from a day to the next. */
const DAMPING = 0.98;

/**
 * How daily counts will go on: negative binomial regression, exponential smoothing and a seasonal naive forecast
 * together, with bands from their errors in the past. A holiday counts as a Sunday, times how it differed from one.
 * Null with fewer than `DAILY_DAYS_LEAST` collected days, or where nothing was ever counted.
 */
export function forecastDailyCounts(history: DailyHistory): DailyForecast | null {
  const { days, future, random } = history;
  const collected = days.filter(({ count }) => isCount(count));
  if (collected.length < DAILY_DAYS_LEAST || collected.every(({ count }) => count === 0))
    return null;
  const first = days.findIndex(({ count }) => isCount(count));
  const forecast = countForecast(seriesOf(history, first), {
    ...{ steps: future.length, whole: true, random },
  });
  return (
    forecast && {
      paths: forecast.paths,
      members: forecast.members,
      dispersion: forecast.errors.dispersion,
      historyDays: collected.length,
    }
  );
}

const isCount = (count: number | null): count is number =>
  count !== null && Number.isFinite(count) && count >= 0;

/** From the first collected day on. */
function seriesOf({ days, future, population }: DailyHistory, first: number): CountSeries {
  const all = [...days, ...future].slice(first);
  const counts = Float64Array.from(days.slice(first), ({ count }) =>
    isCount(count) ? count : Number.NaN,
  );
  const slots = Int32Array.from(all, ({ day, holiday }) =>
    holiday ? SUNDAY : weekdayOf(dayNumber(day)),
  );
  const people = exposureOf(population?.slice(first), all.length, counts.length);
  const holiday = all.map((one) => one.holiday);
  const ratio = holidayRatio({ counts, slots, holiday, sunday: SUNDAY });
  return {
    ...{ counts, slots, season: 7, year: YEAR_DAYS, damping: DAMPING },
    exposure: people.map((part, i) => (holiday[i] ? part * ratio : part)),
  };
}

const SUNDAY = 6;

/** People of each day next to those of the last known past day; a day without number has those of the day before. */
function exposureOf(
  population: readonly (number | null)[] | undefined,
  length: number,
  past: number,
): Float64Array {
  const people = new Float64Array(length).fill(Number.NaN);
  for (let i = 0; i < length; i++) {
    const own = population?.[i];
    people[i] =
      own && own > 0 && Number.isFinite(own) ? own : i > 0 ? (people[i - 1] as number) : Number.NaN;
  }
  const firstKnown = people.find((value) => !Number.isNaN(value)) ?? 1;
  const filled = people.map((value) => (Number.isNaN(value) ? firstKnown : value));
  const last = filled[Math.max(0, past - 1)] ?? 1;
  return filled.map((value) => value / last);
}
