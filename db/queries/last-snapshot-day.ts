import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

/** The last day that has a published snapshot; null before the first. */
export async function lastSnapshotDay(store: Store, tenantId: number): Promise<Day | null> {
  return (await snapshotOfDay(store, { tenantId }))?.day ?? null;
}
