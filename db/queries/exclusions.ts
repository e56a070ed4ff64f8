import { setImmediate as others } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import {
  type ExclusionRule,
  type ExclusionState,
  exclusionState,
  ruleMatcher,
} from '../../domain/exclusion.ts';
import { isoText } from '../../domain/instant.ts';
import { eachPersonRange, type ViewedPerson } from '../store/each-person-range.ts';
import type { Store } from '../store-types.ts';

export interface NamedPerson {
  /** Object id in Entra. */
  id: string;
  name: string | null;
  userPrincipalName: string | null;
}

export interface ListedExclusion {
  id: string;
  /** Null: a rule. */
  person: NamedPerson | null;
  /** Null: one person. */
  rule: ExclusionRule | null;
  reason: string;
  author: string;
  setAt: string;
  firstDay: Day;
  /** Null: no expiry. */
  until: Day | null;
  /** Null: not ended by hand. */
  endedOn: Day | null;
  state: ExclusionState;
  /** Members of the last published snapshot whom it leaves out on `today`. */
  people: number;
}

/**
 * Every exclusion that was ever set, those in force first, then the newest first, and how many members of
 * the last published snapshot they leave out on `today` together.
 */
export async function exclusions(
  store: Store,
  { tenantId, today }: { tenantId: number; today: Day },
): Promise<{ exclusions: ListedExclusion[]; people: number }> {
  const { exclusion } = store.t;
  const rows = await store.read.select().from(exclusion).where(eq(exclusion.tenantId, tenantId));
  const persons = await excludedPersons(store, tenantId);
  const { byExclusion, people } = await excludedCounts(store, { tenantId, today });
  const listed = rows.map(
    ({ id, kind, field, match, value, untilDay, endDay, setAt, ...row }): ListedExclusion => ({
      id: String(id),
      person: persons.get(id) ?? null,
      rule: kind === 'rule' ? ({ field, match, value } as ExclusionRule) : null,
      reason: row.reason,
      author: row.author,
      setAt: isoText(setAt),
      firstDay: row.firstDay,
      until: untilDay,
      endedOn: endDay,
      state: exclusionState({ untilDay, endDay }, today),
      people: byExclusion.get(id) ?? 0,
    }),
  );
  const over = ({ state }: ListedExclusion) => (state === 'active' ? 0 : 1);
  listed.sort((a, b) => over(a) - over(b) || Number(b.id) - Number(a.id));
  return { exclusions: listed, people };
}

/** Whom the exclusions of one person are about, by the number of the exclusion. */
async function excludedPersons(
  { t: { exclusion, personExclusion: held, person }, read }: Store,
  tenantId: number,
): Promise<Map<number, NamedPerson>> {
  const rows = await read
    .select({
      exclusionId: exclusion.id,
      id: person.objectId,
      name: person.name,
      userPrincipalName: person.userPrincipalName,
    })
    .from(exclusion)
    .innerJoin(held, and(eq(held.tenantId, tenantId), eq(held.exclusionId, exclusion.id)))
    .innerJoin(person, and(eq(person.tenantId, tenantId), eq(person.id, held.personId)))
    .where(and(eq(exclusion.tenantId, tenantId), eq(exclusion.kind, 'person')));
  return new Map(rows.map(({ exclusionId, ...named }) => [exclusionId, named]));
}

/** Numbers of people that are counted in one go: a few milliseconds. */
const AT_ONCE = 10_000;

/** Members of the last published snapshot whom each exclusion, and all together, leave out on `today`. */
async function excludedCounts(
  store: Store,
  { tenantId, today }: { tenantId: number; today: Day },
): Promise<{ byExclusion: Map<number, number>; people: number }> {
  const { personExclusion: table } = store.t;
  const [row] = await store.read
    .select({ last: sql<number>`coalesce(max(${table.personId}), 0)`.mapWith(Number) })
    .from(table)
    .where(eq(table.tenantId, tenantId));
  const byExclusion = new Map<number, number>();
  let people = 0;
  for (let after = 0; after < (row?.last ?? 0); after += AT_ONCE) {
    const held = await store.dialect.rows<{ personId: number; exclusionId: number }>(
      store.read,
      sql`select held.person_id as "personId", held.exclusion_id as "exclusionId"
          from person_exclusion as held
          join person on person.tenant_id = ${tenantId} and person.id = held.person_id
          where held.tenant_id = ${tenantId}
            and held.person_id > ${after} and held.person_id <= ${after + AT_ONCE}
            and held.first_day <= ${today} and (held.end_day is null or held.end_day > ${today})
            and person.kind = 'member'`,
    );
    for (const { exclusionId } of held)
      byExclusion.set(exclusionId, (byExclusion.get(exclusionId) ?? 0) + 1);
    people += new Set(held.map(({ personId }) => personId)).size;
    await others(); // other requests are not to wait for all of it
  }
  return { byExclusion, people };
}

/** How many people a preview names. */
const EXAMPLES = 5;

/** Whom of the members of the last published snapshot a rule matches: how many, and the first few by name. */
export async function exclusionPreview(
  store: Store,
  { tenantId, rule }: { tenantId: number; rule: ExclusionRule },
): Promise<{ people: number; examples: NamedPerson[] }> {
  const matches = ruleMatcher(rule);
  let people = 0;
  let first: ViewedPerson[] = [];
  await eachPersonRange(store, tenantId, async (range) => {
    const matched = range.filter((one) => one.kind === 'member' && matches(one));
    people += matched.length;
    first = [...first, ...matched].sort(byName).slice(0, EXAMPLES);
  });
  const examples = first.map(({ objectId, name, userPrincipalName }) => {
    return { id: objectId, name, userPrincipalName };
  });
  return { people, examples };
}

const byName = (a: ViewedPerson, b: ViewedPerson) =>
  a.sortName < b.sortName || (a.sortName === b.sortName && a.objectId < b.objectId) ? -1 : 1;
