import { and, eq, gte, isNull, ne, or, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type ExclusionRule, isSameRule } from '../../domain/exclusion.ts';
import { bulkInsert } from '../dialect/bulk.ts';
import type { Db } from '../store-types.ts';
import { expireExclusions } from './apply-exclusions.ts';
import { changeIntervals, type Moment, type Writer } from './exclusion-intervals.ts';
import { applyRules, rulesOn } from './exclusion-rules.ts';
import { nextId } from './next-id.ts';
import { beginEdition } from './person-cells.ts';

/** An exclusion that cannot be made, in a sentence for people. Nothing was changed. */
export class BadExclusion extends Error {
  override name = 'BadExclusion';
}

/** Why, by whom, and until when. */
export interface ExclusionTerms {
  reason: string;
  /** As typed in. */
  author: string;
  /** The day on which it no longer holds; null: no expiry. */
  untilDay: Day | null;
}

export interface MadeExclusions {
  /** Numbers of the exclusions that are new. */
  ids: number[];
  /** People who left the population by it. */
  people: number;
}

/**
 * Excludes people, by object id, from today on: all of them or, where one is unknown or the expiry is not
 * after today (BadExclusion), nobody. Whom an exclusion of their own leaves out for at least as long already stays as
 * they are.
 */
export async function excludePeople(
  writer: Writer,
  { objectIds, ...terms }: ExclusionTerms & { objectIds: readonly string[] },
  moment: Moment,
): Promise<MadeExclusions> {
  refuseBackwards(terms, moment);
  await expireExclusions(writer, moment.today);
  const { store, tenantId } = writer;
  return writer.tx(async (db) => {
    await beginEdition(store, db, tenantId);
    const asked = await numbersOf(writer, db, [...new Set(objectIds)]);
    const held = await excludedByThemselves(writer, db, {
      personIds: asked,
      untilDay: terms.untilDay,
    });
    const personIds = asked.filter((id) => !held.has(id));
    await store.dialect.alone(db, 'exclusion', tenantId);
    const first = await nextId(db, store.t.exclusion, tenantId);
    const ids = personIds.map((_, i) => first + i);
    const row = exclusionRow(writer, terms, moment);
    const rows = ids.map((id) => ({ ...row, id, kind: 'person' }));
    await bulkInsert(store, db, store.t.exclusion, rows);
    const span = { tenantId, firstDay: moment.today, endDay: terms.untilDay };
    const change = { personIds, day: moment.today, today: moment.today };
    const { left } = await changeIntervals(writer, db, change, () =>
      bulkInsert(
        store,
        db,
        store.t.personExclusion,
        personIds.map((personId, i) => ({ ...span, personId, exclusionId: first + i })),
      ),
    );
    return { ids, people: left };
  });
}

/**
 * Excludes whom a rule matches from today on, and from then on everybody who comes to match it. Answers once
 * it holds for all of them. A rule that is in force for at least as long already stays as it is. Throws BadExclusion where the
 * expiry is not after today.
 */
export async function excludeByRule(
  writer: Writer,
  { rule, ...terms }: ExclusionTerms & { rule: ExclusionRule },
  moment: Moment,
): Promise<MadeExclusions> {
  refuseBackwards(terms, moment);
  await expireExclusions(writer, moment.today);
  const { store, tenantId } = writer;
  const { today } = moment;
  const stored = await writer.tx(async (db) => {
    await beginEdition(store, db, tenantId);
    const inForce = await rulesOn(store, db, { tenantId, day: today });
    const isInForce = inForce.some(
      (one) => isSameRule(one.rule, rule) && lastsAsLong(one.untilDay, terms.untilDay),
    );
    if (isInForce) return null;
    await store.dialect.alone(db, 'exclusion', tenantId);
    const id = await nextId(db, store.t.exclusion, tenantId);
    const row = { ...exclusionRow(writer, terms, moment), id, kind: 'rule', ...rule };
    await db.insert(store.t.exclusion).values(row);
    return { id, rule, untilDay: terms.untilDay };
  });
  if (!stored) return { ids: [], people: 0 };
  const { left } = await applyRules(writer, { rules: [stored], day: today, today });
  return { ids: [stored.id], people: left };
}

function refuseBackwards({ untilDay }: ExclusionTerms, { today }: Moment): void {
  if (untilDay !== null && untilDay <= today)
    throw new BadExclusion(
      `until: must come after today, ${today}; on ${untilDay} it would no longer hold`,
    );
}

/** How many unknown ids are named. */
const NAMED_MOST = 10;

/** Our numbers of people, in the order of `objectIds`; BadExclusion where one is unknown. */
async function numbersOf(
  { store: { t, dialect }, tenantId }: Writer,
  db: Db,
  objectIds: string[],
): Promise<number[]> {
  const { person } = t;
  const rows = await db
    .select({ id: person.id, objectId: person.objectId })
    .from(person)
    .where(
      and(eq(person.tenantId, tenantId), sql`${person.objectId} in ${dialect.inList(objectIds)}`),
    );
  const byObject = new Map(rows.map(({ id, objectId }) => [objectId, id]));
  const unknown = objectIds.filter((id) => !byObject.has(id));
  if (unknown.length === 0) return objectIds.map((id) => byObject.get(id) as number);
  const more = unknown.length - NAMED_MOST;
  const named = unknown.slice(0, NAMED_MOST).join(', ') + (more > 0 ? ` and ${more} more` : '');
  throw new BadExclusion(`people: there is nobody with the id ${named}`);
}

/** Whether an expiry is not before another; null is none. */
const lastsAsLong = (day: Day | null, wanted: Day | null) =>
  day === null || (wanted !== null && day >= wanted);

/** Of these people, those whom an exclusion of their own leaves out until `untilDay` or longer. */
async function excludedByThemselves(
  { store: { t, dialect }, tenantId }: Writer,
  db: Db,
  { personIds, untilDay }: { personIds: number[]; untilDay: Day | null },
): Promise<Set<number>> {
  const { personExclusion: held, exclusion } = t;
  const rows = await db
    .select({ id: held.personId })
    .from(held)
    .innerJoin(exclusion, and(eq(exclusion.tenantId, tenantId), eq(exclusion.id, held.exclusionId)))
    .where(
      and(
        eq(held.tenantId, tenantId),
        sql`${held.personId} in ${dialect.inList(personIds)}`,
        ne(exclusion.kind, 'rule'),
        or(isNull(held.endDay), untilDay ? gte(held.endDay, untilDay) : undefined),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

function exclusionRow(
  { tenantId }: Writer,
  { reason, author, untilDay }: ExclusionTerms,
  { now, today }: Moment,
) {
  const open = { endDay: null, endedAt: null };
  return { tenantId, reason, author, setAt: now, firstDay: today, untilDay, ...open };
}
