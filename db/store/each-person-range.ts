import { setImmediate as others } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import type { RuleView } from '../../domain/exclusion.ts';
import type { Store } from '../store-types.ts';

/** Somebody as a rule sees them. */
export interface ViewedPerson extends RuleView {
  id: number;
  objectId: string;
  sortName: string;
  kind: string | null;
}

/** Numbers of people that are looked at in one go: a few milliseconds. */
const AT_ONCE = 5000;

/** Hands everybody to `step`, in the order of their numbers and as many at once as a request can wait for. */
export async function eachPersonRange(
  store: Store,
  tenantId: number,
  step: (people: ViewedPerson[], range: { after: number; upTo: number }) => Promise<void>,
): Promise<void> {
  const { person } = store.t;
  const [row] = await store.read
    .select({ last: sql<number>`coalesce(max(${person.id}), 0)`.mapWith(Number) })
    .from(person)
    .where(eq(person.tenantId, tenantId));
  const last = row?.last ?? 0;
  for (let after = 0; after < last; after += AT_ONCE) {
    const range = { after, upTo: after + AT_ONCE };
    await step(await viewed(store, tenantId, range), range);
    await others();
  }
}

const viewed = (store: Store, tenantId: number, { after, upTo }: { after: number; upTo: number }) =>
  store.dialect.rows<ViewedPerson>(
    store.read,
    sql`select id, object_id as "objectId", sort_name as "sortName", kind, name,
          user_principal_name as "userPrincipalName", department, country, office, company
        from person
        where tenant_id = ${tenantId} and id > ${after} and id <= ${upTo}
        order by id`,
  );
