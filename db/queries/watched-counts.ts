import { and, between, eq } from 'drizzle-orm';
import type { SeriesName } from '../../domain/surveillance/series.ts';
import type { Store } from '../store-types.ts';
import type { PeriodInput } from './reset-days.ts';

/** A day or hour of one series, as text: the day, or the UTC start of the hour. */
export const placeOf = (day: string, startAt: number) => (startAt === 0 ? day : String(startAt));

/** Counts of a watched series in a period, by `placeOf`; nothing where there was none. */
export async function watchedCounts(
  { t: { watchedCount: watched }, read }: Store,
  {
    tenantId,
    first,
    last,
    bucket,
    series,
  }: PeriodInput & { bucket: 'hour' | 'day'; series: SeriesName },
): Promise<Map<string, number>> {
  const { day, startAt, count } = watched;
  const rows = await read
    .select({ day, startAt, count })
    .from(watched)
    .where(
      and(
        eq(watched.tenantId, tenantId),
        eq(watched.bucket, bucket),
        eq(watched.series, series),
        between(day, first, last),
      ),
    );
  return new Map(rows.map((row) => [placeOf(row.day, row.startAt), row.count]));
}
