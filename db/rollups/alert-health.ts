import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { DAY_MS } from '../../domain/day.ts';
import type { MethodHealth } from '../../domain/surveillance/evidence.ts';
import type { Store } from '../store-types.ts';

const USUAL_MS = 28 * DAY_MS;

/** How often each method was started and passed in a time, and in the 28 days before it; the most started first. */
export async function methodHealth(
  { t: { verificationStep: step }, read }: Store,
  { tenantId, startAt, endAt }: { tenantId: number; startAt: number; endAt: number },
): Promise<MethodHealth[]> {
  const { startedAt } = step;
  const count = (is: string, passed: boolean) =>
    sql<number>`sum(case when ${startedAt} ${sql.raw(is)} ${startAt}${passed ? sql` and ${step.passed}` : sql``} then 1 else 0 end)`.mapWith(
      Number,
    );
  const text = (at: number) => new Date(at).toISOString().slice(0, 10);
  const rows = await read
    .select({
      method: step.method,
      started: count('>=', false),
      passed: count('>=', true),
      usualStarted: count('<', false),
      usualPassed: count('<', true),
    })
    .from(step)
    .where(
      and(
        eq(step.tenantId, tenantId),
        // Days, whatever the zone is, that hold all of it: what the index finds.
        sql`${step.day} between ${text(startAt - USUAL_MS - DAY_MS)} and ${text(endAt + DAY_MS)}`,
        gte(startedAt, startAt - USUAL_MS),
        lt(startedAt, endAt),
      ),
    )
    .groupBy(step.method);
  return rows.sort((a, b) => b.started - a.started || (a.method < b.method ? -1 : 1));
}
