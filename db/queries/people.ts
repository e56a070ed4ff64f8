import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { type PeopleSort, readCursor, writeCursor } from './people-cursor.ts';
import { pageOfPeople } from './people-page.ts';
import { askPeople, type PeopleAsked } from './people-question.ts';
import type { PeopleTotals } from './people-totals.ts';
import { personRows, toPerson } from './person-rows.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

export { BadCursor } from './people-cursor.ts';

export interface PeopleInput extends PeopleAsked {
  sort: PeopleSort;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
  facets?: boolean | undefined;
}

export interface PeopleAnswer {
  /** Day of the snapshot; null: there is none yet. */
  day: Day | null;
  people: ReturnType<typeof toPerson>[];
  /** Null on the last page. */
  nextCursor: string | null;
  /** All whom the filter matches. */
  total: number;
  facets?: PeopleTotals['facets'];
}

/**
 * One page of the people of the last published snapshot, by name then id or by who calls next, and how
 * many there are in all. Empty, with `day` null, before the first snapshot. Pages by the last row's
 * place in the order, so that a deep page costs what the first does. Throws BadCursor.
 */
export async function people(store: Store, input: PeopleInput): Promise<PeopleAnswer> {
  const { tenantId, sort, limit } = input;
  const after = input.cursor === undefined ? null : readCursor(sort, input.cursor);
  const snapshot = await snapshotOfDay(store, { tenantId });
  if (!snapshot) return { day: null, people: [], nextCursor: null, total: 0 };
  return askPeople(store, input, async (db, question) => {
    const ids = await pageOfPeople(store, db, question, { sort, after, limit: limit + 1 });
    const rows = await personRows(store, db, tenantId, ids.slice(0, limit));
    const last = rows.at(-1);
    return {
      day: snapshot.day,
      people: rows.map(toPerson),
      nextCursor: ids.length > limit && last ? writeCursor(sort, last) : null,
      total: question.total,
      ...(input.facets ? { facets: question.facets } : {}),
    };
  });
}
