import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { managers } from '../../db/queries/managers.ts';
import { BadCursor, type PeopleInput, people } from '../../db/queries/people.ts';
import type { PeopleSort } from '../../db/queries/people-cursor.ts';
import { peopleInOrder } from '../../db/queries/people-in-order.ts';
import { type Plan, pageOfPeople } from '../../db/queries/people-page.ts';
import { askPeople } from '../../db/queries/people-question.ts';
import { personRows } from '../../db/queries/person-rows.ts';
import { fillCells } from '../../db/store/person-cells.ts';
import type { Store } from '../../db/store-types.ts';
import { fold } from '../../domain/text.ts';
import {
  aFilter,
  facetValue,
  isListed,
  type ListedPerson,
  type ListFilter,
  someListed,
  storeListed,
} from '../build/listed-tenant.ts';
import { ENGINES } from '../build/stores.ts';
import { tenantOn } from '../build/tenants.ts';

const FACETS = [
  'reason',
  'capable',
  'registered',
  'enabled',
  'admin',
  'userType',
  'department',
  'country',
  'excluded',
] as const;

/** How text is ordered in both engines. */
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function inOrder(sort: PeopleSort) {
  return (a: ListedPerson, b: ListedPerson) =>
    (sort === 'priority' ? a.callOrder - b.callOrder : 0) ||
    byBytes(fold(a.name ?? ''), fold(b.name ?? '')) ||
    byBytes(a.id, b.id);
}

