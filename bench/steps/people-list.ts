import { and, asc, eq } from 'drizzle-orm';
import { openStore } from '../../db/open.ts';
import { type PeopleInput, people } from '../../db/queries/people.ts';
import { writeCursor } from '../../db/queries/people-cursor.ts';
import { currentTenant } from '../../db/store/tenant.ts';
import type { Store } from '../../db/store-types.ts';
import { departmentName } from '../population.ts';
import { quantile, timed } from '../statistics.ts';

/** Where the deep page begins, as a share of all people: about nine in ten are on the list. */
const DEEP_SHARE = 0.7;

export interface PeopleListInput {
  database: string;
  people: number;
  times: number;
}

/** The people list, page by page, search by search, filter by filter; without HTTP. */
export async function peopleList({ database, people: count, times }: PeopleListInput) {
  const opened = await openStore(`file:${database}`);
  // Found hits are kept until something is written; here each question is asked for the first time.
  let version = 0;
  const store: Store = { ...opened, version: () => ++version };
  const tenantId = (await currentTenant(store))?.id ?? 0;
  const base: PeopleInput = { tenantId, userType: 'member', sort: 'name', limit: 50 };
  const middle = await personAt(store, tenantId, Math.floor(count * DEEP_SHARE));
  const results = [];
  for (const [name, input] of questions(middle)) {
    const ask = () => people(store, { ...base, ...input });
    const { total } = await ask();
    const took = await timed(times, ask);
    results.push({ name, total, p50: quantile(took, 0.5), p99: quantile(took, 0.99) });
  }
  await store.close();
  return results;
}

/** The person at `place` of the list. */
async function personAt({ t: { person }, read }: Store, tenantId: number, place: number) {
  const [row] = await read
    .select({
      sortName: person.sortName,
      id: person.objectId,
      userPrincipalName: person.userPrincipalName,
    })
    .from(person)
    .where(and(eq(person.tenantId, tenantId), eq(person.kind, 'member')))
    .orderBy(asc(person.sortName), asc(person.objectId))
    .limit(1)
    .offset(place);
  if (!row) throw new Error('The list is shorter than that');
  return row;
}

function questions({
  userPrincipalName,
  ...place
}: Awaited<ReturnType<typeof personAt>>): [name: string, input: Partial<PeopleInput>][] {
  const rare = userPrincipalName?.split('@')[0] ?? '';
  return [
    ['first page', {}],
    ['deep page', { cursor: writeCursor('name', place) }],
    ['first page by priority', { sort: 'priority' }],
    ['search, no hit', { search: 'xqzvjwk' }],
    ['search, rare', { search: rare }],
    ['search, a first name', { search: 'zephyr' }],
    ['search, common', { search: 'test' }],
    ['search, two letters', { search: 'qu' }],
    ['reason = nothing_registered', { reason: 'nothing_registered' }],
    ['capable = false', { capable: false }],
    ['registered = true', { registered: true }],
    ['enabled = false', { enabled: false }],
    ['admin = true', { admin: true }],
    ['a department', { department: departmentName(2) }],
    ['a country', { country: 'Country 3' }],
    ['guests', { userType: 'guest' }],
    ['department and reason', { department: departmentName(2), reason: 'nothing_registered' }],
    ['first page with facets', { facets: true }],
    [
      'department, reason and admin, with facets',
      { department: departmentName(2), reason: 'nothing_registered', admin: true, facets: true },
    ],
    ['a method', { method: 'email' }],
    ['one family only', { onlyFamily: 'mobile_phone' }],
    ['no manager', { manager: '' }],
  ];
}
