import { and, asc, eq, gte, lte, sql } from 'drizzle-orm';
import type { Day } from '../../domain/day.ts';
import type { ThresholdRule } from '../../domain/surveillance/rule-list.ts';
import type { Store } from '../store-types.ts';

export type RuleValueRow = Omit<Store['t']['ruleValue']['$inferSelect'], 'tenantId'>;

interface Asked {
  tenantId: number;
  first: Day;
  last: Day;
  /** By rule, the least value that is asked for; all of a rule that it does not name. */
  least?: Partial<Record<ThresholdRule, number>>;
}

/** What the rules without statistics measured of the days from `first` to `last`, in order of time. */
export async function ruleValues(
  { t: { ruleValue: value }, read }: Store,
  { tenantId, first, last, least = {} }: Asked,
): Promise<RuleValueRow[]> {
  const bounds = Object.entries(least).map(
    ([rule, from]) => sql`when ${rule} then cast(${from} as integer)`,
  );
  const isEnough =
    bounds.length === 0
      ? undefined
      : sql`${value.value} >= case ${value.rule} ${sql.join(bounds, sql` `)} else 0 end`;
  const rows = await read
    .select()
    .from(value)
    .where(and(eq(value.tenantId, tenantId), gte(value.day, first), lte(value.day, last), isEnough))
    .orderBy(asc(value.day), asc(value.rule), asc(value.subject));
  return rows.map(({ tenantId: _, ...row }) => row);
}
