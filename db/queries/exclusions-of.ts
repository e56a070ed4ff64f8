import { and, eq, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { holdsOn } from '../../domain/exclusion.ts';
import type { Store } from '../store-types.ts';

/** Whether an exclusion leaves somebody of `ids` out on a day. Reads their intervals by key. */
export async function exclusionsOf(
  store: Store,
  tenantId: number,
  ids: readonly number[],
): Promise<(personId: number, day: Day) => boolean> {
  if (ids.length === 0) return () => false;
  const { personExclusion: interval } = store.t;
  const rows = await store.read
    .select({
      personId: interval.personId,
      firstDay: interval.firstDay,
      endDay: interval.endDay,
    })
    .from(interval)
    .where(
      and(
        eq(interval.tenantId, tenantId),
        sql`${interval.personId} in ${store.dialect.inList([...ids])}`,
      ),
    );
  const byPerson = Map.groupBy(rows, ({ personId }) => personId);
  return (personId, day) => (byPerson.get(personId) ?? []).some((one) => holdsOn(one, day));
}
