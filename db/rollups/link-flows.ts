import { sql } from 'drizzle-orm';
import type { Incident } from '../../domain/incident.ts';
import type { HeldLease } from '../store/lease.ts';
import type { Db } from '../store-types.ts';

/** Writes to each flow which incident it belongs to, where that is not what it says. */
export async function linkFlows(
  { store, tenantId }: HeldLease,
  db: Db,
  flows: { id: string; incidentId: string | null }[],
  drafts: { incidents: Incident[] }[],
): Promise<void> {
  const incidentOf = new Map(
    drafts.flatMap(({ incidents }) =>
      incidents.flatMap(({ id, flowIds }) => flowIds.map((flowId) => [flowId, id] as const)),
    ),
  );
  const moved = flows
    .filter(({ id, incidentId }) => incidentOf.get(id) !== incidentId)
    .map(({ id }) => [tenantId, id, incidentOf.get(id) ?? null]);
  if (moved.length === 0) return;
  // The tenant comes with each row: were it a constant, SQLite would read all of its flows first.
  const links = store.dialect.jsonRows(moved, ['int', 'text', 'text']);
  await store.dialect.run(
    db,
    sql`update flow set incident_id = link.c2 from ${links} as link
        where flow.tenant_id = link.c0 and flow.id = link.c1`,
  );
}