/** Counted one by one, without the database. */
function expected(all: readonly ListedPerson[], filter: ListFilter, sort: PeopleSort) {
  const listed = all.filter((one) => isListed(one, filter)).sort(inOrder(sort));
  const facets = Object.fromEntries(
    FACETS.map((facet) => {
      const counts = new Map<string | null, number>();
      for (const one of all.filter((person) => isListed(person, filter, [facet]))) {
        const value = facetValue(one, facet);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const rows = [...counts].map(([value, people]) => ({ value, people }));
      const first = ({ value }: { value: string | null }) => Number(value !== null);
      return [
        facet,
        rows.sort((a, b) => first(a) - first(b) || byBytes(a.value ?? '', b.value ?? '')),
      ];
    }),
  );
  return { ids: listed.map(({ id }) => id), total: listed.length, facets };
}

async function allPages(store: Store, input: Omit<PeopleInput, 'limit'>, limit: number) {
  const pages = [];
  let cursor: string | undefined;
  do {
    const page = await people(store, { ...input, limit, cursor, facets: true });
    pages.push(page);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && pages.length < 100);
  return pages;
}

async function inOneGo(store: Store, input: Omit<PeopleInput, 'limit'>): Promise<string[]> {
  const ids: string[] = [];
  for await (const part of (await peopleInOrder(store, input)).parts)
    ids.push(...part.map(({ id }) => id));
  return ids;
}

describe.each(ENGINES)('the people’s list on %s', (name, emptyStore) => {
  test('counts, pages and lists whom a count one by one finds, whatever is combined', async () => {
    const store = await emptyStore();
    let id = 0;
    const runs = name === 'SQLite' ? 25 : 8;
    await fc.assert(
      fc.asyncProperty(
        someListed,
        fc.array(fc.tuple(aFilter, fc.constantFrom('name' as const, 'priority' as const)), {
          minLength: 12,
          maxLength: 12,
        }),
        async (all, questions) => {
          const tenantId = ++id;
          await storeListed(await tenantOn(store, { id: tenantId }), all);
          for (const [filter, sort] of questions) {
            const input = { tenantId, sort, ...filter };
            const want = expected(all, filter, sort);
            const pages = await allPages(store, input, 7);

            for (const { total, facets } of pages) {
              expect({ filter, total }).toEqual({ filter, total: want.total });
              expect({ filter, facets }).toEqual({ filter, facets: want.facets });
            }
            const paged = pages.flatMap((page) => page.people.map((person) => person.id));
            expect({ filter, ids: paged }).toEqual({ filter, ids: want.ids });
            expect({ filter, ids: await inOneGo(store, input) }).toEqual({ filter, ids: want.ids });
            const teams = await managers(store, input);
            expect(teams.managers.reduce((sum, team) => sum + team.people, 0)).toBe(want.total);
          }
        },
      ),
      { numRuns: runs, seed: 20_260_301 },
    );
  }, 120_000);

  test('gives the same pages however it finds them', async () => {
    const store = await emptyStore();
    let id = 0;
    await fc.assert(
      fc.asyncProperty(
        someListed,
        fc.array(aFilter, { minLength: 10, maxLength: 10 }),
        async (all, filters) => {
          const tenantId = ++id;
          await storeListed(await tenantOn(store, { id: tenantId }), all);
          for (const sort of ['name', 'priority'] as const)
            for (const filter of filters) {
              const { ids: want } = expected(all, filter, sort);
              const found = await askPeople(
                store,
                { tenantId, ...filter },
                async (db, question) => {
                  const page = async (plan: Plan) => {
                    const place = { sort, after: null, limit: 5 };
                    const numbers = await pageOfPeople(store, db, question, place, plan);
                    return (await personRows(store, db, tenantId, numbers)).map((row) => row.id);
                  };
                  const whole = { gather: null, walk: question.kindPeople };
                  const pages = [await page(whole), await page({ gather: 'cells', walk: null })];
                  if (sort === 'name') pages.push(await page({ gather: 'cells', walk: 3 }));
                  if (question.hits && !question.hits.others)
                    pages.push(await page({ gather: 'hits', walk: null }));
                  return pages;
                },
              );

              for (const page of found)
                expect({ filter, page }).toEqual({ filter, page: want.slice(0, 5) });
            }
        },
      ),
      { numRuns: name === 'SQLite' ? 15 : 4, seed: 7 },
    );
  }, 120_000);

  test('counts people where they are now: after a move, an exclusion, a new state and a leave', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const [before] = fc.sample(someListed, { numRuns: 1, seed: 12 });
    const all = (before ?? []).map((one) => ({ ...one, excluded: false, exclusions: [] }));
    await storeListed(lease, all);
    const changed = all.flatMap((one, n) => {
      if (n % 5 === 0) return [];
      if (n % 5 === 1) return [{ ...one, department: 'Moved', country: null }];
      if (n % 5 === 2) return [{ ...one, excluded: true }];
      return [n % 5 === 3 ? { ...one, state: { ...one.state, enabled: null } } : one];
    });
    const ask = () =>
      people(store, { tenantId: 1, userType: 'member', sort: 'name', limit: 200, facets: true });
    expect((await ask()).total).toBe(expected(all, { userType: 'member' }, 'name').total);

    await storeListed(lease, changed);

    const want = expected(changed, { userType: 'member' }, 'name');
    const { total, facets, people: listed } = await ask();
    expect({ total, facets }).toEqual({ total: want.total, facets: want.facets });
    expect(listed.map((one) => one.id)).toEqual(want.ids);
  });

  test('an upgraded database is counted at the start of a run, and only once', async () => {
    const store = await emptyStore();
    const lease = await tenantOn(store);
    const [all = []] = fc.sample(someListed, { numRuns: 1, seed: 3 });
    await storeListed(lease, all);
    await store.tx(async (db) => {
      await db.update(store.t.person).set({ cellId: null });
      await db.delete(store.t.personCell);
      await db.delete(store.t.personSegment);
    });

    await fillCells(lease);
    await fillCells(lease);

    const { total, facets } = await people(store, {
      ...{
        tenantId: 1,
        userType: 'member' as const,
        sort: 'name' as const,
        limit: 5,
        facets: true,
      },
    });
    const want = expected(all, { userType: 'member' }, 'name');
    expect({ total, facets }).toEqual({ total: want.total, facets: want.facets });
  });

  test('refuses the cursor of another order', async () => {
    const store = await emptyStore();
    const ask = people(store, {
      tenantId: 1,
      userType: 'member',
      sort: 'priority',
      limit: 5,
      cursor: Buffer.from('["ada","id-1"]').toString('base64url'),
    });

    await expect(ask).rejects.toThrow(BadCursor);
  });
});
