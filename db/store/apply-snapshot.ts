import { and, eq, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { KIND_OF_STATE } from '../cell-bits.ts';
import type { Db, SQL } from '../store-types.ts';
import type { HeldLease } from './lease.ts';
import {
  beginEdition,
  moveCounts,
  type Placed,
  placeColumns,
  placeJoins,
  setPeople,
} from './person-cells.ts';

/** Moves the next `size` pending changes into people, cells and history; answers how many there were. */
export async function applyChanges(
  lease: HeldLease,
  db: Db,
  snapshotId: number,
  size: number,
): Promise<number> {
  const { store, tenantId } = lease;
  const { registrationPending: pending } = store.t;
  const [edge] = await db
    .select({ personId: pending.personId })
    .from(pending)
    .where(and(eq(pending.tenantId, tenantId), eq(pending.snapshotId, snapshotId)))
    .orderBy(pending.personId)
    .limit(1)
    .offset(size - 1);
  // Fewer than `size` are left: take them all.
  const upTo = edge?.personId ?? Number.MAX_SAFE_INTEGER;
  const chosen = sql`tenant_id = ${tenantId} and snapshot_id = ${snapshotId} and person_id <= ${upTo}`;
  // A repeated page may have pended what is true already; that is no change.
  await store.dialect.run(
    db,
    sql`insert into registration_change (tenant_id, person_id, snapshot_id, state_id)
        select pending.tenant_id, pending.person_id, pending.snapshot_id, pending.state_id
        from (select * from registration_pending where ${chosen}) as pending
        join person on person.tenant_id = pending.tenant_id and person.id = pending.person_id
        where person.state_id is distinct from pending.state_id
        on conflict (tenant_id, person_id, snapshot_id) do nothing`,
  );
  await applyToPeople(lease, db, { chosen, day: await dayOf(lease, db, snapshotId) });
  return store.dialect.run(db, sql`delete from registration_pending where ${chosen}`);
}

async function dayOf(
  { store: { t }, tenantId }: HeldLease,
  db: Db,
  snapshotId: number,
): Promise<Day> {
  const { registrationSnapshot: snapshot } = t;
  const [row] = await db
    .select({ day: snapshot.day })
    .from(snapshot)
    .where(and(eq(snapshot.tenantId, tenantId), eq(snapshot.id, snapshotId)));
  if (!row) throw new Error('The snapshot is gone');
  return row.day;
}

interface Changed extends Placed {
  /** Null: no longer in the report. */
  stateId: number | null;
  kind: string | null;
  oldKind: string | null;
}

/**
 * Sets kind, state and cell of the people whose state the chosen pending changes change. A column that is
 * named in an update costs the indexes it stands in, also where it stays the same: so few as possible are named.
 */
async function applyToPeople(
  { store, tenantId }: HeldLease,
  db: Db,
  { chosen, day }: { chosen: SQL; day: Day },
): Promise<void> {
  await beginEdition(store, db, tenantId);
  const people = await store.dialect.rows<Changed>(
    db,
    sql`select ${placeColumns(KIND_OF_STATE)}, pending.state_id as "stateId",
          ${KIND_OF_STATE} as kind, person.kind as "oldKind"
        from (select * from registration_pending where ${chosen}) as pending
        join person on person.tenant_id = pending.tenant_id and person.id = pending.person_id
        ${placeJoins(tenantId, sql`pending.state_id`)}
        where person.state_id is distinct from pending.state_id`,
  );
  const cells = await moveCounts(store, db, tenantId, people);
  const inAll: unknown[][] = [];
  const inCell: unknown[][] = [];
  const inState: unknown[][] = [];
  for (const [i, { id, old, stateId, kind, oldKind }] of people.entries()) {
    const cell = cells[i] ?? null;
    const row = [id, stateId, stateId === null ? null : day];
    if (kind !== oldKind) inAll.push([...row, cell, kind]);
    else if (cell !== old) inCell.push([...row, cell]);
    else inState.push(row);
  }
  const set = (rows: unknown[][], more: ('cell_id' | 'kind')[]) =>
    setPeople(store, db, tenantId, { rows, set: ['state_id', 'state_day', ...more] });
  await set(inAll, ['cell_id', 'kind']);
  await set(inCell, ['cell_id']);
  await set(inState, []);
}
