import { and, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { dayCutter } from '../../domain/day.ts';
import { isoTextOrNull } from '../../domain/instant.ts';
import type { AlertLevel } from '../../domain/surveillance/alert-level.ts';
import type { AlertState } from '../../domain/surveillance/alert-state.ts';
import { LEVELS } from '../../domain/surveillance/raised-level.ts';
import type { AlertRule, Queue } from '../../domain/surveillance/rule-list.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import type { Store } from '../store-types.ts';
import { toAlerts } from './alert-rows.ts';
import { BadCursor } from './people-cursor.ts';
import { readTimeCursor, writeTimeCursor } from './time-cursor.ts';
import { workedOut } from './worked-out.ts';

export interface AlertsInput {
  tenantId: number;
  timeZone: string;
  /** By the clock, UTC milliseconds. */
  now: number;
  /** `lasting`: neither closed nor withdrawn. */
  state: AlertState | 'lasting' | 'any';
  /** At least this one. */
  level?: AlertLevel | undefined;
  rule?: AlertRule | undefined;
  queue?: Queue | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/**
 * One page of alerts, those that last first, then newest first, with how many match in all, and how many are open by
 * level. Throws BadCursor.
 */
export async function alerts(store: Store, input: AlertsInput) {
  const { tenantId, timeZone, now, limit } = input;
  const after = input.cursor === undefined ? null : placeIn(input.cursor);
  return store.snapshot(async (db) => {
    const at = { ...store, read: db };
    const { asOf } = await workedOut(at, tenantId);
    const tests = testsOf(at, input);
    const total = await countOf(at, tests);
    const rows = total === 0 ? [] : await pageOf(at, tests, { after, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      asOf: isoTextOrNull(asOf),
      alerts: await toAlerts(at, shown, { tenantId, now, cutter: dayCutter(timeZone) }),
      total,
      open: await openByLevel(at, tenantId, now),
      nextCursor: rows.length > limit && last ? cursorAfter(last) : null,
    };
  });
}

function testsOf(
  { t: { alert } }: Store,
  { tenantId, now, state, level, rule, queue }: AlertsInput,
): (SQL | undefined)[] {
  const least = level === undefined ? 0 : LEVELS.indexOf(level);
  return [
    eq(alert.tenantId, tenantId),
    stateTest(alert, state, now),
    least === 0 ? undefined : or(...LEVELS.slice(least).map((one) => eq(alert.level, one))),
    rule && eq(alert.rule, rule),
    queue && eq(alert.queue, queue),
  ];
}

/** As domain/surveillance/alert-state.ts says it of one. */
function stateTest(alert: Store['t']['alert'], state: AlertsInput['state'], now: number) {
  const lasts = and(isNull(alert.withdrawnAt), isNull(alert.endedAt));
  const free = and(lasts, isNull(alert.exclusionId));
  const isSnoozed = sql`coalesce(${alert.snoozedUntil}, 0) > ${now}`;
  const awake = and(free, sql`not (${isSnoozed})`);
  const tests: Record<AlertsInput['state'], SQL | undefined> = {
    any: undefined,
    lasting: lasts,
    withdrawn: isNotNull(alert.withdrawnAt),
    closed: and(isNull(alert.withdrawnAt), isNotNull(alert.endedAt)),
    excluded: and(lasts, isNotNull(alert.exclusionId)),
    snoozed: and(free, isSnoozed),
    acknowledged: and(awake, isNotNull(alert.acknowledgedAt)),
    open: and(awake, isNull(alert.acknowledgedAt)),
  };
  return tests[state];
}

async function countOf({ t: { alert }, read }: Store, tests: (SQL | undefined)[]): Promise<number> {
  const [row] = await read
    .select({ total: sql<number>`count(*)`.mapWith(Number) })
    .from(alert)
    .where(and(...tests));
  return row?.total ?? 0;
}

/** Of all that last and that nobody has taken in hand. */
export async function openByLevel(
  { t: { alert }, read }: Store,
  tenantId: number,
  now: number,
): Promise<Record<AlertLevel, number>> {
  const rows = await read
    .select({ level: alert.level, count: sql<number>`count(*)`.mapWith(Number) })
    .from(alert)
    .where(and(eq(alert.tenantId, tenantId), stateTest(alert, 'open', now)))
    .groupBy(alert.level);
  const counts = { watch: 0, alert: 0, critical: 0 };
  for (const { level, count } of rows) counts[level] = count;
  return counts;
}

/** Where a page ended. */
interface Place {
  /** 0: it lasts; 1: it is over. */
  over: 0 | 1;
  startedAt: number;
  id: number;
}

const OVER = sql`case when ended_at is null and withdrawn_at is null then 0 else 1 end`;

async function pageOf(
  { t: { alert }, read }: Store,
  tests: (SQL | undefined)[],
  { after, limit }: { after: Place | null; limit: number },
): Promise<AlertRow[]> {
  const beyond =
    after &&
    sql`(${OVER} > ${after.over} or (${OVER} = ${after.over}
      and (started_at, id) < (${after.startedAt}, ${after.id})))`;
  return read
    .select()
    .from(alert)
    .where(and(...tests, beyond ?? undefined))
    .orderBy(sql`${OVER}, started_at desc, id desc`)
    .limit(limit);
}

function cursorAfter({ startedAt, id, endedAt, withdrawnAt }: AlertRow): string {
  const over = endedAt === null && withdrawnAt === null ? 0 : 1;
  return writeTimeCursor({ at: startedAt, id: `${over}:${id}` });
}

function placeIn(cursor: string): Place {
  const { at: startedAt, id } = readTimeCursor(cursor);
  const [, over, number] = /^([01]):(\d{1,15})$/.exec(id) ?? [];
  if (over === undefined) throw new BadCursor('cursor is not one that this list gave');
  return { over: over === '0' ? 0 : 1, startedAt, id: Number(number) };
}
