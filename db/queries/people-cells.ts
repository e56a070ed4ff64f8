import { and, eq, gt } from 'drizzle-orm';
import { CELL_BITS } from '../cell-bits.ts';
import type { Db, Store } from '../store-types.ts';

/** How many people are in which cell: columns of the same length. */
export interface CellCounts {
  size: number;
  bits: Uint16Array;
  segments: Uint32Array;
  people: Uint32Array;
}

/** Departments or countries: `of` a segment's number is the number of its value, from 0. */
export interface SegmentValues {
  values: (string | null)[];
  of: Uint32Array;
}

/** Everybody of the last published snapshot by cell, as of one edition. */
export interface PeopleCells extends CellCounts {
  /** Segments are numbered from 1 to this. */
  lastSegment: number;
  department: SegmentValues;
  country: SegmentValues;
}

/** Cells of all tenants together that stay in memory: about 60 bytes each. */
const CELLS_MOST = 1_000_000;

const memories = new WeakMap<Store, Map<number, Memory>>();

/**
 * The cells as `db` sees them. They are kept in memory and only what has changed is read, so that
 * they may be used until the next `await` alone. Read in the same transaction as what must agree with them.
 */
export async function peopleCells(store: Store, db: Db, tenantId: number): Promise<PeopleCells> {
  const kept = memories.get(store) ?? new Map<number, Memory>();
  memories.set(store, kept);
  const edition = await editionOf(store, db, tenantId);
  const known = kept.get(tenantId) ?? new Memory();
  // Somebody else may have read a newer state than `db` sees.
  const own = known.edition > edition ? new Memory() : known;
  const read = own.edition < edition ? await changes(store, db, tenantId, own) : null;
  if (own.edition > edition) return new Memory().with(await changes(store, db, tenantId), edition);
  if (read && own.edition < edition) own.with(read, edition);
  if (own === known) keep(kept, tenantId, own);
  return own;
}

/** Forgets the tenants asked for longest ago when all of them are too many. */
function keep(kept: Map<number, Memory>, tenantId: number, memory: Memory): void {
  kept.delete(tenantId);
  kept.set(tenantId, memory);
  let cells = [...kept.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [id, { size }] of kept) {
    if (cells <= CELLS_MOST || id === tenantId) break;
    kept.delete(id);
    cells -= size;
  }
}

/** Edition of a tenant's cells; 0: nobody was counted yet. */
async function editionOf({ t: { peopleEdition } }: Store, db: Db, tenantId: number) {
  const [row] = await db
    .select({ edition: peopleEdition.edition })
    .from(peopleEdition)
    .where(eq(peopleEdition.tenantId, tenantId));
  return row?.edition ?? 0;
}

/** What `memory` does not know yet; everything where there is none. */
async function changes({ t }: Store, db: Db, tenantId: number, memory?: Memory) {
  const { personCell: cell, personSegment: segment } = t;
  const segments = await db
    .select({ id: segment.id, department: segment.department, country: segment.country })
    .from(segment)
    .where(and(eq(segment.tenantId, tenantId), gt(segment.id, memory?.lastSegment ?? 0)))
    .orderBy(segment.id);
  const of = and(eq(cell.tenantId, tenantId), gt(cell.edition, memory?.edition ?? 0));
  const cells = await db.select({ id: cell.id, people: cell.people }).from(cell).where(of);
  return { segments, cells };
}

class Memory implements PeopleCells {
  edition = 0;
  lastSegment = 0;
  size = 0;
  bits = new Uint16Array(0);
  segments = new Uint32Array(0);
  people = new Uint32Array(0);
  readonly department = new Values();
  readonly country = new Values();
  /** Where in the columns a cell is. */
  private readonly places = new Map<number, number>();

  with({ segments, cells }: Awaited<ReturnType<typeof changes>>, edition: number): this {
    for (const { id, department, country } of segments) {
      this.department.put(id, department);
      this.country.put(id, country);
      this.lastSegment = Math.max(this.lastSegment, id);
    }
    this.makeRoom(this.size + cells.length);
    for (const { id, people } of cells) {
      const place = this.places.get(id) ?? this.add(id);
      this.people[place] = people;
    }
    this.edition = edition;
    return this;
  }

  private add(id: number): number {
    const place = this.size++;
    this.places.set(id, place);
    this.bits[place] = id % CELL_BITS;
    this.segments[place] = Math.floor(id / CELL_BITS);
    return place;
  }

  private makeRoom(size: number): void {
    if (size <= this.people.length) return;
    const room = Math.max(size, this.people.length * 1.25);
    this.bits = grown(this.bits, new Uint16Array(room));
    this.segments = grown(this.segments, new Uint32Array(room));
    this.people = grown(this.people, new Uint32Array(room));
  }
}

class Values implements SegmentValues {
  values: (string | null)[] = [];
  of = new Uint32Array(16);
  private readonly numbers = new Map<string | null, number>();

  put(segment: number, value: string | null): void {
    const number = this.numbers.get(value) ?? this.values.push(value) - 1;
    this.numbers.set(value, number);
    if (segment >= this.of.length) this.of = grown(this.of, new Uint32Array(segment * 2));
    this.of[segment] = number;
  }
}

function grown<A extends Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(old: A, more: A): A {
  more.set(old);
  return more;
}
