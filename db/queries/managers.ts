import { sql } from 'drizzle-orm';
import type { Store } from '../store-types.ts';
import { matching } from './people-page.ts';
import { askPeople, type PeopleAsked } from './people-question.ts';
import { personNames } from './person-rows.ts';
import { snapshotOfDay } from './snapshot-of-day.ts';

/** Managers that are named; the ones with most people. */
const MANAGERS_MOST = 1000;

interface Group {
  id: string | null;
  people: number;
  managers: number;
}

/**
 * How many of the people whom a filter matches report to whom, most first; `id` null: to nobody, or
 * nobody told. `total` counts the managers, also those beyond the first thousand.
 */
export async function managers(store: Store, input: PeopleAsked) {
  const { tenantId } = input;
  const snapshot = await snapshotOfDay(store, { tenantId });
  if (!snapshot) return { day: null, managers: [], total: 0 };
  return askPeople(store, input, async (db, question) => {
    if (question.total === 0) return { day: snapshot.day, managers: [], total: 0 };
    const { from, where } = matching(store, question);
    const groups = await store.dialect.rows<Group>(
      db,
      sql`select id, people, count(id) over () as managers
          from (
            select person.manager_id as id, count(*) as people
            from ${from} where ${where} group by person.manager_id
          ) as grouped
          order by people desc, id is null, id
          limit ${MANAGERS_MOST}`,
    );
    const ids = groups.flatMap(({ id }) => id ?? []);
    const names = await personNames(store, db, tenantId, ids);
    return {
      day: snapshot.day,
      managers: groups.map(({ id, people }) => ({
        id,
        name: names.get(id ?? '') ?? null,
        people: Number(people),
      })),
      total: Number(groups[0]?.managers ?? 0),
    };
  });
}
