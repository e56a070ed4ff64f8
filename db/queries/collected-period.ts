import { type SQL, sql } from 'drizzle-orm';
import { dayCollected } from '../../domain/collected.ts';
import { type Day, dayCount, dayCutter, daysBetween } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import type { PeriodInput } from './reset-days.ts';
import { workedOut } from './worked-out.ts';

export interface CollectedPeriod {
  /** Instant up to which the reset figures stand; null: never. */
  asOf: number | null;
  /** The days of the period that were collected, oldest first. */
  days: Day[];
}

/** The days of a period that figures are made of: rows of other days do not count. */
export async function collectedPeriod(
  store: Store,
  { tenantId, timeZone, first, last }: PeriodInput,
): Promise<CollectedPeriod> {
  const { asOf, windows } = await workedOut(store, tenantId);
  const cutter = dayCutter(timeZone);
  const days = daysBetween(first, last).filter((day) => dayCollected(windows, day, cutter));
  return { asOf, days };
}

/** A condition: `column` is one of `days` (in order). From the first to the last of them is one stretch of an index. */
export function onDays({ dialect }: Store, column: SQL, days: readonly Day[]): SQL {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return sql`1 = 0`;
  const stretch = sql`${column} between ${first} and ${last}`;
  const missing = dayCount(first, last) - days.length;
  if (missing === 0) return stretch;
  if (missing > days.length) return sql`${stretch} and ${column} in ${dialect.inList([...days])}`;
  const has = new Set(days);
  const others = daysBetween(first, last).filter((day) => !has.has(day));
  return sql`${stretch} and ${column} not in ${dialect.inList(others)}`;
}
