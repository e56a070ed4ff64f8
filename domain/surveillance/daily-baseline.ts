import type { DailySeries } from './daily-series.ts';
import { weekdayAt } from './daily-series.ts';
import { usualPart } from './predicted-count.ts';
import { type RobustFit, robustCountFit } from './robust-count-fit.ts';
import { type Entry, entriesTimes, sparseDesign } from './sparse-design.ts';

/** What a day is expected to bring, before the level of the last weeks is known. */
export interface DailyBaseline {
  meanOf(at: number): number;
  /** What a day's count adds to the level: an outbreak's no more than is usual. */
  usualOf(at: number, count: number): number;
  /** Variance over mean. */
  spread: number;
  /** How uncertain the mean itself is, as a part of it, squared: 0 with a long history. */
  relativeVarianceOf(at: number): number;
  /** Whether there is enough history to know the shape of a year. */
  long: boolean;
}

/** Until the shape of a year can be known, all that is before the last weeks misleads. */
const LONG_DAYS_LEAST = 547;
const DAYS_MOST = { long: 3 * 365, short: 63 };
/** Days before it that a baseline leaves out, so that a slow outbreak does not become usual. */
const GUARD_DAYS = { long: 14, short: 7, first: 2 };
export const FIRST_DAYS = 56;
/** Of the year's shape, and from how many days on they are so many. */
const HARMONICS = { fewer: 3, more: 5, moreFrom: 730 };
/** Days since the first one, and collected ones, without which nothing is told. */
const HISTORY_LEAST = 7;
const DAYS_LEAST = 3;
/** What is held of the variance over the mean before much is seen. */
const SHORT_SPREAD = { spread: 2, rows: 10 };
const HOLIDAYS_LEAST = 3;
/** A weekday on which nothing ever happens keeps this mean. */
const MEAN_LEAST = 0.001;
const SUNDAY = 6;

/** What the model has, which depends on how long the history is. */
interface Shape {
  trend: boolean;
  harmonics: number;
  holiday: boolean;
  dayAfter: boolean;
  until: number;
  yearDays: number;
}

/**
 * The model of a day's count by weekday, trend, time of the year and holidays, fitted to the days before `at` (its place
 * in the series) by quasi-Poisson regression that past outbreaks hardly move: Farrington et al. 1996 and Noufaily et
 * al. 2013 carried to days. With less than a year and a half of history: weekdays of the last nine weeks alone, drawn
 * towards each other, a holiday being a Sunday, and a spread drawn towards 2. `yearDays`: length of a year. Null before
 * the 8th day.
 */
export function dailyBaseline(
  series: DailySeries,
  at: number,
  { yearDays }: { yearDays: number },
): DailyBaseline | null {
  const all = collected(series, Math.max(0, at - DAYS_MOST.long), at);
  const history = at - (all[0] ?? at);
  const long = history >= LONG_DAYS_LEAST;
  const until = at - guardOf(history);
  const days = collected(series, Math.max(0, at - DAYS_MOST[long ? 'long' : 'short']), until);
  if (history < HISTORY_LEAST || days.length < DAYS_LEAST) return null;
  const shape = shapeOf(series, days, { until, yearDays, long });
  const columns = columnsOf(shape);
  const ridge = new Float64Array(columns).fill(long ? 1e-4 : 1);
  ridge[0] = 1e-6;
  const fit = robustCountFit(
    sparseDesign(
      columns,
      days.map((day) => rowOf(series, day, shape)),
    ),
    days.map((day) => series.counts[day] as number),
    { ridge, ...(!long && { spreadPrior: SHORT_SPREAD, fewRows: true }) },
  );
  return fit && baselineOf(series, fit, { shape, long });
}

function guardOf(history: number): number {
  if (history < FIRST_DAYS) return GUARD_DAYS.first;
  return history < LONG_DAYS_LEAST ? GUARD_DAYS.short : GUARD_DAYS.long;
}

function baselineOf(
  series: DailySeries,
  fit: RobustFit,
  { shape, long }: { shape: Shape; long: boolean },
): DailyBaseline {
  const { spread } = fit;
  const meanOf = (at: number): number =>
    Math.max(MEAN_LEAST, Math.exp(entriesTimes(rowOf(series, at, shape), fit.coefficients)));
  return {
    ...{ spread, long, meanOf },
    usualOf: (at, count) => {
      const mean = meanOf(at);
      return usualPart(count, { mean, variance: spread * mean });
    },
    relativeVarianceOf: (at) => (long ? 0 : spread * fit.leverage(rowOf(series, at, shape))),
  };
}

function collected({ counts }: DailySeries, since: number, until: number): number[] {
  const days: number[] = [];
  for (let at = since; at < until; at++) if (!Number.isNaN(counts[at])) days.push(at);
  return days;
}

function shapeOf(
  { holidays }: DailySeries,
  days: readonly number[],
  { until, yearDays, long }: { until: number; yearDays: number; long: boolean },
): Shape {
  const span = until - (days[0] ?? until);
  const seen = days.filter((day) => holidays[day]).length;
  const seenAfter = days.filter((day) => holidays[day - 1] && !holidays[day]).length;
  return {
    trend: long,
    harmonics: long ? harmonicsOf(span) : 0,
    holiday: long && seen >= HOLIDAYS_LEAST,
    dayAfter: long && seenAfter >= HOLIDAYS_LEAST,
    ...{ until, yearDays },
  };
}

function harmonicsOf(span: number): number {
  return span < HARMONICS.moreFrom ? HARMONICS.fewer : HARMONICS.more;
}

/** Intercept, six weekdays, trend, two for each harmonic, holiday, day after one. */
const columnsOf = ({ trend, harmonics, holiday, dayAfter }: Shape): number =>
  7 + Number(trend) + 2 * harmonics + Number(holiday) + Number(dayAfter);

function rowOf(series: DailySeries, at: number, shape: Shape): Entry[] {
  const isHoliday = series.holidays[at] === 1;
  const weekday = isHoliday && !shape.holiday ? SUNDAY : weekdayAt(series, at);
  const row: Entry[] = [[0, 1]];
  if (weekday > 0) row.push([weekday, 1]);
  let column = 7;
  if (shape.trend) row.push([column++, (at - shape.until) / 365]);
  for (let k = 1; k <= shape.harmonics; k++) {
    const angle = (2 * Math.PI * k * at) / shape.yearDays;
    row.push([column++, Math.cos(angle)], [column++, Math.sin(angle)]);
  }
  if (shape.holiday && isHoliday) row.push([column, 1]);
  if (shape.holiday) column += 1;
  if (shape.dayAfter && !isHoliday && series.holidays[at - 1] === 1) row.push([column, 1]);
  return row;
}
