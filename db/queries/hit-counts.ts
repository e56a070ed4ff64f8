import { CELL_BITS } from '../cell-bits.ts';
import type { Db, Store } from '../store-types.ts';
import type { CellCounts, PeopleCells } from './people-cells.ts';
import type { Hits } from './people-hits.ts';

/** Hits by cell. */
export interface HitCounts extends CellCounts {
  /** Of every kind, whatever else is filtered. */
  hits: number;
}

/** Cells of all kept hits together. */
const KEPT_CELLS_MOST = 500_000;

interface Kept {
  /** Of the database. */
  version: number;
  byKey: Map<string, Map<number, number>>;
}

const memories = new WeakMap<Store, Kept>();

/**
 * How many hits are in each cell, as `db` sees it; found hits are kept until something is written, for the
 * pages and filters that people go on to.
 */
export async function hitsByCell(
  store: Store,
  db: Db,
  tenantId: number,
  { from, where, key }: Hits,
): Promise<Map<number, number>> {
  const version = store.version();
  const kept = version === null ? null : keptAt(store, version);
  const place = `${tenantId} ${key}`;
  const known = kept?.byKey.get(place);
  if (known) return known;
  const counts = await store.dialect.tally(db, 'cell_id', from, where);
  if (kept) keep(kept, place, counts);
  return counts;
}

function keptAt(store: Store, version: number): Kept {
  const known = memories.get(store);
  if (known?.version === version) return known;
  const anew: Kept = { version, byKey: new Map() };
  memories.set(store, anew);
  return anew;
}

function keep({ byKey }: Kept, key: string, counts: Map<number, number>): void {
  byKey.set(key, counts);
  let cells = [...byKey.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [oldest, { size }] of byKey) {
    if (cells <= KEPT_CELLS_MOST) break;
    byKey.delete(oldest);
    cells -= size;
  }
}

/** As columns; of everybody but the hits where `others` are asked for. */
export function asCounts(
  byCell: Map<number, number>,
  cells: PeopleCells,
  { others }: Hits,
): HitCounts {
  const hits = [...byCell.values()].reduce((sum, people) => sum + people, 0);
  if (others) {
    const people = cells.people.slice(0, cells.size);
    for (let i = 0; i < cells.size; i++) {
      const cell = (cells.segments[i] as number) * CELL_BITS + (cells.bits[i] as number);
      people[i] = Math.max(0, (people[i] as number) - (byCell.get(cell) ?? 0));
    }
    const { size, bits, segments } = cells;
    return { size, bits, segments, people, hits };
  }
  const ids = [...byCell.keys()];
  return {
    size: ids.length,
    bits: Uint16Array.from(ids, (id) => id % CELL_BITS),
    segments: Uint32Array.from(ids, (id) => Math.floor(id / CELL_BITS)),
    people: Uint32Array.from(byCell.values()),
    hits,
  };
}
