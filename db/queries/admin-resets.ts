import { type SQL, sql } from 'drizzle-orm';
import type { AdminResetKind } from '../../domain/admin-reset.ts';
import { dayCutter } from '../../domain/day.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import type { Store } from '../store-types.ts';
import { collectedPeriod, onDays } from './collected-period.ts';
import { peopleNamed, somebody } from './people-named.ts';
import type { PeriodInput } from './reset-days.ts';
import { readTimeCursor, writeTimeCursor } from './time-cursor.ts';

export interface AdminResetsInput extends PeriodInput {
  kind: AdminResetKind;
  /** True: the first reset of each bypass; false: those that ended an incident. */
  bypass?: boolean | undefined;
  /** Of bypasses: the settling ones, not the settled. */
  settling?: boolean | undefined;
  /** Object id of who did it. */
  operator?: string | undefined;
  /** '': the record has none. */
  agent?: string | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/**
 * One page of the admin resets behind a figure, newest first, and how many there are in all, of the collected days
 * of the period. Throws BadCursor.
 */
export async function adminResets(store: Store, input: AdminResetsInput) {
  const { tenantId, timeZone, limit } = input;
  const after = input.cursor === undefined ? null : readTimeCursor(input.cursor);
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { asOf, days } = await collectedPeriod(at, input);
    const tests = [onDays(store, sql`admin_reset.day`, days), ...testsOf(input)];
    const total = await countOf(at, tenantId, tests);
    if (after)
      tests.push(
        sql`admin_reset.day <= ${dayCutter(timeZone).dayOf(after.at)}
            and (admin_reset.occurred_at, admin_reset.id) < (${after.at}, ${after.id})`,
      );
    const rows = total === 0 ? [] : await rowsOf(at, { tenantId, limit: limit + 1 }, tests);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      asOf: isoTextOrNull(asOf),
      adminResets: await toAdminResets(at, tenantId, shown),
      total,
      nextCursor:
        rows.length > limit && last ? writeTimeCursor({ at: last.occurredAt, id: last.id }) : null,
    };
  });
}

function testsOf({ kind, bypass, settling, operator, agent }: AdminResetsInput): SQL[] {
  const tests = [sql`admin_reset.kind = ${kind}`];
  if (bypass === false) tests.push(sql`admin_reset.incident_id is not null`);
  if (bypass === true) {
    const settled = settling === true ? sql`admin_reset.settling` : sql`not admin_reset.settling`;
    tests.push(sql`admin_reset.bypass_id = admin_reset.id and ${settled}`);
  }
  if (operator !== undefined) tests.push(sql`admin_reset.operator_id = ${operator}`);
  if (agent === '') tests.push(sql`admin_reset.agent is null`);
  else if (agent !== undefined) tests.push(sql`admin_reset.agent = ${agent}`);
  return tests;
}

const where = (tenantId: number, tests: SQL[]) =>
  sql.join([sql`admin_reset.tenant_id = ${tenantId}`, ...tests], sql` and `);

async function countOf({ dialect, read }: Store, tenantId: number, tests: SQL[]): Promise<number> {
  const [row] = await dialect.rows<{ total: number }>(
    read,
    sql`select count(*) as total from admin_reset where ${where(tenantId, tests)}`,
  );
  return Number(row?.total ?? 0);
}

type AdminResetRow = Store['t']['adminReset']['$inferSelect'];

async function rowsOf(
  { t: { adminReset }, read }: Store,
  { tenantId, limit }: { tenantId: number; limit: number },
  tests: SQL[],
): Promise<AdminResetRow[]> {
  const newest = sql`admin_reset.day desc, admin_reset.occurred_at desc, admin_reset.id desc`;
  return read.select().from(adminReset).where(where(tenantId, tests)).orderBy(newest).limit(limit);
}

async function toAdminResets(store: Store, tenantId: number, rows: readonly AdminResetRow[]) {
  const people = await peopleNamed(
    store,
    tenantId,
    rows.flatMap(({ personId, operatorId }) => [personId, operatorId]),
  );
  return rows.map((row) => ({
    id: row.id,
    at: isoText(row.occurredAt),
    day: row.day,
    person: somebody(people, row.personId),
    operator: somebody(people, row.operatorId),
    kind: row.kind as AdminResetKind,
    incidentId: row.incidentId,
    bypassId: row.bypassId,
    settling: row.settling,
    agent: row.agent,
  }));
}
