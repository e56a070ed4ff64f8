import { and, between, eq, inArray } from 'drizzle-orm';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import { currentSurveillance } from '../store/surveillance-settings.ts';
import type { Store } from '../store-types.ts';
import { type MarkedLevels, markedLevels } from './marked-levels.ts';
import type { PeriodInput } from './reset-days.ts';
import { placeOf } from './watched-counts.ts';

export interface Band {
  expected: number | null;
  /** From this count on it is unusual by itself. */
  upper: number | null;
  level: AlertLevel | null;
}

/** Of a bucket with too little history before it, and of what is not watched. */
export const NO_BAND: Band = { expected: null, upper: null, level: null };

interface Asked extends PeriodInput {
  bucket: 'hour' | 'day';
  series: readonly SeriesName[];
}

/** Bands by series and `placeOf`. */
export type Bands = Map<SeriesName, Map<string, Band>>;

/** What was last judged of some series in a period, with the levels that the settings in force make of it. */
export async function watchedBands(store: Store, asked: Asked): Promise<Bands> {
  if (asked.series.length === 0) return new Map();
  const { settings } = await currentSurveillance(store, asked.tenantId);
  const rows = await rowsOf(store, asked);
  const levels: MarkedLevels =
    rows.length === 0 ? new Map() : await markedLevels(store, asked, settings);
  const bands: Bands = new Map();
  for (const { series, day, startAt, expected, upper } of rows) {
    const place = placeOf(day, startAt);
    const level = levels.get(series)?.get(place) ?? null;
    const own = bands.get(series) ?? new Map<string, Band>();
    bands.set(series, own.set(place, { expected, upper, level }));
  }
  return bands;
}

function rowsOf({ t: { watchedLevel: told }, read }: Store, asked: Asked) {
  const { tenantId, bucket, first, last, series } = asked;
  const { day, startAt, expected, upper } = told;
  return read
    .select({ series: told.series, day, startAt, expected, upper })
    .from(told)
    .where(
      and(
        ...[eq(told.tenantId, tenantId), eq(told.bucket, bucket), between(day, first, last)],
        inArray(told.series, [...series]),
      ),
    );
}
