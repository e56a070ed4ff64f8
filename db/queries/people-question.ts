import type { Db, Store } from '../store-types.ts';
import { asCounts, hitsByCell } from './hit-counts.ts';
import { peopleCells } from './people-cells.ts';
import { type CellFilter, cellFilter, type PeopleFilter } from './people-filter.ts';
import { type Hits, hitsOf } from './people-hits.ts';
import {
  type PeopleTotals,
  passingCells,
  passingSegments,
  peopleOfKind,
  peopleTotals,
} from './people-totals.ts';
import type { RegistrationSettings } from './registration-settings.ts';
import { statesAsked } from './states-asked.ts';

/** What is asked of the people's list; `riskSettings` only with `atRisk`. */
export interface PeopleAsked extends PeopleFilter {
  riskSettings?: RegistrationSettings | undefined;
}

/** A question to the people's list, with what counting has told of it. */
export interface PeopleQuestion extends PeopleTotals {
  tenantId: number;
  /** How the last published snapshot counts those on the list. */
  kind: 'member' | 'guest';
  cell: CellFilter;
  hits: Hits | null;
  /** How many hits there are to look at. */
  hitPeople: number;
  /** People of the list's kind, and those who pass the filters that cells know. */
  kindPeople: number;
  cellPeople: number;
  /** The cells that the latter are in; null: so many people that nobody wants to read them all. */
  cells: number[] | null;
  /** The segments that pass; null: all do. */
  segments: number[] | null;
}

/** Up to so many people may be read to sort them. */
const READ_MOST = 20_000;

/**
 * Counts what a filter matches, then answers `next` with that, all of it from one state of the database.
 */
export async function askPeople<T>(
  store: Store,
  asked: PeopleAsked,
  next: (db: Db, question: PeopleQuestion) => Promise<T>,
): Promise<T> {
  const { tenantId, userType: kind } = asked;
  const hits = hitsOf(store, asked, await statesAsked(store, asked, asked.riskSettings));
  const cell = cellFilter(asked);
  return store.snapshot(async (db) => {
    const byCell = hits ? await hitsByCell(store, db, tenantId, hits) : null;
    const cells = await peopleCells(store, db, tenantId);
    // From here to the totals nothing may be awaited: somebody else may bring the cells up to date.
    const counts = hits && byCell ? asCounts(byCell, cells, hits) : null;
    const own = { tenantId, kind, cell, hits, hitPeople: counts?.hits ?? 0 };
    // Where a search finds nobody, nobody else need be counted.
    if (counts?.size === 0)
      return next(db, { ...own, ...NOBODY, ...peopleTotals(counts, cells, cell) });
    const everybody = peopleTotals(cells, cells, cell);
    return next(db, {
      ...own,
      ...(counts ? peopleTotals(counts, cells, cell) : everybody),
      kindPeople: peopleOfKind(cells, cell),
      cellPeople: everybody.total,
      cells: everybody.total <= READ_MOST ? passingCells(cells, cell) : null,
      segments: passingSegments(cells, cell),
    });
  });
}

const NOBODY = { kindPeople: 0, cellPeople: 0, cells: [], segments: [] };
