import { and, asc, between, eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';

/** Holidays of a period, oldest first, as the last run found them in the settings. */
export async function holidays(
  { t: { holiday }, read }: Store,
  { tenantId, first, last }: { tenantId: number; first: Day; last: Day },
): Promise<{ day: Day; name: string }[]> {
  return read
    .select({ day: holiday.day, name: holiday.name })
    .from(holiday)
    .where(and(eq(holiday.tenantId, tenantId), between(holiday.day, first, last)))
    .orderBy(asc(holiday.day));
}

/** The days of them. */
export async function holidayDays(
  store: Store,
  period: { tenantId: number; first: Day; last: Day },
): Promise<Set<Day>> {
  return new Set((await holidays(store, period)).map(({ day }) => day));
}
