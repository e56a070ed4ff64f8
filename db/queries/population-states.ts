import { and, eq } from 'drizzle-orm';
import type { Store } from '../store-types.ts';
import { peopleInStates } from './people-in-states.ts';
import type { SnapshotOfDay } from './snapshot-of-day.ts';

/**
 * People of the population by registration state, of the last published snapshot. Of a snapshot from before
 * states were counted (an upgraded database) they are counted now.
 */
export async function populationStates(
  store: Store,
  { tenantId, snapshot }: { tenantId: number; snapshot: Pick<SnapshotOfDay, 'id' | 'day'> },
): Promise<Map<number, number>> {
  const { registrationStateCount: counts } = store.t;
  const stored = await store.read
    .select({ stateId: counts.stateId, people: counts.people })
    .from(counts)
    .where(and(eq(counts.tenantId, tenantId), eq(counts.snapshotId, snapshot.id)));
  const { day } = snapshot;
  const found =
    stored.length > 0
      ? stored
      : await peopleInStates(store, { tenantId, kind: 'member', states: null, day });
  const byState = new Map<number, number>();
  for (const { stateId, people } of found)
    byState.set(stateId, (byState.get(stateId) ?? 0) + people);
  return byState;
}
