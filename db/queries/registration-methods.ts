import { and, asc, desc, eq } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

/**
 * People of the population per registered method (most first), and by how many
 * families of reset methods they have. Null where the day has no snapshot.
 */
export async function registrationMethods(
  store: Store,
  { tenantId, day }: { tenantId: number; day?: Day | undefined },
) {
  const snapshot = await snapshotOfDay(store, { tenantId, day });
  if (!snapshot) return { day: day ?? null, methods: null, depth: null };
  const { registrationMethod: method, registrationDepth: depth } = store.t;
  const methods = await store.read
    .select({ method: method.method, people: method.people })
    .from(method)
    .where(and(eq(method.tenantId, tenantId), eq(method.snapshotId, snapshot.id)))
    .orderBy(desc(method.people), asc(method.method));
  const depths = await store.read
    .select({ families: depth.families, people: depth.people })
    .from(depth)
    .where(and(eq(depth.tenantId, tenantId), eq(depth.snapshotId, snapshot.id)))
    .orderBy(asc(depth.families));
  return { day: snapshot.day, methods, depth: depths };
}
