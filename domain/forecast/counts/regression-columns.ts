import type { CountSeries } from './count-series.ts';

/** Seasons of more places are told by waves, not place by place. */
export const PLACES_MAX = 24;
const WAVES = 3;
/** Years of history from which a yearly wave is told from a trend. */
const YEARS_LEAST = 1.5;
/** Seasons from which a trend is told. */
const TREND_SEASONS_LEAST = 3;
const TREND_STEPS_LEAST = 30;

/** Which columns a regression has beside the places of the season. */
export interface RegressionForm {
  trend: boolean;
  wave: boolean;
}

/** What the columns of a regression are. */
export interface RegressionColumns {
  trend: boolean;
  /** Places of the season with an effect of their own. */
  places: number[];
  /** Steps of the slow wave; 0 for none. */
  wave: number;
}

/** Null where the history is too short for the form. */
export function columnsOf(
  series: CountSeries,
  known: number[],
  { trend, wave: waved }: RegressionForm,
): RegressionColumns | null {
  const { season, slots, year, counts } = series;
  if (trend && known.length < Math.max(TREND_STEPS_LEAST, TREND_SEASONS_LEAST * season))
    return null;
  const byWaves = season > PLACES_MAX;
  const slow = byWaves ? season : year;
  const seen = new Int32Array(season);
  for (const i of known) seen[slots[i] as number] = (seen[slots[i] as number] as number) + 1;
  const places = byWaves ? [] : [...seen.keys()].filter((slot) => (seen[slot] as number) > 1);
  if (waved && !(slow > 0 && counts.length >= YEARS_LEAST * slow)) return null;
  const wave = waved ? slow : 0;
  // The first place is what the intercept tells.
  const columns = { trend, places: places.slice(1), wave };
  return known.length > widthOf(columns) + 3 ? columns : null;
}

export const widthOf = ({ trend, places, wave }: RegressionColumns): number =>
  1 + (trend ? 1 : 0) + places.length + (wave > 0 ? 2 * WAVES : 0);

/** One step's values. `time`: steps from the end of the known ones, those to come damped. */
export function rowOf(
  { slots }: CountSeries,
  at: number,
  time: number,
  columns: RegressionColumns,
): number[] {
  const row = columns.trend ? [1, time / 100] : [1];
  for (const place of columns.places) row.push(slots[at] === place ? 1 : 0);
  if (columns.wave > 0)
    for (let wave = 1; wave <= WAVES; wave++) {
      const angle = (2 * Math.PI * wave * at) / columns.wave;
      row.push(Math.sin(angle), Math.cos(angle));
    }
  return row;
}
