import { and, eq, inArray } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { Store } from '../store-types.ts';
import { exclusionsOf } from './exclusions-of.ts';
import { globalAdministrators } from './global-administrators.ts';

/**
 * The people of the last published snapshot whom `entries` names (see `globalAdministrators`), with what they
 * are counted by; without those whom an exclusion leaves out on `day`.
 */
export async function listedPeople(
  store: Store,
  { tenantId, entries, day }: { tenantId: number; entries: readonly string[]; day: Day },
) {
  const ids = await globalAdministrators(store, { tenantId, entries });
  if (ids.length === 0) return [];
  const { person } = store.t;
  const rows = await store.read
    .select({
      id: person.id,
      kind: person.kind,
      stateId: person.stateId,
      department: person.department,
      country: person.country,
      office: person.office,
      company: person.company,
    })
    .from(person)
    .where(and(eq(person.tenantId, tenantId), inArray(person.id, ids)));
  const excluded = await exclusionsOf(store, tenantId, ids);
  return rows.flatMap(({ stateId, ...row }) =>
    stateId === null || excluded(row.id, day) ? [] : [{ ...row, stateId }],
  );
}
