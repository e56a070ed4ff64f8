import { and, eq, gte, isNull, or } from 'drizzle-orm';
import { addDays, DAY_MS, type Day, type DayCutter } from '../../domain/day.ts';
import type { AlertRow } from '../store/alert-actions.ts';
import type { Store } from '../store-types.ts';

/** Records that come later than this change no alert. */
const LATE_DAYS = 35;
/** The widest window of a judged day: what was found in it before must be known. */
const REMEMBERED_DAYS = 8;

/** Which days are worked out, and which alerts may change. Instants are UTC milliseconds. */
export interface AlertRange {
  /** First day that is read; null: all. */
  first: Day | null;
  /** What ended before is settled. */
  from: number;
  /** Findings before are of other settings, or were read only to be remembered. */
  since: number;
  /** To be stored: alerts before this day are history. */
  sinceDay: Day;
}

export interface RangeInput {
  state: { asOf: number; settingsVersion: number; since: Day } | null;
  /** Of the settings that hold. */
  version: number;
  firstDay: Day;
  asOf: number;
  cutter: DayCutter;
}

/**
 * The first time everything is worked out, later the last 35 days; after a change of settings nothing before the day up to
 * which the others were applied.
 */
export function alertRange({ state, version, firstDay, asOf, cutter }: RangeInput): AlertRange {
  if (state === null) {
    const from = cutter.startOf(firstDay);
    return { first: null, from, since: from, sinceDay: firstDay };
  }
  const sinceDay = state.settingsVersion === version ? state.since : cutter.dayOf(state.asOf);
  const late = addDays(cutter.dayOf(Math.min(state.asOf, asOf)), -LATE_DAYS);
  const fromDay = late > sinceDay ? late : sinceDay;
  const first = addDays(fromDay, -REMEMBERED_DAYS);
  const sinceAt = cutter.startOf(sinceDay);
  const since = Math.max(sinceAt, cutter.startOf(first));
  return { first, from: cutter.startOf(fromDay), since, sinceDay };
}

/** Alerts that a range can be about: those that last, and those that ended in it or shortly before it. */
export async function alertsInRange(
  { t: { alert }, read }: Store,
  tenantId: number,
  { since }: AlertRange,
): Promise<AlertRow[]> {
  const lasts = and(isNull(alert.endedAt), isNull(alert.withdrawnAt));
  return read
    .select()
    .from(alert)
    .where(and(eq(alert.tenantId, tenantId), or(gte(alert.lastAt, since - DAY_MS), lasts)))
    .orderBy(alert.id);
}

/** Whether an alert is history: over, and not wholly of the time that is worked out. */
export function isSettled(alert: AlertRow, { since, from }: AlertRange): boolean {
  const isOver = alert.endedAt !== null || alert.withdrawnAt !== null;
  return isOver && (alert.startedAt < since || alert.lastAt <= from);
}
