import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { onDays } from './collected-period.ts';
import { lastSnapshotDay } from './last-snapshot-day.ts';

/**
 * Needs that an admin reset ended on some days (collected ones), of people whom the last snapshot counts as members and calls not
 * capable, excluded ones left out: settled bypasses, a chain being one, and settled incidents that an admin reset is
 * attributed to. Days are those of the admin resets. Null before the first snapshot.
 */
export async function uncoveredResets(
  store: Store,
  { tenantId, days }: { tenantId: number; days: readonly Day[] },
): Promise<number | null> {
  if ((await lastSnapshotDay(store, tenantId)) === null) return null;
  const { adminReset, person, registrationState: state, incident } = store.t;
  const [row] = await store.read
    .select({
      bypasses:
        sql<number>`coalesce(sum(case when ${adminReset.bypassId} = ${adminReset.id} and ${eq(adminReset.settling, false)} then 1 else 0 end), 0)`.mapWith(
          Number,
        ),
      incidents:
        sql<number>`count(distinct case when ${eq(incident.settling, false)} then ${incident.id} end)`.mapWith(
          Number,
        ),
    })
    .from(adminReset)
    .innerJoin(person, and(eq(person.tenantId, tenantId), eq(person.objectId, adminReset.personId)))
    .innerJoin(state, and(eq(state.tenantId, tenantId), eq(state.id, person.stateId)))
    .leftJoin(
      incident,
      and(eq(incident.tenantId, tenantId), eq(incident.id, adminReset.incidentId)),
    )
    .where(
      and(
        eq(adminReset.tenantId, tenantId),
        onDays(store, sql`${adminReset.day}`, days),
        eq(adminReset.kind, 'counted'),
        eq(person.kind, 'member'),
        or(isNull(person.excluded), eq(person.excluded, false)),
        eq(state.capable, false),
      ),
    );
  return (row?.bypasses ?? 0) + (row?.incidents ?? 0);
}
