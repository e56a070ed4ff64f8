/** Counts in equal steps of time, and what is known beforehand of each step, past and future. */
export interface CountSeries {
  /** Past counts, oldest first; NaN where not known. */
  counts: Float64Array;
  /** Steps after which the pattern repeats: 7 for days, 12 for months; 1 for none. */
  season: number;
  /** Place in the season, from 0, of every past and future step. */
  slots: Int32Array;
  /** How much every past and future step is exposed, next to the others: people, holidays. Above 0. */
  exposure: Float64Array;
  /** Steps of a year, for a slow yearly wave; 0 where the season is all there is. */
  year: number;
  /** What a trend keeps of its slope from a step to the next. */
  damping: number;
}

/** The series as it was known `steps` steps after its start. */
export function asOf(series: CountSeries, steps: number): CountSeries {
  return { ...series, counts: series.counts.subarray(0, steps) };
}

/** Past counts over their exposure; NaN where not known. */
export function ratesOf({ counts, exposure }: CountSeries): Float64Array {
  return counts.map((count, i) => count / (exposure[i] as number));
}

/** A way of telling future counts from past ones. */
export interface Member {
  /** For people. */
  name: string;
  /** Expected counts of the `steps` steps after the known ones; null where the series is too short or too odd for it. */
  expected(series: CountSeries, steps: number): Float64Array | null;
}

export function isUsable(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]) || (values[i] as number) < 0) return false;
  return true;
}
