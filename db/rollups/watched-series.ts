import { setImmediate as others } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { FURTHER_SERIES, type SeriesName, TOTAL_SERIES } from '../../domain/surveillance/series.ts';
import type { HeldLease } from '../store/lease.ts';

/** The counts of one series by day and start (0 for a day); nothing where there was none. */
export type SeriesCounts = ReadonlyMap<string, number>;

export const countKey = (day: Day, startAt: number | string): string => `${day} ${startAt}`;

/** As the driver tells them: PostgreSQL's large numbers are texts. */
type Told = number | string;
type CountRow = { series: SeriesName; day: Day; start_at: Told; count: Told };
type FailureRow = Record<'start_at' | 'failed' | 'people' | 'addresses', Told> & {
  method: string;
  day: Day;
};

/** Every series that has a name of its own or any count from `first` to `last`, with its counts. */
export async function watchedSeries(
  lease: HeldLease,
  bucket: 'day' | 'hour',
  { first, last }: { first: Day; last: Day },
): Promise<Map<SeriesName, SeriesCounts>> {
  const { tenantId } = lease;
  const { dialect, read } = lease.store;
  const all = new Map<SeriesName, Map<string, number>>();
  for (const series of [...TOTAL_SERIES, ...FURTHER_SERIES]) all.set(series, new Map());
  const put = (series: SeriesName, key: string, count: number | string) => {
    if (Number(count) === 0) return;
    const own = all.get(series);
    if (own) own.set(key, Number(count));
    else all.set(series, new Map([[key, Number(count)]]));
  };
  const period = sql`tenant_id = ${tenantId} and bucket = ${bucket} and day between ${first} and ${last}`;
  // Tens of thousands of rows: Drizzle would take longer to name them than the database to read them.
  const failures = await dialect.rows<FailureRow>(
    read,
    sql`select method, day, start_at, failed, people, addresses from verification_count where ${period}`,
  );
  for (const { method, day, start_at, failed, people, addresses } of failures) {
    const key = countKey(day, start_at);
    if (method !== '') put(`method:${method}`, key, failed);
    else {
      put('failed', key, failed);
      put('people', key, people);
      put('addresses', key, addresses);
    }
  }
  await others();
  const counts = await dialect.rows<CountRow>(
    read,
    sql`select series, day, start_at, count from watched_count where ${period}`,
  );
  for (const { series, day, start_at, count } of counts)
    put(series, countKey(day, start_at), count);
  await others();
  return all;
}
