import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { dayCollected, type ReadWindow } from '../../domain/collected.ts';
import { dayCutter, daysBetween } from '../../domain/day.ts';
import { isoText, isoTextOrNull } from '../../domain/instant.ts';
import type { Store } from '../store-types.ts';
import { failedInWindows, failedOnDays } from './failure-spans.ts';
import { BadCursor } from './people-cursor.ts';
import { peopleNamed, somebody } from './people-named.ts';
import type { PeriodInput } from './reset-days.ts';
import { readTimeCursor, writeTimeCursor } from './time-cursor.ts';
import { workedOut } from './worked-out.ts';

/** Which failed verifications; what is left out does not filter, an empty text asks for those without. */
export interface FailureFilter {
  /** Instants, ISO 8601 in UTC: from, and before; besides the days of the period. */
  since?: string | undefined;
  until?: string | undefined;
  method?: string | undefined;
  country?: string | undefined;
  admin?: 'true' | 'false' | '' | undefined;
  address?: string | undefined;
  /** Object id. */
  person?: string | undefined;
}

export interface FailureListInput extends PeriodInput, FailureFilter {
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/**
 * One page of the failed verifications behind a figure, newest first, and how many there are in all, of how many
 * people and addresses: of the collected days of the period, or with `since` or `until` of the time that was read.
 * Throws BadCursor.
 */
export async function failureList(store: Store, input: FailureListInput) {
  const { tenantId, limit } = input;
  const after = input.cursor === undefined ? null : placeIn(input.cursor);
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { asOf, windows } = await workedOut(at, tenantId);
    const tests = [whenTest(store, input, windows), ...testsOf(input)];
    const counts = await countsOf(at, tenantId, tests);
    if (after) tests.push(before(after));
    const rows = counts.total === 0 ? [] : await rowsOf(at, { tenantId, limit: limit + 1 }, tests);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      asOf: isoTextOrNull(asOf),
      failures: await toFailures(at, tenantId, shown),
      ...counts,
      nextCursor: rows.length > limit && last ? cursorAfter(last) : null,
    };
  });
}

function whenTest(store: Store, input: FailureListInput, windows: readonly ReadWindow[]): SQL {
  const { timeZone, first, last, since, until } = input;
  const cutter = dayCutter(timeZone);
  if (since === undefined && until === undefined) {
    const days = daysBetween(first, last).filter((day) => dayCollected(windows, day, cutter));
    return failedOnDays(store, days, timeZone);
  }
  return failedInWindows(windows, {
    start: Math.max(cutter.startOf(first), since === undefined ? 0 : Date.parse(since)),
    end: Math.min(cutter.endOf(last), until === undefined ? Infinity : Date.parse(until)),
  });
}

function testsOf({ method, country, admin, address, person }: FailureFilter): SQL[] {
  const tests: SQL[] = [];
  if (method !== undefined) tests.push(sql`failed_verification.method = ${method}`);
  if (country !== undefined) tests.push(textIs(sql`failed_verification.country`, country));
  if (address !== undefined) tests.push(textIs(sql`failed_verification.address`, address));
  if (person !== undefined) tests.push(sql`failed_verification.person_id = ${person}`);
  if (admin === '') tests.push(sql`failed_verification.admin is null`);
  else if (admin === 'true') tests.push(sql`failed_verification.admin`);
  else if (admin === 'false') tests.push(sql`not failed_verification.admin`);
  return tests;
}

const textIs = (column: SQL, text: string) =>
  text === '' ? sql`(${column} is null or ${column} = '')` : sql`${column} = ${text}`;

const where = (tenantId: number, tests: SQL[]) =>
  sql.join([sql`failed_verification.tenant_id = ${tenantId}`, ...tests], sql` and `);

async function countsOf({ dialect, read }: Store, tenantId: number, tests: SQL[]) {
  const [row] = await dialect.rows<Record<'total' | 'people' | 'addresses', number>>(
    read,
    sql`select count(*) as total,
          count(distinct nullif(failed_verification.person_id, '')) as people,
          count(distinct nullif(failed_verification.address, '')) as addresses
        from failed_verification where ${where(tenantId, tests)}`,
  );
  const { total = 0, people = 0, addresses = 0 } = row ?? {};
  return { total: Number(total), people: Number(people), addresses: Number(addresses) };
}

type FailureRow = Awaited<ReturnType<typeof rowsOf>>[number];

async function rowsOf(
  { t: { failedVerification: failed, flow }, read }: Store,
  { tenantId, limit }: { tenantId: number; limit: number },
  tests: SQL[],
) {
  const { failedAt, flowId, method, personId, address, country, admin } = failed;
  return read
    .select({
      ...{ failedAt, flowId, method, personId, address, country, admin },
      incidentId: flow.incidentId,
    })
    .from(failed)
    .leftJoin(flow, sql`flow.tenant_id = ${tenantId} and flow.id = failed_verification.flow_id`)
    .where(where(tenantId, tests))
    .orderBy(
      sql`failed_verification.failed_at desc, failed_verification.flow_id desc, failed_verification.method desc`,
    )
    .limit(limit);
}

async function toFailures(store: Store, tenantId: number, rows: readonly FailureRow[]) {
  const people = await peopleNamed(
    store,
    tenantId,
    rows.map(({ personId }) => personId),
  );
  return rows.map(({ failedAt, method, personId, address, country, admin, incidentId }) => ({
    at: isoText(failedAt),
    method,
    person: somebody(people, personId),
    address: address || null,
    country: country || null,
    admin,
    incidentId,
  }));
}

/** Where a page ended: methods of one flow that failed at the same time are told apart. */
interface Place {
  at: number;
  flowId: string;
  method: string;
}

const FlowAndMethod = z.tuple([z.string(), z.string()]);

const cursorAfter = ({ failedAt, flowId, method }: FailureRow) =>
  writeTimeCursor({ at: failedAt, id: JSON.stringify([flowId, method]) });

function placeIn(cursor: string): Place {
  const { at, id } = readTimeCursor(cursor);
  try {
    const [flowId, method] = FlowAndMethod.parse(JSON.parse(id));
    return { at, flowId, method };
  } catch (cause) {
    throw new BadCursor('cursor is not one that this list gave', { cause });
  }
}

const before = ({ at, flowId, method }: Place) =>
  sql`failed_verification.failed_at <= ${at}
      and (failed_verification.failed_at, failed_verification.flow_id, failed_verification.method) < (${at}, ${flowId}, ${method})`;
