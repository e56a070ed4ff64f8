import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import type { CursorPlace, PeopleSort } from './people-cursor.ts';
import { pageOfPeople } from './people-page.ts';
import { askPeople, type PeopleAsked } from './people-question.ts';
import { type PersonRow, personRows } from './person-rows.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

/** People that are read at once: few enough that nobody else waits long. */
const AT_ONCE = 500;

export interface PeopleInOrder {
  /** Day of the snapshot; null: there is none yet. */
  day: Day | null;
  total: number;
  /** Everybody whom the filter matches, some at a time: the next ones are read when they are asked for. */
  parts: AsyncIterable<PersonRow[]>;
}

/**
 * All people whom a filter matches, in order. Never all of them in memory: each part goes on where the
 * one before ended, so that nobody comes twice, or is missing, unless their name changes meanwhile.
 */
export async function peopleInOrder(
  store: Store,
  input: PeopleAsked & { sort: PeopleSort },
): Promise<PeopleInOrder> {
  const snapshot = await snapshotOfDay(store, { tenantId: input.tenantId });
  if (!snapshot) return { day: null, total: 0, parts: nobody() };
  const question = await askPeople(store, input, async (_, counted) => counted);
  const { tenantId, sort } = input;
  async function* parts() {
    for (let after: CursorPlace | null = null; ; ) {
      const place = { sort, after, limit: AT_ONCE };
      const rows: PersonRow[] = await store.snapshot(async (db) =>
        personRows(store, db, tenantId, await pageOfPeople(store, db, question, place)),
      );
      if (rows.length > 0) yield rows;
      if (rows.length < AT_ONCE) return;
      after = rows.at(-1) ?? null;
    }
  }
  return { day: snapshot.day, total: question.total, parts: parts() };
}

async function* nobody(): AsyncGenerator<PersonRow[]> {}
