import type { Dimension, RegistrationCounts } from '../../server/contract/registration.ts';
import { points } from '../format.ts';
import { hrefWithPeriod } from '../state/period.svelte.ts';
import { notCovered, shareOf } from './coverage.ts';
import { DIMENSION_LABEL, valueLabel } from './labels.ts';
import type { Table } from './table.ts';

export type DimensionSort = 'missing' | 'people' | 'coverage' | 'change';

interface Split {
  value: string | null;
  counts: RegistrationCounts;
}

export interface DimensionRow extends Split {
  /** The same value on the day of comparison; null: it was not there, or nothing is compared. */
  earlier: RegistrationCounts | null;
}

const coverage = ({ counts }: Split) => counts.capable / Math.max(1, counts.population);
const change = ({ counts, earlier }: DimensionRow) =>
  points(shareOf(counts, 'capable'), shareOf(earlier, 'capable')) ?? Number.NEGATIVE_INFINITY;

const ORDER: Record<DimensionSort, (row: DimensionRow) => number> = {
  missing: ({ counts }) => notCovered(counts),
  people: ({ counts }) => counts.population,
  coverage,
  change,
};

/** The values of a dimension with what they were, sorted downwards; ties by name. */
export function dimensionRows(
  now: readonly Split[],
  before: readonly Split[],
  sort: DimensionSort,
): DimensionRow[] {
  const earlier = new Map(before.map(({ value, counts }) => [value, counts]));
  const by = ORDER[sort];
  return now
    .map((row) => ({ ...row, earlier: earlier.get(row.value) ?? null }))
    .toSorted((a, b) => by(b) - by(a) || (a.value ?? '').localeCompare(b.value ?? ''));
}

export function dimensionTable(dimension: Dimension, rows: readonly DimensionRow[]): Table {
  return {
    columns: [
      DIMENSION_LABEL[dimension].one,
      'Not covered',
      'People',
      'Enabled',
      'Registered',
      'Covered',
      'Coverage',
      'Coverage before',
    ],
    rows: rows.map(({ value, counts, earlier }) => ({
      cells: [
        valueLabel(dimension, value),
        notCovered(counts),
        counts.population,
        counts.enabled,
        counts.registered,
        counts.capable,
        shareOf(counts, 'capable'),
        shareOf(earlier, 'capable'),
      ],
    })),
  };
}

/** The people of a value who are not covered; null where the list cannot be filtered by the dimension. */
export function peopleHref(dimension: Dimension, value: string | null): string | null {
  if (dimension === 'office' || dimension === 'company') return null;
  return hrefWithPeriod('/people', {
    capable: 'false',
    [dimension]: value ?? '',
    sort: 'priority',
  });
}
