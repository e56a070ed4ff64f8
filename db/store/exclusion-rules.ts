import { setImmediate as others } from 'node:timers/promises';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import { type ExclusionRule, firstDayAfter, holdsOn, ruleMatcher } from '../../domain/exclusion.ts';
import type { Db, Store } from '../store-types.ts';
import { eachChunk, Pace } from './chunks.ts';
import { eachPersonRange } from './each-person-range.ts';
import { type Crossed, changeIntervals, type Writer } from './exclusion-intervals.ts';

/** A rule that is in force. */
export interface StoredRule {
  id: number;
  rule: ExclusionRule;
  untilDay: Day | null;
}

/** Rules that hold on `day`. */
export async function rulesOn(
  { t: { exclusion: table } }: Store,
  db: Db,
  { tenantId, day, id }: { tenantId: number; day: Day; id?: number | undefined },
): Promise<StoredRule[]> {
  const rows = await db
    .select()
    .from(table)
    .where(
      and(
        eq(table.tenantId, tenantId),
        eq(table.kind, 'rule'),
        id === undefined ? undefined : eq(table.id, id),
      ),
    )
    .orderBy(asc(table.id));
  return rows
    .filter((row) => holdsOn({ firstDay: row.firstDay, endDay: firstDayAfter(row) }, day))
    .map(({ id, field, match, value, untilDay }) => ({
      id,
      rule: { field, match, value } as ExclusionRule,
      untilDay,
    }));
}

/**
 * Brings the intervals of rules in step with whom they match: who matches is excluded from `day` on, who no
 * longer does, no more. Looks at everybody once, whatever the number of rules, and writes in short
 * transactions; begun again after a kill it goes on.
 */
export async function applyRules(
  writer: Writer,
  { rules, day, today }: { rules: readonly StoredRule[]; day: Day; today: Day },
): Promise<Crossed> {
  const crossed = { left: 0, back: 0 };
  if (rules.length === 0) return crossed;
  const pace = new Pace();
  const matchers = rules.map((stored) => ({ stored, matches: ruleMatcher(stored.rule) }));
  await eachPersonRange(writer.store, writer.tenantId, async (people, range) => {
    const held = await heldOn(writer, { rules, day, range });
    for (const { stored, matches } of matchers) {
      const now = held.get(stored.id) ?? new Set<number>();
      const matched = new Set(people.filter(matches).map(({ id }) => id));
      const change = { stored, day, today };
      for (const [ids, write] of [
        [[...matched].filter((id) => !now.has(id)), begin],
        [[...now].filter((id) => !matched.has(id)), end],
      ] as const)
        await eachChunk(ids, pace, async (personIds) => {
          const { left, back } = await writer.tx((db) =>
            write(writer, db, { ...change, personIds }),
          );
          crossed.left += left;
          crossed.back += back;
          await others();
        });
    }
  });
  return crossed;
}

/** Whom each of `rules` excludes on `day`, of the people of a range. */
async function heldOn(
  { store: { t, read }, tenantId }: Writer,
  {
    rules,
    day,
    range: { after, upTo },
  }: { rules: readonly StoredRule[]; day: Day; range: { after: number; upTo: number } },
): Promise<Map<number, Set<number>>> {
  const { personExclusion: table } = t;
  const rows = await read
    .select({ exclusionId: table.exclusionId, personId: table.personId })
    .from(table)
    .where(
      and(
        eq(table.tenantId, tenantId),
        inArray(
          table.exclusionId,
          rules.map(({ id }) => id),
        ),
        sql`${table.personId} > ${after} and ${table.personId} <= ${upTo}`,
        sql`${table.firstDay} <= ${day} and (${table.endDay} is null or ${table.endDay} > ${day})`,
      ),
    );
  const byRule = Map.groupBy(rows, ({ exclusionId }) => exclusionId);
  return new Map([...byRule].map(([id, own]) => [id, new Set(own.map((row) => row.personId))]));
}

interface RuleChange {
  stored: StoredRule;
  personIds: number[];
  day: Day;
  today: Day;
}

/** Excludes people from `day` on, unless the rule was ended meanwhile. */
async function begin(writer: Writer, db: Db, change: RuleChange): Promise<Crossed> {
  const { store, tenantId } = writer;
  const { stored, personIds, day } = change;
  return changeIntervals(writer, db, change, async () => {
    const inForce = await rulesOn(store, db, { tenantId, day, id: stored.id });
    if (inForce.length === 0) return;
    await store.dialect.run(
      db,
      sql`insert into person_exclusion (tenant_id, person_id, exclusion_id, first_day, end_day)
          select tenant_id, id, ${stored.id}, ${day}, ${stored.untilDay}
          from person
          where tenant_id = ${tenantId} and id in ${store.dialect.inList(personIds)}
            and not exists (
              select 1 from person_exclusion as held
              where held.tenant_id = ${tenantId} and held.person_id = person.id
                and held.exclusion_id = ${stored.id} and held.first_day <= ${day}
                and (held.end_day is null or held.end_day > ${day})
            )
          on conflict (tenant_id, person_id, exclusion_id, first_day)
          do update set end_day = excluded.end_day`,
    );
  });
}

/** Ends the intervals of people with a rule on `day`. */
export async function end(
  writer: Writer,
  db: Db,
  change: Omit<RuleChange, 'stored'> & { stored: { id: number } },
): Promise<Crossed> {
  const { store, tenantId } = writer;
  const { stored, personIds, day } = change;
  const { personExclusion: table } = store.t;
  const own = and(
    eq(table.tenantId, tenantId),
    eq(table.exclusionId, stored.id),
    sql`${table.personId} in ${store.dialect.inList(personIds)}`,
    sql`(${table.endDay} is null or ${table.endDay} > ${day})`,
  );
  return changeIntervals(writer, db, change, async () => {
    // What has not held on any day before leaves nothing behind.
    await db.delete(table).where(and(own, sql`${table.firstDay} >= ${day}`));
    await db.update(table).set({ endDay: day }).where(own);
  });
}
