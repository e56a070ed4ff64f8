import { type SQL, sql } from 'drizzle-orm';
import { type Day, daysBetween } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';

interface Asked {
  tenantId: number;
  bucket: 'hour' | 'day';
  first: Day;
  last: Day;
}

/**
 * How many series were judged on each day from `first` to `last`; days without any are left out. Years of hours are stored:
 * each series and day is looked up once, instead of counting all rows.
 */
export async function judgedSeries(
  { dialect, read }: Store,
  { tenantId, bucket, first, last }: Asked,
): Promise<Map<Day, number>> {
  const days = dialect.jsonRows(
    daysBetween(first, last).map((day) => [day]),
    ['text'],
  );
  const rows = await dialect.rows<{ day: Day; series: number }>(
    read,
    sql`${withNames(tenantId, bucket)}
        select days.c0 as day, (
          select count(*) from names
          where exists (
            select 1 from watched_level as told
            where told.tenant_id = ${tenantId} and told.bucket = ${bucket}
              and told.series = names.series and told.day = days.c0 and told.p is not null)
        ) as series
        from ${days} as days`,
  );
  return new Map(
    rows.map(({ day, series }): [Day, number] => [day, Number(series)]).filter(([, n]) => n > 0),
  );
}

/** The series of which anything is stored, by jumps from one to the next in the primary key. */
export async function storedSeries(
  { dialect, read }: Store,
  { tenantId, bucket }: Pick<Asked, 'tenantId' | 'bucket'>,
): Promise<string[]> {
  const rows = await dialect.rows<{ series: string }>(
    read,
    sql`${withNames(tenantId, bucket)} select series from names where series is not null`,
  );
  return rows.map(({ series }) => series);
}

/** Defines `names` of all series of a bucket; its last row is null. */
const withNames = (tenantId: number, bucket: 'hour' | 'day'): SQL => sql`
  with recursive names(series) as (
    select min(series) from watched_level
    where tenant_id = ${tenantId} and bucket = ${bucket} and series >= ''
    union all
    select (select min(series) from watched_level
            where tenant_id = ${tenantId} and bucket = ${bucket} and series > names.series)
    from names where names.series is not null)`;
