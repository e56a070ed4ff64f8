import {
  ATTRIBUTES,
  type Attribute,
  CELL_BITS,
  CELL_FIELDS,
  type Kind,
  valueIn,
} from '../cell-bits.ts';
import type { CellCounts, PeopleCells, SegmentValues } from './people-cells.ts';
import type { CellFilter } from './people-filter.ts';

/** People with a value; null: without one. */
export interface FacetValue {
  value: string | null;
  people: number;
}

export interface PeopleTotals {
  /** People who pass the filter. */
  total: number;
  facets: Record<Exclude<Attribute, 'kind'> | 'userType' | 'department' | 'country', FacetValue[]>;
}

/** How the segments stand to a filter by department and country. */
const PASSES = 0;
const FAILS_DEPARTMENT = 1;
const FAILS_COUNTRY = 2;

/** By the bits in which a cell differs from what is asked: the one attribute they lie in, or -1. */
const DIFFERS_ONLY_IN = Int8Array.from({ length: CELL_BITS }, (_, differ) =>
  ATTRIBUTES.findIndex((attribute) => (differ & ~CELL_FIELDS[attribute].mask) === 0),
);

/**
 * How many people pass a filter, and how many would with each value of each filter instead: one pass over
 * the cells, in which a cell that fails one filter alone counts beside that filter's values.
 */
export function peopleTotals(
  counts: CellCounts,
  cells: PeopleCells,
  filter: CellFilter,
): PeopleTotals {
  const { size, bits, segments, people } = counts;
  const standing = standingOf(cells, filter);
  const passed = new Float64Array(CELL_BITS);
  const failedOnly = ATTRIBUTES.map(() => new Float64Array(CELL_BITS));
  // People of a segment who pass all but its own filters.
  const ofSegment = new Float64Array(cells.lastSegment + 1);
  for (let i = 0; i < size; i++) {
    const here = people[i] as number;
    const segment = segments[i] as number;
    const stands = standing[segment] as number;
    if (here === 0 || stands > FAILS_COUNTRY) continue;
    const cell = bits[i] as number;
    const differ = (cell ^ filter.bits) & filter.mask;
    if (differ === 0) {
      ofSegment[segment] = (ofSegment[segment] as number) + here;
      if (stands === PASSES) passed[cell] = (passed[cell] as number) + here;
    } else if (stands === PASSES) {
      const failed = failedOnly[DIFFERS_ONLY_IN[differ] as number];
      if (failed) failed[cell] = (failed[cell] as number) + here;
    }
  }
  const [kind, ...flags] = ATTRIBUTES.map((attribute, i) => {
    return [attribute, attributeFacet(attribute, passed, failedOnly[i])] as const;
  });
  const valuesOf = (values: SegmentValues, mayFail: number) =>
    segmentFacet(values, ofSegment, (segment) => {
      return standing[segment] === PASSES || standing[segment] === mayFail;
    });
  return {
    total: passed.reduce((sum, here) => sum + here, 0),
    facets: {
      ...(Object.fromEntries(flags) as Record<Exclude<Attribute, 'kind'>, FacetValue[]>),
      userType: (kind?.[1] ?? []).filter(({ value }) => value !== ('other' satisfies Kind)),
      department: valuesOf(cells.department, FAILS_DEPARTMENT),
      country: valuesOf(cells.country, FAILS_COUNTRY),
    },
  };
}

/** Numbers of the cells that pass, without empty ones. */
export function passingCells(cells: PeopleCells, filter: CellFilter): number[] {
  const { size, bits, segments, people } = cells;
  const standing = standingOf(cells, filter);
  const passing: number[] = [];
  for (let i = 0; i < size; i++) {
    const cell = bits[i] as number;
    const segment = segments[i] as number;
    if (people[i] === 0 || ((cell ^ filter.bits) & filter.mask) !== 0) continue;
    if (standing[segment] === PASSES) passing.push(segment * CELL_BITS + cell);
  }
  return passing;
}

/** Numbers of the segments that pass; null: all do. */
export function passingSegments(cells: PeopleCells, filter: CellFilter): number[] | null {
  if (filter.department === undefined && filter.country === undefined) return null;
  const passing: number[] = [];
  for (const [segment, stands] of standingOf(cells, filter).entries())
    if (segment > 0 && stands === PASSES) passing.push(segment);
  return passing;
}

/** People of one kind, whatever else they are. */
export function peopleOfKind({ size, bits, people }: CellCounts, { bits: wanted }: CellFilter) {
  const { mask } = CELL_FIELDS.kind;
  let sum = 0;
  for (let i = 0; i < size; i++)
    if ((((bits[i] as number) ^ wanted) & mask) === 0) sum += people[i] as number;
  return sum;
}

function standingOf({ department, country, lastSegment }: PeopleCells, filter: CellFilter) {
  const standing = new Uint8Array(lastSegment + 1);
  mark(standing, department, filter.department, FAILS_DEPARTMENT);
  mark(standing, country, filter.country, FAILS_COUNTRY);
  return standing;
}

function mark(
  standing: Uint8Array,
  { values, of }: SegmentValues,
  wanted: string | null | undefined,
  fails: number,
): void {
  if (wanted === undefined) return;
  const number = values.indexOf(wanted); // -1, a value that nobody ever had, passes nobody
  for (let segment = 0; segment < standing.length; segment++)
    if (of[segment] !== number) standing[segment] = (standing[segment] as number) + fails;
}

function attributeFacet(
  attribute: Attribute,
  passed: Float64Array,
  failed: Float64Array | undefined,
): FacetValue[] {
  const people = new Map<string, number>();
  for (let bits = 0; bits < CELL_BITS; bits++) {
    const here = (passed[bits] as number) + (failed?.[bits] ?? 0);
    if (here === 0) continue;
    const value = valueIn(attribute, bits);
    people.set(value, (people.get(value) ?? 0) + here);
  }
  return inOrder([...people].map(([value, count]) => ({ value, people: count })));
}

function segmentFacet(
  { values, of }: SegmentValues,
  ofSegment: Float64Array,
  counts: (segment: number) => boolean,
): FacetValue[] {
  const people = new Float64Array(values.length);
  for (let segment = 1; segment < ofSegment.length; segment++) {
    const value = of[segment] as number;
    if (counts(segment)) people[value] = (people[value] as number) + (ofSegment[segment] as number);
  }
  return inOrder(
    values.flatMap((value, i) => {
      const here = people[i] as number;
      return here > 0 ? [{ value, people: here }] : [];
    }),
  );
}

/** Nobody's value first, then byte by byte, as the engines order text. */
function inOrder(facet: FacetValue[]): FacetValue[] {
  return facet
    .map((one) => ({ one, key: one.value === null ? null : Buffer.from(one.value) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key !== null) - Number(b.key !== null);
      return Buffer.compare(a.key, b.key);
    })
    .map(({ one }) => one);
}
