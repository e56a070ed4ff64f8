import { type HourlySeries, hourOfWeek, profileDay } from './hourly-series.ts';
import { usualPart } from './predicted-count.ts';
import { type RobustFit, robustCountFit } from './robust-count-fit.ts';
import { type Entry, entriesTimes, sparseDesign } from './sparse-design.ts';

/** What an hour is expected to bring, before the level of the last week is known. */
export interface HourlyBaseline {
  meanOf(at: number): number;
  /** Variance over mean, by how much is expected. */
  spreadOf(mean: number): number;
  /** How uncertain the hour of the week is, as a part of the mean, squared. */
  relativeVarianceOf(at: number): number;
  /** What an hour's count adds to the level: an outbreak's no more than is usual. */
  usualOf(at: number, count: number): number;
  /** Of all hours together: the level's. */
  spread: number;
}

const HOURS_MOST = 10 * 168;
const GUARD_HOURS = 24;
/** Four weeks: a trend before them is noise. */
const TREND_HOURS_LEAST = 4 * 168;
/** Hours from the first one to the last one that is not left out, above which it is the eighth day; and collected ones among them. */
const SPAN_MOST_UNTOLD = 5 * 24;
const HOURS_LEAST = 4 * 24;
const WEEKEND = 5;
/** Of the means by which the spread differs. */
const BANDS = [1, 8, 64, 512] as const;
/** Hours that a band's spread is drawn to the common one by, and the variances an hour of the week is drawn to the model by. */
const BAND_PRIOR = 100;
const CELL_PRIOR = 6;
const MEAN_LEAST = 0.001;

/** Columns: hours of a day, of a weekend's day, weekdays, then trend, day after a holiday and what all hours have. */
const HOURS = 0;
const WEEKEND_HOURS = 24;
const WEEKDAYS = 48;
const TREND = 55;
const DAY_AFTER = 56;
const COMMON = 57;
const COLUMNS = 58;

/**
 * The model of an hour's count by hour, weekday, weekend, trend and the day after a holiday, on the ten weeks that end a
 * day before `at`, then each of the 168 hours of a week drawn towards it (empirical Bayes: Clayton and Kaldor 1987), and
 * the spread by how much is expected. Null before the eighth day.
 */
export function hourlyBaseline(series: HourlySeries, at: number): HourlyBaseline | null {
  const until = at - GUARD_HOURS;
  const hours: number[] = [];
  for (let hour = Math.max(0, until - HOURS_MOST); hour < until; hour++)
    if (!Number.isNaN(series.counts[hour])) hours.push(hour);
  if (hours.length < HOURS_LEAST || until - (hours[0] ?? until) <= SPAN_MOST_UNTOLD) return null;
  const trend = hours.length >= TREND_HOURS_LEAST;
  const counts = hours.map((hour) => series.counts[hour] as number);
  const rows = hours.map((hour) => rowOf(series, hour, { until, trend }));
  const fit = robustCountFit(sparseDesign(COLUMNS, rows), counts, { ridge: RIDGE, fewRows: true });
  if (!fit) return null;
  const cells = cellFactors(series, { hours, counts, fit });
  const spreadOf = bandSpreads({ counts, fit });
  const meanOf = (hour: number): number => {
    const model = Math.exp(entriesTimes(rowOf(series, hour, { until, trend }), fit.coefficients));
    return Math.max(MEAN_LEAST, model * (cells.factor[hourOfWeek(series, hour)] as number));
  };
  return {
    ...{ meanOf, spreadOf, spread: fit.spread },
    relativeVarianceOf: (hour) => cells.variance[hourOfWeek(series, hour)] as number,
    usualOf: (hour, count) => {
      const mean = meanOf(hour);
      return usualPart(count, { mean, variance: mean * spreadOf(mean) });
    },
  };
}

/** How a weekend, a weekday or a day after a holiday differs is drawn to not at all; an hour of the day hardly, one never seen being like the others. */
const RIDGE = Float64Array.from({ length: COLUMNS }, (_, column) => {
  if (column === COMMON) return 0.001;
  return column < WEEKEND_HOURS ? 0.1 : 0.5;
});

function rowOf(
  series: HourlySeries,
  at: number,
  { until, trend }: { until: number; trend: boolean },
): Entry[] {
  const hour = series.localHours[at] as number;
  const weekday = profileDay(series, at);
  const row: Entry[] = [[HOURS + hour, 1]];
  if (weekday >= WEEKEND) row.push([WEEKEND_HOURS + hour, 1]);
  row.push([WEEKDAYS + weekday, 1]);
  if (trend) row.push([TREND, (at - until) / HOURS_MOST]);
  if (series.daysAfter[at]) row.push([DAY_AFTER, 1]);
  row.push([COMMON, 1]);
  return row;
}

interface Fitted {
  counts: readonly number[];
  fit: RobustFit;
}

/** Gamma posterior means of each hour of the week over the model, and their variances as a part of the square. */
function cellFactors(
  series: HourlySeries,
  { hours, counts, fit }: Fitted & { hours: readonly number[] },
): { factor: Float64Array; variance: Float64Array } {
  const prior = CELL_PRIOR * fit.spread;
  const [sums, means] = [new Float64Array(168).fill(prior), new Float64Array(168).fill(prior)];
  for (const [i, hour] of hours.entries()) {
    const cell = hourOfWeek(series, hour);
    const weight = fit.weights[i] as number;
    sums[cell] = (sums[cell] as number) + weight * (counts[i] as number);
    means[cell] = (means[cell] as number) + weight * (fit.fitted[i] as number);
  }
  return {
    factor: sums.map((sum, cell) => sum / (means[cell] as number)),
    variance: means.map((mean) => fit.spread / mean),
  };
}

function bandSpreads({ counts, fit }: Fitted): (mean: number) => number {
  const bands = Array.from({ length: BANDS.length + 1 }, () => ({ rows: 0, squares: 0, means: 0 }));
  for (const [i, mean] of fit.fitted.entries()) {
    const band = bands[bandOf(mean)];
    if (!band) continue;
    const weight = fit.weights[i] as number;
    band.rows += 1;
    band.squares += weight * ((counts[i] as number) - mean) ** 2;
    band.means += weight * mean;
  }
  const spreads = bands.map(({ rows, squares, means }) => {
    const own = means > 0 ? Math.max(1, squares / means) : 1;
    return (BAND_PRIOR * fit.spread + rows * own) / (BAND_PRIOR + rows);
  });
  return (mean) => spreads[bandOf(mean)] as number;
}

const bandOf = (mean: number): number => BANDS.filter((bound) => mean >= bound).length;
