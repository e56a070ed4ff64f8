import { type SQL, sql } from 'drizzle-orm';
import type { ReadWindow } from '../../domain/collected.ts';
import { type Day, dayCount, dayCutter } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { onDays } from './collected-period.ts';

/**
 * A condition: the failed verification was on one of `days` (in order). The time leads to it, so that an index of
 * times also tells the order.
 */
export function failedOnDays(store: Store, days: readonly Day[], timeZone: string): SQL {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return sql`1 = 0`;
  const cutter = dayCutter(timeZone);
  const stretch = failedWithin({ start: cutter.startOf(first), end: cutter.endOf(last) });
  if (dayCount(first, last) === days.length) return stretch;
  return sql`${stretch} and ${onDays(store, sql`failed_verification.day`, days)}`;
}

/** A condition: it failed from `start` on and before `end`, UTC milliseconds, and that time was read. */
export function failedInWindows(
  windows: readonly ReadWindow[],
  { start, end }: { start: number; end: number },
): SQL {
  const read = windows
    .filter(({ since, until }) => since < end && until >= start)
    .map(({ since, until }) => ({ start: Math.max(since, start), end: Math.min(until + 1, end) }));
  const [only] = read;
  if (only === undefined) return sql`1 = 0`;
  if (read.length === 1) return failedWithin(only);
  return sql`${failedWithin({ start, end })}
    and (${sql.join(
      read.map((window) => sql`(${failedWithin(window)})`),
      sql` or `,
    )})`;
}

const failedWithin = ({ start, end }: { start: number; end: number }) =>
  sql`failed_verification.failed_at >= ${start} and failed_verification.failed_at < ${end}`;
