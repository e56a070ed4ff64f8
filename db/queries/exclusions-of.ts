import type { Day } from '../../domain/day.ts';
import { intervalsOf, isExcluded } from '../store/exclusion-intervals.ts';
import type { Store } from '../store-types.ts';

/** Whether an exclusion leaves somebody of `ids` out on a day. Reads their intervals by key. */
export async function exclusionsOf(
  store: Store,
  tenantId: number,
  ids: readonly number[],
): Promise<(personId: number, day: Day) => boolean> {
  if (ids.length === 0) return () => false;
  const intervals = await intervalsOf(store, store.read, tenantId, ids);
  return (personId, day) => isExcluded(intervals, personId, day);
}
