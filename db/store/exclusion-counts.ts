import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type Moves, registrationMoves, type Standing } from '../../domain/registration-moves.ts';
import { type Cell, registrationSummary } from '../../domain/registration-summary.ts';
import type { Db, Store } from '../store-types.ts';
import { addMoves, addToCounts } from './add-to-counts.ts';
import { StateDictionary } from './registration-states.ts';

/** A published snapshot. */
export interface ChainSnapshot {
  id: number;
  day: Day;
}

/** Somebody whose exclusion changes: whether it holds at each snapshot of the chain, before and after. */
export interface Affected {
  /** `person.id` */
  id: number;
  before: boolean[];
  after: boolean[];
}

interface Adjustment {
  tenantId: number;
  /** Published snapshots as they follow each other; the moves of the first one stay as they are. */
  chain: readonly ChainSnapshot[];
  affected: readonly Affected[];
}

/**
 * Adjusts counts and moves of published snapshots by the difference that `affected` people make.
 *
 * Their state is the one that each snapshot found; department, country, office and company are those of
 * now, which are others where /users has moved somebody since the snapshot was published.
 */
export async function adjustCounts(store: Store, db: Db, given: Adjustment): Promise<void> {
  const { tenantId, chain, affected } = given;
  if (affected.length === 0) return;
  const states = (await StateDictionary.load({ ...store, read: db }, tenantId)).byId;
  const places = await placesOf(store, db, given);
  const stateAt = await statesOf(store, db, given);
  for (const [i, { id: snapshotId }] of chain.entries()) {
    const key = { tenantId, snapshotId };
    const standing = (when: 'before' | 'after', at: number) => (one: Affected) => ({
      stateId: stateAt(one.id, chain[at]?.id ?? 0),
      excluded: one[when][at] === true,
    });
    const cells = affected.flatMap((one) => [
      ...cellOf(places.get(one.id), standing('before', i)(one), -1),
      ...cellOf(places.get(one.id), standing('after', i)(one), 1),
    ]);
    await addToCounts(store, db, key, registrationSummary(cells, states));
    if (i === 0) continue;
    const groups = (when: 'before' | 'after') =>
      affected.map((one) => {
        return { before: standing(when, i - 1)(one), now: standing(when, i)(one), people: 1 };
      });
    const [old, now] = [groups('before'), groups('after')].map((all) =>
      registrationMoves(all, states),
    ) as [Moves, Moves];
    await addMoves(store, db, key, {
      gained: now.gained - old.gained,
      lost: now.lost - old.lost,
      arrived: now.arrived - old.arrived,
      departed: now.departed - old.departed,
    });
  }
}

type Place = Pick<Cell, 'department' | 'country' | 'office' | 'company'>;

function cellOf(place: Place | undefined, { stateId, excluded }: Standing, people: number): Cell[] {
  return place && stateId !== null ? [{ ...place, stateId, excluded, people }] : [];
}

async function placesOf(
  { t: { person }, dialect }: Store,
  db: Db,
  { tenantId, affected }: Adjustment,
): Promise<Map<number, Place>> {
  const { id, department, country, office, company } = person;
  const rows = await db
    .select({ id, department, country, office, company })
    .from(person)
    .where(
      and(
        eq(person.tenantId, tenantId),
        sql`${id} in ${dialect.inList(affected.map((a) => a.id))}`,
      ),
    );
  return new Map(rows.map(({ id, ...place }) => [id, place]));
}

/** The state in which a snapshot found somebody; null: not in it. Also while a later one is being applied. */
async function statesOf(
  { t: { registrationChange: change }, dialect }: Store,
  db: Db,
  { tenantId, chain, affected }: Adjustment,
): Promise<(personId: number, snapshotId: number) => number | null> {
  const ids = affected.map(({ id }) => id);
  const rows = await db
    .select({ id: change.personId, snapshotId: change.snapshotId, stateId: change.stateId })
    .from(change)
    .where(
      and(
        eq(change.tenantId, tenantId),
        sql`${change.personId} in ${dialect.inList(ids)}`,
        lte(change.snapshotId, chain.at(-1)?.id ?? 0),
      ),
    )
    .orderBy(asc(change.personId), asc(change.snapshotId));
  const byPerson = Map.groupBy(rows, ({ id }) => id);
  return (personId, snapshotId) =>
    byPerson.get(personId)?.findLast((row) => row.snapshotId <= snapshotId)?.stateId ?? null;
}
